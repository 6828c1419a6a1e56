/// How often the programme may urge the member: what it says, and the choice.
struct PressureView: Sendable, Equatable {
    struct Choice: Sendable, Equatable {
        var id: String
        var title: String
        var text: String
        var chosen: Bool
    }

    var most: String
    var quiet: String?
    var week: String
    var choices: [Choice]

    init(_ desk: PressureDesk, texts: Texts) {
        let words = texts.pressure
        most =
            desk.most.map { words.most(texts.number($0.day), texts.number($0.week)) } ?? words.unbounded
        quiet = desk.quiet.map { words.quiet($0.from, $0.until) }
        week = words.week(texts.number(desk.week))
        choices = PressureDesk.Choice.allCases.map { choice in
            let (title, text) =
                switch choice {
                case .normal: (words.normal, words.normalText)
                case .less: (words.less, words.lessText)
                case .off: (words.off, words.offText)
                }
            return Choice(id: choice.rawValue, title: title, text: text, chosen: choice == desk.choice)
        }
    }
}

/// What stands first and is taken, by kind and persona, with the switch.
struct ChoosingPage: Page {
    static let template = "console-choice"

    struct Row: Sendable, Equatable {
        /// `nil`: everybody else.
        var persona: WordingView?
        var kind: String
        var shown: String
        var taken: String
        var rate: String
        var share: String
    }

    struct Line: Sendable, Equatable {
        var name: String
        var value: String
    }

    var shell: Shell
    var csrf: String
    var intro: String
    var state: String
    var isOff: Bool
    var mayChange: Bool
    var rows: [Row]
    var hasRows: Bool
    var lines: [Line]
    var hasLines: Bool
    var note: String?

    init(_ desk: ChoosingDesk, shell: Shell, texts: Texts, csrf: String, isChanged: Bool = false) {
        self.shell = shell
        self.csrf = csrf
        let words = texts.choosing
        intro = words.intro(texts.percent(desk.floor), texts.percent(desk.heldOut))
        state = desk.isOff ? words.isOff : words.isOn
        isOff = desk.isOff
        mayChange = desk.mayChange
        func rate(_ rate: ChoosingDesk.Rate?) -> String {
            guard let rate else { return words.few }
            return words.rate(
                texts.percent(rate.value), texts.percent(rate.interval.lowerBound),
                texts.percent(rate.interval.upperBound))
        }
        rows = desk.arms.map { arm in
            Row(
                persona: arm.persona.map { WordingView($0, on: texts.language) },
                kind: texts.editor.rewardKind(arm.kind), shown: arm.shown.map { texts.number($0) } ?? words.few,
                taken: arm.taken.map { texts.number($0) } ?? words.few, rate: rate(arm.rate),
                share: texts.percent(arm.share))
        }
        hasRows = !rows.isEmpty
        var lines: [Line] = []
        if desk.chosen != nil || desk.even != nil {
            lines.append(Line(name: words.chosen, value: rate(desk.chosen)))
            lines.append(Line(name: words.even, value: rate(desk.even)))
        }
        lines += desk.kinds.map {
            Line(name: words.always(texts.editor.rewardKind($0.kind)), value: texts.percent($0.rate))
        }
        self.lines = lines
        hasLines = !lines.isEmpty
        note = isChanged ? words.changed : nil
    }
}

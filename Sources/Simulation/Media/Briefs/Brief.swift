/// A shorter article with one changing word: a neighbourhood, a film, a vegetable. Each slot makes an item of its own.
struct Brief: Sendable {
    let id: String
    let topics: [Topic]
    let maker: String
    /// `{0}` stands for the slot's word.
    let title: Words
    let standfirst: Words
    let slots: [Words]
    /// Dutch, as a story's body.
    let body: String

    func paragraphs(_ slot: Words) -> [String] {
        Story.paragraphs(body).map { Words.fill($0, [slot.nl]) }
    }

    static let all = publicLife + knowledge + culture + leisure
}

/// An article written out in full, for the demo's pages.
struct Story: Sendable {
    let id: String
    let topics: [Topic]
    let maker: String
    let title: Words
    let standfirst: Words
    /// Dutch; paragraphs are separated by an empty line.
    let body: String

    var paragraphs: [String] { Story.paragraphs(body) }

    static func paragraphs(_ text: String) -> [String] {
        text.split(separator: "\n\n").map { $0.split(separator: "\n").joined(separator: " ") }
    }

    static let all = cityLife + ideas + arts
}

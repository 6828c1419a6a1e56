/// A way from one of the member's main pages to a page of its own.
struct HubLink: Sendable, Equatable {
    var title: String
    /// What is there, in one sentence.
    var text: String
    var href: String

    init(_ title: String, _ text: String, href: String) {
        self.title = title
        self.text = text
        self.href = href
    }
}

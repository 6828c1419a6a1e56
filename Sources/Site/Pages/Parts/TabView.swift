/// One of several views of a page, each with an address of its own.
struct TabView: Sendable, Equatable {
    var label: String
    var href: String
    var isCurrent: Bool
    /// How many there are, where that helps to choose.
    var count: String?

    init(_ label: String, href: String, isCurrent: Bool, count: String? = nil) {
        self.label = label
        self.href = href
        self.isCurrent = isCurrent
        self.count = count
    }
}

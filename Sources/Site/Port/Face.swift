/// A maker, editor or presenter: a person with a name and, where there is one, a portrait and a page.
public struct Face: Sendable, Hashable {
    public var name: String
    /// What this person does, for example "opera critic".
    public var role: Wording?
    public var portrait: WebLink?
    public var page: WebLink?

    public init(name: String, role: Wording? = nil, portrait: WebLink? = nil, page: WebLink? = nil) {
        self.name = name
        self.role = role
        self.portrait = portrait
        self.page = page
    }
}

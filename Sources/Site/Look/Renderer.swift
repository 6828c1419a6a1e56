internal import Mustache
internal import Synchronization

/// A page: a model that says which template shows it. Models hold finished texts, so that they can be tested without
/// HTML; templates only place them.
protocol Page: Sendable, Equatable {
    static var template: String { get }
    var shell: Shell { get }
}

/// Turns page models into HTML.
struct Renderer: Sendable {
    private let library: MustacheLibrary
    private let assets: PageNode
    private let texts: [Language: PageNode]

    /// - Throws: `MustacheTemplate.Error` for a template that does not parse.
    init(templates: [String: String] = Renderer.embedded, assets: Assets = .embedded) throws {
        MustacheContentTypes.register(MarkupContentType(), named: MarkupContentType.name)
        var library = MustacheLibrary()
        for (name, text) in templates {
            try library.register(MarkupContentType.pragma + text, named: name)
        }
        self.library = library
        self.assets = assets.node
        texts = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, PageNode(Texts.of($0))) })
    }

    /// The page as HTML, and the names that its template asked for in vain: none, the tests see to that.
    func render<Model: Page>(_ page: Model) -> (html: String, unknownNames: [String]) {
        let words = texts[page.shell.language] ?? PageNode(fields: [:])
        let root = PageRoot(page: PageNode(page), texts: words, assets: assets)
        let html = library.render(root, withTemplate: Model.template) ?? ""
        return (html, root.unknownNames)
    }
}

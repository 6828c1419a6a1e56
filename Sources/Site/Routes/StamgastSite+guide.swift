internal import Hummingbird
internal import Loyalty

/// The style guide: always there, for everybody, without data of anybody.
extension StamgastSite {
    func addGuide<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get(RouterPath(StyleGuidePage.path)) { request, _ in
            let texts = Texts.of(language(of: request, preferred: nil))
            // A look that somebody tries: it lies in the address, and nowhere else.
            let tried = request.uri.queryParameters["look"].flatMap { ThemeSheet.theme(code: String($0)) }
            let shell = Shell(
                language: texts.language, title: texts.guide.title, programme: "Stamgast", path: StyleGuidePage.path,
                look: ProgrammeLook(theme: tried ?? .standard))
            let page = StyleGuidePage(shell: shell, texts: texts, query: tableQuery(of: request))
            return try html(page, for: request)
        }
    }

    /// What the address asks of the page's table.
    func tableQuery(of request: Request) -> TableQuery {
        TableQuery { name in request.uri.queryParameters[Substring(name)].map(String.init) }
    }
}

internal import Hummingbird
internal import Primitives

extension StamgastSite {
    func addBoardPages<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/boards") { request, _ in
            let visit = try await member(of: request)
            let desk = try await data.boards(of: visit.person, language: visit.texts.language)
            return html(
                BoardsPage(
                    desk, shell: shell(visit, title: visit.texts.boards.title, path: "/m/boards"), texts: visit.texts,
                    csrf: visit.csrf))
        }
        router.post("/m/boards/{id}") { request, context in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let wish = fields["wish"].flatMap({ BoardWish(rawValue: $0) }) else {
                throw SiteProblem.formUnreadable
            }
            guard try await data.ask(wish, of: try parameter("id", of: context), for: visit.person) else {
                throw SiteProblem.notFound
            }
            return redirect(to: "/m/boards")
        }
    }
}

internal import Hummingbird
internal import Primitives

/// What members say about subjects, and what a programme's personas are.
extension StamgastSite {
    func addSubjects<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/me/subjects") { request, _ in
            let visit = try await member(of: request)
            let desk = try await data.subjects(of: visit.person, language: visit.texts.language)
            var page = SubjectsPage(
                desk, programme: visit.person.programme.id.name,
                shell: shell(visit, title: visit.texts.subjects.title, path: "/m/me/subjects"), texts: visit.texts,
                csrf: visit.csrf, outcome: told("done", in: request))
            page.device = try await device(of: visit)
            return html(page)
        }
        router.post("/m/me/subjects") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            var choice = SubjectChoice()
            if fields["forget"] != "yes" {
                choice.persona = fields["persona"].flatMap { $0.isEmpty ? nil : $0 }
                for (name, value) in fields where name.hasPrefix(SubjectsPage.prefix) {
                    guard let wish = SubjectDesk.Topic.Wish(rawValue: value) else { throw SiteProblem.formUnreadable }
                    choice.wishes[String(name.dropFirst(SubjectsPage.prefix.count))] = wish
                }
            }
            guard try await data.say(choice, for: visit.person) else { throw SiteProblem.formUnreadable }
            return redirect(to: "/m/me/subjects?done=\(fields["forget"] == "yes" ? "removed" : "kept")")
        }
        router.get("/personas/{programme}") { request, context in
            let texts = Texts.of(language(of: request, preferred: nil))
            guard let programme = ProgrammeID(try parameter("programme", of: context)),
                let sheet = try await data.personas(of: programme, language: texts.language)
            else { throw SiteProblem.notFound }
            let path = WebLink(path: ["personas", programme.name]).address
            let shell = Shell(
                language: texts.language, title: texts.subjects.aboutTitle, programme: sheet.programme.name,
                publisher: sheet.programme.home, path: path, look: sheet.programme.look)
            return html(PersonasPage(sheet, shell: shell, texts: texts))
        }
    }
}

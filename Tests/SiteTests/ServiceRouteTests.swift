import HTTPTypes
import HummingbirdTesting
import Primitives
import Synchronization
import Testing

@testable import Site

/// The service desk on both sides, and corrections that a second person looks at.
struct ServiceRouteTests {
    private static let agent = ["cookie": "stamgast-staff=agent-secret"]
    private static let looking = ["cookie": "stamgast-staff=looking-secret"]

    private func data() -> FakeSiteData {
        let data = FakeSiteData()
        data.state.withLock { state in
            var agent = SiteStaff(programme: Samples.programme, staff: "s2")
            (agent.isServiceOnly, agent.correctsPoints) = (true, false)
            state.staff["agent-secret"] = agent
            var looking = SiteStaff(programme: Samples.programme, staff: "s3", seesMembers: false)
            (looking.answersMembers, looking.correctsPoints) = (false, false)
            state.staff["looking-secret"] = looking
        }
        return data
    }

    private func post(
        _ client: any TestClientProtocol, from: String, to path: String, _ fields: [String: String],
        as person: [String: String]
    ) async throws -> TestResponse {
        let page = try await RouteTests.get(client, from, person)
        var form = ["csrf": try RouteTests.hidden("csrf", in: page)]
        if RouteTests.text(page).contains("name=\"key\"") { form["key"] = try RouteTests.hidden("key", in: page) }
        form.merge(fields) { $1 }
        return try await RouteTests.post(client, path, person, form: form)
    }

    private func chosen(_ data: FakeSiteData) -> [String] { data.state.withLock { $0.chosen } }

    @Test
    func `a member asks about a line, reads the answer, and says whether it helped`() async throws {
        let data = data()
        try await RouteTests.run(data) { client, _ in
            let line = Samples.history(.en).lines[0].id
            let history = RouteTests.text(try await RouteTests.get(client, "/m/history", RouteTests.member))
            let link = "/m/me/help?line=" + WebLink.encode(line)
            #expect(history.contains("href=\"\(link)\""))
            let page = RouteTests.text(try await RouteTests.get(client, link, RouteTests.member))
            #expect(page.contains("name=\"line\" value=\"\(line)\"") && page.contains("about this line"))
            #expect(page.contains("New answer") && page.contains("Points &lt;b&gt;"))
            let asked = try await post(
                client, from: link, to: "/m/me/help", ["subject": "Points", "text": "Where?", "line": line],
                as: RouteTests.member)
            #expect(asked.headers[.location] == "/m/me/help/q1?done=sent")
            #expect(chosen(data).first?.hasPrefix("ask Points|Where?|\(line)|") == true)
            let question = RouteTests.text(
                try await RouteTests.get(client, "/m/me/help/q1?done=sent", RouteTests.member))
            #expect(question.contains("They came today.") && question.contains("&lt;script&gt;é"))
            #expect(!question.contains("Second time.") && !question.contains("Noor"), "notes and names are the desk's")
            #expect(question.contains("Did this help you?"))
            for (word, told) in [("yes", "true"), ("no", "false"), ("none", "-")] {
                let closed = try await post(
                    client, from: "/m/me/help/q1", to: "/m/me/help/q1/close", ["helped": word], as: RouteTests.member)
                #expect(closed.status == .seeOther && chosen(data).last == "close q1 \(told)")
            }
            #expect(try await RouteTests.get(client, "/m/me/help/q9", RouteTests.member).status == .notFound)
        }
    }

    @Test
    func `today, the inbox and one's own page tell of answers`() async throws {
        let data = FakeSiteData(today: { language in
            var today = Samples.memberToday(language)
            today.newAnswers = 2
            return today
        })
        try await RouteTests.run(data) { client, _ in
            for path in ["/m/", "/m/me"] {
                let page = RouteTests.text(try await RouteTests.get(client, path, RouteTests.member))
                #expect(page.contains("answers to 2 of your questions"), "\(path)")
                #expect(page.contains("href=\"/m/me/help\""), "\(path)")
            }
        }
        let shell = Shell(language: .en, title: "", programme: "", path: "/m/letters")
        for (count, isTold) in [(Int64(0), false), (1, true)] {
            var box = LetterBox(today: Samples.today)
            box.newAnswers = count
            let html = try RenderingTests.renderer.get().render(
                LettersPage(box, shell: shell, texts: .en, csrf: "c")
            ).html
            #expect(html.contains("There is an answer") == isTold)
        }
    }

    @Test
    func `what is wrong is said at its field, and nothing typed is lost`() async throws {
        let data = data()
        try await RouteTests.run(data) { client, _ in
            for (fields, says) in [
                (["subject": "S é", "text": " "], "Write something"),
                (["subject": "S é", "text": "many"], "as many questions open"),
                (["subject": String(repeating: "s", count: 121), "text": "Hello"], "At most 120"),
            ] {
                let wrong = try await post(
                    client, from: "/m/me/help", to: "/m/me/help", fields, as: RouteTests.member)
                #expect(wrong.status == .unprocessableContent)
                let text = RouteTests.text(wrong)
                #expect(text.contains(says) && text.contains("aria-invalid=\"true\""), "\(says)")
                #expect(text.contains("value=\"\(fields["subject"] ?? "")\""))
                #expect(text.contains(">\(fields["text"] ?? "")</textarea>"))
            }
            for (path, from, person, fields) in [
                ("/m/me/help/q1", "/m/me/help/q1", RouteTests.member, ["text": "many"]),
                ("/console/service/q1", "/console/service/q1", RouteTests.staff, ["text": " ", "as": "answer"]),
            ] {
                let wrong = try await post(client, from: from, to: path, fields, as: person)
                #expect(wrong.status == .unprocessableContent, "\(path)")
                #expect(RouteTests.text(wrong).contains(">\(fields["text"] ?? "")</textarea>"), "\(path)")
            }
            let key = String(repeating: "a", count: 32)
            for (path, person, fields) in [
                ("/m/me/help", RouteTests.member, ["subject": "", "text": "x", "key": key]),
                ("/m/me/help/q1", RouteTests.member, ["text": "x", "key": key]),
                ("/m/me/help/q1/close", RouteTests.member, ["helped": "yes"]),
                ("/console/service/q1", RouteTests.staff, ["text": "x", "as": "answer", "key": key]),
                ("/console/service/q1/step", RouteTests.staff, ["step": "take"]),
                ("/console/approvals/r1", RouteTests.staff, ["word": "agree", "reason": "x"]),
            ] {
                let count = chosen(data).count
                let refused = try await RouteTests.post(client, path, person, form: fields)
                #expect(refused.status == .forbidden, "\(path) without its token")
                #expect(chosen(data).count == count)
            }
        }
    }

    @Test
    func `staff answer with the member's explanations at hand`() async throws {
        let data = data()
        try await RouteTests.run(data) { client, _ in
            let queue = RouteTests.text(try await RouteTests.get(client, "/console/service", RouteTests.staff))
            #expect(queue.contains("Half within") && queue.contains("2 days") && queue.contains("page=2"))
            let main = try #require(queue.firstRange(of: "<main"))
            #expect(!queue[main.upperBound...].contains("Points"), "the queue has no words of members")
            let closed = RouteTests.text(
                try await RouteTests.get(client, "/console/service?state=closed&page=2", RouteTests.staff))
            #expect(closed.contains("Helped"))
            let page = RouteTests.text(try await RouteTests.get(client, "/console/service/q1", RouteTests.staff))
            for part in ["Second time.", "Noor", "1,245", "Curious reader", "Points &lt;b&gt;"] {
                #expect(page.contains(part), "\(part)")
            }
            for (kind, told) in [("answer", "answer Hello"), ("note", "note Hello")] {
                let done = try await post(
                    client, from: "/console/service/q1", to: "/console/service/q1", ["text": "Hello", "as": kind],
                    as: Self.agent)
                #expect(done.headers[.location] == "/console/service/q1?done=\(kind)")
                #expect(chosen(data).last == told)
            }
            for step in ServiceStep.allCases {
                let done = try await post(
                    client, from: "/console/service/q1", to: "/console/service/q1/step", ["step": step.rawValue],
                    as: Self.agent)
                #expect(done.status == .seeOther && chosen(data).last == "step \(step.rawValue)")
            }
        }
    }

    @Test
    func `who answers members and nothing else opens nothing else`() async throws {
        try await RouteTests.run(data()) { client, _ in
            let home = try await RouteTests.get(client, "/console/", Self.agent)
            #expect(home.status == .seeOther && home.headers[.location] == StamgastSite.service)
            let menu = RouteTests.text(try await RouteTests.get(client, StamgastSite.service, Self.agent))
            #expect(!menu.contains("Half within"), "figures are for whoever may read them")
            let links = menu.matches(of: #/href="(/console[^"?]*)"/#).map { String($0.1) }
            #expect(Set(links).isSuperset(of: ["/console/service", "/console/members", "/console/rewards"]))
            for link in links {
                #expect(ConsoleAccess.isForService(link), "\(link) is in the menu")
                let status = try await RouteTests.get(client, link, Self.agent).status.code
                #expect(status < 400 || link.hasPrefix("/console/service/q"), "\(link)")
            }
            for path in ["/console/service/q1", "/console/members/" + Samples.member.description, "/console/rewards"] {
                let page = RouteTests.text(try await RouteTests.get(client, path, Self.agent))
                #expect(page.contains("<h1"), "\(path)")
                for link in page.matches(of: #/(?:href|action)="(/console[^"?]*)"/#).map({ String($0.1) }) {
                    #expect(ConsoleAccess.isForService(link), "\(path) leads to \(link)")
                }
            }
            for page in RouteTests.consolePages where !ConsoleAccess.isForService(String(page.prefix { $0 != "?" })) {
                #expect(try await RouteTests.get(client, page, Self.agent).status == .forbidden, "\(page)")
            }
            #expect(try await RouteTests.get(client, "/console/live", Self.agent).status == .forbidden)
            #expect(!ConsoleAccess.isForService("/console/membership") && !ConsoleAccess.isForService("/console/x"))
            let other = RouteTests.text(try await RouteTests.get(client, "/console/rules", Self.looking))
            #expect(!other.contains(StamgastSite.service) && !other.contains(StamgastSite.approvals))
            for path in [StamgastSite.service, StamgastSite.service + "/q1", StamgastSite.approvals] {
                #expect(try await RouteTests.get(client, path, Self.looking).status == .forbidden, "\(path)")
            }
        }
    }

    @Test
    func `a second person agrees or refuses with a reason, and nobody with themselves`() async throws {
        let data = data()
        try await RouteTests.run(data) { client, _ in
            let page = RouteTests.text(try await RouteTests.get(client, StamgastSite.approvals, RouteTests.staff))
            #expect(page.contains("more than 10,000 points") && page.contains("Paid &lt;b&gt;twice"))
            #expect(page.contains("action=\"/console/approvals/r1\""))
            #expect(!page.contains("action=\"/console/approvals/r2\""), "one's own request has no form")
            for (word, done, told) in [
                ("agree", "agreed", "agree r1 Seen"), ("refuse", "refused", "refuse r1 Seen"),
            ] {
                let answer = try await post(
                    client, from: StamgastSite.approvals, to: "/console/approvals/r1",
                    ["word": word, "reason": " Seen "], as: RouteTests.staff)
                #expect(answer.headers[.location] == "/console/approvals?done=\(done)")
                #expect(chosen(data).last == told)
            }
            for (request, reason, says) in [
                ("r1", " ", "Say why"), ("r1", String(repeating: "é", count: 201), "Say why"), ("r1", "few", "only 12"),
                ("r9", "x", "decided already"), ("r2", "x", "Nobody agrees"),
            ] {
                let wrong = try await post(
                    client, from: StamgastSite.approvals, to: "/console/approvals/\(request)",
                    ["word": "agree", "reason": reason], as: RouteTests.staff)
                #expect(wrong.status == .unprocessableContent)
                let text = RouteTests.text(wrong)
                // For a request that has no form, it stands above the list.
                #expect(text.contains(says), "\(says)")
                if request == "r1" { #expect(text.contains("value=\"\(reason)\""), "\(reason)") }
            }
            let refused = try await post(
                client, from: StamgastSite.service, to: "/console/approvals/r1",
                ["word": "agree", "reason": "x"], as: Self.agent)
            #expect(refused.status == .forbidden)
        }
    }
}

internal import Hummingbird
internal import Primitives

/// Letters, makers, what changed, proposals.
extension StamgastSite {
    func addHumanPages<Context: RequestContext>(to router: some RouterMethods<Context>) {
        addLetterPages(to: router)
        addMakerPages(to: router)
        router.get("/m/changes") { request, _ in
            let visit = try await member(of: request)
            let after = request.uri.queryParameters["after"].map(String.init)
            guard let story = try await data.story(of: visit.person, after: after, language: visit.texts.language)
            else { throw SiteProblem.notFound }
            return html(
                ChangesPage(
                    story, shell: shell(visit, title: visit.texts.changes.title, path: "/m/changes"),
                    texts: visit.texts))
        }
        router.get("/m/proposals") { request, _ in
            try await proposalsPage(
                try await member(of: request),
                told("done", in: request))
        }
        router.post("/m/proposals") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let key = fields["key"], key.utf8.count == 32, key.allSatisfy(\.isHexDigit),
                let kind = fields["kind"].flatMap({ ProposalDesk.Proposal.Kind(rawValue: $0) }),
                let text = fields["text"]
            else { throw SiteProblem.formUnreadable }
            return back(to: "/m/proposals", try await data.propose(kind, text, for: visit.person, key: key))
        }
        router.post("/m/proposals/{id}/vote") { request, context in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            let vote = fields["vote"]
            let choice = vote.flatMap { ProposalDesk.Choice(rawValue: $0) }
            guard choice != nil || vote == "none" else { throw SiteProblem.formUnreadable }
            let outcome = try await data.vote(choice, on: try parameter("id", of: context), for: visit.person)
            return back(to: "/m/proposals", outcome)
        }
        router.post("/m/proposals/{id}/withdraw") { request, context in
            let visit = try await member(of: request)
            _ = try await form(request, secret: cookies.value(of: .member, in: request))
            return back(
                to: "/m/proposals",
                try await data.withdrawProposal(try parameter("id", of: context), for: visit.person))
        }
    }

    private func addLetterPages<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/letters") { request, _ in
            let visit = try await member(of: request)
            let after = request.uri.queryParameters["after"].map(String.init)
            guard let box = try await data.letters(of: visit.person, after: after, language: visit.texts.language)
            else { throw SiteProblem.notFound }
            return html(
                LettersPage(
                    box, shell: shell(visit, title: visit.texts.letters.title, path: "/m/letters"),
                    texts: visit.texts, csrf: visit.csrf))
        }
        router.post("/m/letters/settings") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let wants = fields["wants"], ["yes", "no"].contains(wants) else { throw SiteProblem.formUnreadable }
            try await data.chooseLetters(wants == "yes", for: visit.person)
            return redirect(to: "/m/letters")
        }
        router.post("/m/letters/birthday") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            let day = fields["forget"] == "yes" ? nil : fields["day"].flatMap { $0.isEmpty ? nil : $0 }
            guard try await data.giveBirthday(day, for: visit.person) else { throw SiteProblem.formUnreadable }
            return redirect(to: "/m/letters")
        }
        router.post("/m/letters/{id}/reply") { request, context in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            let reply = fields["reply"].flatMap { LetterBox.Letter.Reply(rawValue: $0) }
            guard reply != nil || fields["reply"] == "none" else { throw SiteProblem.formUnreadable }
            guard try await data.reply(reply, to: try parameter("id", of: context), for: visit.person) else {
                throw SiteProblem.notFound
            }
            return redirect(to: "/m/letters")
        }
    }

    private func addMakerPages<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/m/makers") { request, _ in
            let visit = try await member(of: request)
            let makers = try await data.makers(of: visit.person, language: visit.texts.language)
            return html(
                MakersPage(
                    makers, shell: shell(visit, title: visit.texts.makers.title, path: "/m/makers"),
                    texts: visit.texts, csrf: visit.csrf))
        }
        router.get("/m/makers/{id}") { request, context in
            let visit = try await member(of: request)
            let id = try parameter("id", of: context)
            guard let maker = try await data.maker(id, for: visit.person, language: visit.texts.language) else {
                throw SiteProblem.notFound
            }
            let path = WebLink(path: ["m", "makers", id]).address
            return html(
                MakerPage(
                    maker, shell: shell(visit, title: maker.face.name, path: path), texts: visit.texts,
                    csrf: visit.csrf))
        }
        router.post("/m/makers/{id}/follow") { request, context in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let follow = fields["follow"], ["yes", "no"].contains(follow) else {
                throw SiteProblem.formUnreadable
            }
            let id = try parameter("id", of: context)
            guard try await data.follow(id, follow == "yes", for: visit.person) else { throw SiteProblem.notFound }
            return redirect(
                to: fields["back"] == "maker" ? WebLink(path: ["m", "makers", id]).address : "/m/makers")
        }
    }

    private func proposalsPage(_ visit: Visit<SiteMember>, _ outcome: HumanOutcome?) async throws -> Response {
        let desk = try await data.proposals(of: visit.person, language: visit.texts.language)
        return html(
            ProposalsPage(
                desk, shell: shell(visit, title: visit.texts.proposals.title, path: "/m/proposals"),
                texts: visit.texts, csrf: visit.csrf, key: randomHex(), outcome: outcome))
    }

    private func back(to path: String, _ outcome: HumanOutcome) -> Response {
        redirect(to: "\(path)?done=\(outcome.rawValue)")
    }

    // MARK: The console

    func addHumanConsole<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/letters") { request, _ in
            let visit = try await staff(of: request)
            let desk = try await data.letters(for: visit.person, language: visit.texts.language)
            return html(
                WritersPage(
                    desk, shell: shell(visit, path: "/console/letters"), texts: visit.texts, csrf: visit.csrf,
                    outcome: told("done", in: request)))
        }
        router.post("/console/letters/{id}") { request, context in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            guard let act = fields["do"], ["send", "skip"].contains(act) else { throw SiteProblem.formUnreadable }
            let text = act == "send" ? fields["text"] ?? "" : nil
            return back(
                to: "/console/letters",
                try await data.write(text, letter: try parameter("id", of: context), for: visit.person))
        }
        router.get("/console/proposals") { request, _ in
            let visit = try await staff(of: request)
            let desk = try await data.proposals(for: visit.person, language: visit.texts.language)
            return html(
                ModerationPage(
                    desk, shell: shell(visit, path: "/console/proposals"), texts: visit.texts, csrf: visit.csrf,
                    outcome: told("done", in: request)))
        }
        router.post("/console/proposals/{id}") { request, context in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            let reason = fields["reason"] ?? ""
            let answer: ProposalAnswer
            switch fields["do"] {
            case "accept": answer = .accept
            case "refuse": answer = .refuse(reason)
            case "adopt": answer = .adopt(reason, inThisVersion: fields["here"] == "yes")
            case "decline": answer = .decline(reason)
            default: throw SiteProblem.formUnreadable
            }
            return back(
                to: "/console/proposals",
                try await data.answer(answer, proposal: try parameter("id", of: context), for: visit.person))
        }
    }
}

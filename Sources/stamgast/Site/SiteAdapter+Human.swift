import Catalogue
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

/// Letters, makers, what changed and proposals on the member's pages.
extension SiteAdapter {
    private static var letterPage: Int { 20 }

    func spoken(_ language: PageLanguage) -> Loyalty.Language { Loyalty.Language(rawValue: language.rawValue) ?? .en }

    func day(_ day: Int32) -> LocalDay { LocalDay(daysSinceEpoch: Int(day)) }

    /// A signer with the face of their entry in the catalogue.
    func face(of signer: Signer?, _ view: SiteView) -> Site.Face {
        let role = signer?.role.wording(view.language)
        guard var face = signer?.maker.flatMap({ MakerID($0) }).flatMap({ view.face($0) }) else {
            let name = signer?.name ?? view.wording(view.programme.name, or: view.programme.id.name).text
            return Site.Face(name: name, role: role)
        }
        face.name = signer?.name ?? face.name
        face.role = role ?? face.role
        return face
    }

    // MARK: Letters

    func letters(of member: SiteMember, after: String?, language: PageLanguage) async throws -> LetterBox? {
        let programme = member.programme.id
        var before: (day: Int32, id: ID128)?
        if let after {
            let parts = after.split(separator: ".")
            guard parts.count == 2, let day = Int32(parts[0]), let id = ID128(String(parts[1])) else { return nil }
            before = (day, id)
        }
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let letters = try await engine.letters(
            to: member.member, in: programme, before: before, limit: Self.letterPage)
        let asks = view.programme.occasions.contains { $0.moment == .birthday }
        let birthday = asks ? await ownFields(of: member)?[.birthday] : nil
        var box = LetterBox(
            today: day(programmeDay(view)),
            letters: letters.map { letter in
                LetterBox.Letter(
                    id: letter.id.description, from: face(of: letter.signer, view),
                    page: letter.signer?.maker.flatMap { MakerID($0) }.flatMap { view.catalogue.maker($0) }.map {
                        WebLink(path: ["m", "makers", $0.id.text])
                    }, day: day(letter.letter.sentDay ?? letter.letter.day),
                    text: Wording(letter.text, (letter.letter.language ?? .en).rawValue),
                    why: letter.occasion?.why.wording(language).map {
                        Wording(LetterText.filled($0.text, LetterText.numbers(letter.letter.number)), $0.language)
                    },
                    reply: letter.letter.reply.flatMap { LetterBox.Letter.Reply(rawValue: $0.name) })
            }, wantsLetters: try await engine.wantsLetters(member.member, in: programme), birthday: birthday,
            asksBirthday: asks,
            older: letters.count == Self.letterPage
                ? letters.last.map { "\($0.letter.sentDay ?? 0).\($0.id)" } : nil)
        box.newAnswers = try await home.service.unread(of: member.member, in: programme)
        return box
    }

    private func ownFields(of member: SiteMember) async -> [PersonalField: String]? {
        try? await home.vault.persons.reveal(
            member.member, fields: [.birthday], programme: member.programme.id, purpose: .ownPage,
            actor: "member:" + member.member.description, now: engine.clock.now())
    }

    func reply(_ reply: LetterBox.Letter.Reply?, to letter: String, for member: SiteMember) async throws -> Bool {
        guard let id = ID128(letter) else { return false }
        let sign = reply.flatMap { Letter.Reply(name: $0.rawValue) }
        return try await act(.reply(letter: id, sign), for: member) == .done
    }

    func chooseLetters(_ wants: Bool, for member: SiteMember) async throws {
        _ = try await act(.letters(wants), for: member)
    }

    func giveBirthday(_ day: String?, for member: SiteMember) async throws -> Bool {
        // A leap year has every day of the year.
        if let day, day.utf8.count != 5 || CivilDate("2028-" + day) == nil { return false }
        try await home.vault.persons.store(
            [Persons.Change(member.member, [.birthday: day])], programme: member.programme.id)
        return true
    }

    // MARK: Makers

    func makers(of member: SiteMember, language: PageLanguage) async throws -> [MakerFace] {
        let programme = member.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let followed = Set(try await engine.follows(of: member.member, in: programme))
        let all = view.catalogue.makers.prefix(500)
        let counts = try await engine.followers(of: all.map(\.id.text), in: programme)
        let faces = all.compactMap { maker in
            view.face(maker.id).map {
                MakerFace(
                    id: maker.id.text, face: $0, isFollowed: followed.contains(maker.id.text),
                    followers: counts[maker.id.text])
            }
        }
        return faces.filter(\.isFollowed) + faces.filter { !$0.isFollowed }
    }

    func maker(_ id: String, for member: SiteMember, language: PageLanguage) async throws -> MakerFace? {
        let programme = member.programme.id
        guard let view = view(programme, language), let maker = MakerID(id).flatMap({ view.catalogue.maker($0) }),
            let face = view.face(maker.id)
        else { return nil }
        let followed = try await engine.follows(of: member.member, in: programme).contains(id)
        // As anybody may see them: what the maker made is no secret, and nothing here follows from the member.
        let items = view.catalogue.latest(
            ItemFilter(kinds: [.article, .video, .episode], maker: maker.id), for: Viewer(isSubscriber: true),
            at: view.now, limit: 6)
        return MakerFace(
            id: id, face: face, biography: maker.content.biography.wording(language), isFollowed: followed,
            followers: try await engine.followers(of: [id], in: programme)[id], items: items.map { view.card($0) })
    }

    func follow(_ maker: String, _ follows: Bool, for member: SiteMember) async throws -> Bool {
        let known = home.catalogue.store.snapshot(member.programme.id)
        guard !follows || MakerID(maker).flatMap({ known.maker($0) }) != nil else { return false }
        let isDone = try await act(.follow(maker: maker, follows: follows), for: member) == .done
        // What to read follows with the next page.
        home.recommendations.forget(member.member)
        return isDone
    }

    // MARK: What changed

    func story(of member: SiteMember, after: String?, language: PageLanguage) async throws -> ProgrammeStory? {
        let programme = member.programme.id
        var before = Int64.max
        if let after {
            guard let number = Int64(after), number > 0 else { return nil }
            before = number
        }
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let (editions, next) = try await engine.news(of: programme, before: before, limit: 20)
        let adopted = try await engine.adopted(in: programme)
        let ahead = after == nil ? engine.announcements(in: programme) : []
        return ProgrammeStory(
            today: day(programmeDay(view)),
            ahead: ahead.map { one in
                ProgrammeStory.Ahead(
                    day: day(one.day), what: view.wording(one.what, or: ""), because: one.because.wording(language))
            },
            editions: editions.map { edition in
                let wording = NewsWording(spoken(language), edition.programme)
                return ProgrammeStory.Edition(
                    day: day(edition.day), because: edition.because.wording(language),
                    changes: edition.items.map { Wording(wording.says($0), language) },
                    proposals: (adopted[edition.version.number] ?? []).filter { !$0.text.isEmpty }.map {
                        Wording($0.text, $0.proposal.language.rawValue)
                    }, isFirst: edition.isFirst)
            }, older: next.map { String($0) })
    }

    // MARK: Proposals

    func proposals(of member: SiteMember, language: PageLanguage) async throws -> ProposalDesk {
        let programme = member.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let shown = try await engine.proposals(
            [.open, .adopted, .declined], in: programme, for: member.member, limit: 100)
        let mine = try await engine.proposals(of: member.member, in: programme)
        return ProposalDesk(
            today: day(programmeDay(view)), isOpen: view.programme.proposals != nil,
            open: shown.filter(\.isOpen).map { proposal($0) },
            answered: shown.filter { !$0.isOpen && !$0.text.isEmpty }.map { proposal($0) },
            mine: mine.map { proposal($0) })
    }

    func proposal(_ view: ProposalView) -> ProposalDesk.Proposal {
        let stored = view.proposal
        let state: ProposalDesk.State =
            switch stored.state {
            case .waiting: .waiting
            case .open: view.isOpen ? .open : .over
            case .refused: .refused
            case .adopted: .adopted
            case .declined: .declined
            case .withdrawn: .withdrawn
            }
        let outcome: ProposalDesk.Outcome? = view.outcome.map {
            switch $0 {
            case .inFavour: .inFavour
            case .against: .against
            case .noQuorum: .noQuorum
            }
        }
        return ProposalDesk.Proposal(
            id: view.id.description, kind: ProposalDesk.Proposal.Kind(rawValue: stored.kind.rawValue) ?? .idea,
            state: state, text: Wording(view.text, stored.language.rawValue), until: stored.until.map { day($0) },
            own: view.own.flatMap { ProposalDesk.Choice(rawValue: $0.name) }, isMine: view.isMine,
            inFavour: view.counts?.inFavour, against: view.counts?.against, showsCounts: view.counts != nil,
            outcome: outcome, answer: stored.answer)
    }

    func propose(
        _ kind: ProposalDesk.Proposal.Kind, _ text: String, for member: SiteMember, key: String
    ) async throws -> HumanOutcome {
        guard let clean = LetterText.clean(text, most: Proposal.most) else { return .unreadable }
        let programme = member.programme.id
        let id = engine.proposalID(of: member.member, key: key, in: programme)
        let outcome = try await act(
            .propose(id: id, kind: Proposal.Kind(rawValue: kind.rawValue) ?? .idea, text: clean), for: member)
        return outcome == .done ? .sent : outcome
    }

    func vote(
        _ choice: ProposalDesk.Choice?, on proposal: String, for member: SiteMember
    ) async throws -> HumanOutcome {
        guard let id = ID128(proposal) else { return .over }
        return try await act(.vote(id, choice.flatMap { Proposal.Choice(name: $0.rawValue) }), for: member)
    }

    func withdrawProposal(_ proposal: String, for member: SiteMember) async throws -> HumanOutcome {
        guard let id = ID128(proposal) else { return .over }
        return try await act(.withdrawProposal(id), for: member)
    }

    private func act(_ action: HumanAction, for member: SiteMember) async throws -> HumanOutcome {
        do {
            _ = try await engine.perform(.human(action), member: member.member, in: member.programme.id)
            return .done
        } catch PipelineProblem.command(.human(let problem)) {
            return HumanOutcome(problem)
        }
    }
}

extension HumanOutcome {
    init(_ problem: HumanProblem) {
        switch problem {
        case .tooManyProposals, .followsTooMany: self = .tooMany
        case .tooNew, .tierNeeded: self = .notYet
        case .unknownLetter, .letterEnded, .unknownMaker, .noProposals, .unknownProposal, .notOpen, .decided:
            self = .over
        }
    }
}

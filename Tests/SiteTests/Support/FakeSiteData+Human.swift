import Primitives
import Synchronization

@testable import Site

extension Samples {
    static func noorFace(_ language: Language) -> Face {
        Face(name: "Noor van Dijk", role: Wording("opera", language), page: WebLink(path: ["avondpost", "noor"]))
    }

    static func letters(_ language: Language) -> LetterBox {
        LetterBox(
            today: today,
            letters: [
                .init(
                    id: "l/1", from: noorFace(language), page: WebLink(path: ["m", "makers", "noor"]), day: today,
                    text: Wording("Ein <Jahr> mit uns.\n\nDanke.", "de"), why: Wording("A year.", language)),
                .init(
                    id: "l2", from: Face(name: "Joris Kok"), day: today, text: Wording("Thank you.", language),
                    reply: .heart),
                .init(
                    id: "l3", from: Face(name: "Joris Kok"), day: today, text: Wording("Thank you.", language),
                    reply: .thanks),
            ], birthday: "03-14", asksBirthday: true, older: "20 9")
    }

    static func makers(_ language: Language) -> [MakerFace] {
        [
            MakerFace(
                id: "noor", face: noorFace(language), biography: Wording("Sings & writes.", language),
                isFollowed: true, followers: 120, items: shelfItems(language)),
            MakerFace(id: "jo/ris", face: Face(name: "Joris Kok")),
        ]
    }

    private static func shelfItems(_ language: Language) -> [ItemCard] {
        ["kyoto-stilte", "de-laatste-souffleur"].compactMap { item($0, language) }
    }

    static func story(_ language: Language) -> ProgrammeStory {
        ProgrammeStory(
            today: today,
            ahead: [.init(day: today, what: Wording("Less.", language), because: Wording("Too much.", language))],
            editions: [
                .init(
                    day: today, because: Wording("It was too hard.", language),
                    changes: [Wording("Five stories asks for 4; it was 5.", language)],
                    proposals: [Wording("Make it easier.", "de")]),
                .init(day: today, isFirst: true),
            ], older: "3")
    }

    static func proposal(
        _ id: String, _ state: ProposalDesk.State, _ language: Language, own: ProposalDesk.Choice? = nil,
        outcome: ProposalDesk.Outcome? = nil, isMine: Bool = false
    ) -> ProposalDesk.Proposal {
        .init(
            id: id, kind: id.count % 2 == 0 ? .rule : .idea, state: state,
            text: Wording("More <crosswords>.", language),
            until: today, own: own, isMine: isMine, inFavour: outcome == nil ? nil : 40,
            showsCounts: outcome != nil, outcome: outcome, answer: outcome == nil ? nil : "Because.")
    }

    static func proposals(_ language: Language) -> ProposalDesk {
        ProposalDesk(
            today: today,
            open: [
                proposal("p/1", .open, language, own: .inFavour), proposal("p2", .open, language, own: .against),
                proposal("p3", .open, language),
            ],
            answered: [
                proposal("p4", .adopted, language, outcome: .inFavour),
                proposal("p5", .declined, language, outcome: .against),
                proposal("p6", .over, language, outcome: .noQuorum),
            ],
            mine: [
                proposal("p7", .waiting, language, isMine: true), proposal("p8", .refused, language, isMine: true),
                proposal("p9", .withdrawn, language, isMine: true),
            ])
    }

    static func writers(_ language: Language) -> WritersDesk {
        WritersDesk(
            today: today,
            requests: [
                .init(
                    id: "r/1", signer: noorFace(language), reader: "a3f9", why: Wording("Came 12 days.", language),
                    day: today, draft: Wording("Liebe <Leserin>,", "de"))
            ], sent: 1_204, hearts: 40, thanks: 20)
    }

    static func moderation(_ language: Language) -> ModerationDesk {
        ModerationDesk(
            today: today, waiting: [proposal("p7", .waiting, language)], open: [proposal("p3", .open, language)],
            over: [proposal("p6", .over, language, outcome: .inFavour)], version: 7)
    }
}

extension FakeSiteData {
    private func chosen(_ what: String) { state.withLock { $0.chosen.append(what) } }

    func letters(of member: SiteMember, after: String?, language: Language) async throws -> LetterBox? {
        after == "broken" ? nil : Samples.letters(language)
    }

    func reply(_ reply: LetterBox.Letter.Reply?, to letter: String, for member: SiteMember) async throws -> Bool {
        guard letter == "l/1" else { return false }
        chosen("reply \(reply?.rawValue ?? "none")")
        return true
    }

    func chooseLetters(_ wants: Bool, for member: SiteMember) async throws { chosen("letters \(wants)") }

    func giveBirthday(_ day: String?, for member: SiteMember) async throws -> Bool {
        guard day != "99-99" else { return false }
        chosen("birthday \(day ?? "none")")
        return true
    }

    func makers(of member: SiteMember, language: Language) async throws -> [MakerFace] { Samples.makers(language) }

    func maker(_ id: String, for member: SiteMember, language: Language) async throws -> MakerFace? {
        Samples.makers(language).first { $0.id == id }
    }

    func follow(_ maker: String, _ follows: Bool, for member: SiteMember) async throws -> Bool {
        guard Samples.makers(.en).contains(where: { $0.id == maker }) else { return false }
        chosen("follow \(maker) \(follows)")
        return true
    }

    func story(of member: SiteMember, after: String?, language: Language) async throws -> ProgrammeStory? {
        after == "broken" ? nil : Samples.story(language)
    }

    func proposals(of member: SiteMember, language: Language) async throws -> ProposalDesk {
        Samples.proposals(language)
    }

    func propose(
        _ kind: ProposalDesk.Proposal.Kind, _ text: String, for member: SiteMember, key: String
    ) async throws -> HumanOutcome {
        guard !text.isEmpty else { return .unreadable }
        chosen("propose \(kind.rawValue) \(text)")
        return .sent
    }

    func vote(_ choice: ProposalDesk.Choice?, on proposal: String, for member: SiteMember) async throws -> HumanOutcome
    {
        chosen("vote \(proposal) \(choice?.rawValue ?? "none")")
        return .done
    }

    func withdrawProposal(_ proposal: String, for member: SiteMember) async throws -> HumanOutcome { .over }

    func letters(for staff: SiteStaff, language: Language) async throws -> WritersDesk { Samples.writers(language) }

    func write(_ text: String?, letter: String, for staff: SiteStaff) async throws -> HumanOutcome {
        chosen("write \(letter) \(text ?? "skip")")
        return .done
    }

    func proposals(for staff: SiteStaff, language: Language) async throws -> ModerationDesk {
        Samples.moderation(language)
    }

    func answer(_ answer: ProposalAnswer, proposal: String, for staff: SiteStaff) async throws -> HumanOutcome {
        chosen("answer \(proposal) \(answer)")
        return .done
    }
}

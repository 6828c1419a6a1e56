import Primitives
import Site
import Synchronization

/// The port filled with samples, and a record of what was asked of it.
final class FakeSiteData: SiteData {
    struct State {
        var members: [String: SiteMember] = [
            "member-secret": SiteMember(programme: Samples.programme, member: Samples.member)
        ]
        var staff: [String: SiteStaff] = ["staff-secret": SiteStaff(programme: Samples.programme, staff: "s1")]
        var links: [String: SignInKind] = ["token-member": .member, "token-staff": .staff]
        var redeemed: [String: String] = [:]
        var replayed: [String] = []
        var outcome: RedeemOutcome?
        var failure: (any Error)?
    }

    struct Broken: Error {}

    let state = Mutex(State())
    let memberNews = LiveChannel<MemberID, MemberNews>(epoch: "t", streamsPerKey: 2)
    let consoleNews = LiveChannel<ProgrammeID, ConsoleEvent>(epoch: "t")
    /// Replaces the samples, for hostile content.
    let today: @Sendable (Language) -> MemberToday
    let front: @Sendable (Language) -> PublisherFront
    let item: @Sendable (String, Language) -> PublisherItem?

    init(
        today: @escaping @Sendable (Language) -> MemberToday = { Samples.memberToday($0) },
        front: @escaping @Sendable (Language) -> PublisherFront = { Samples.front($0) },
        item: @escaping @Sendable (String, Language) -> PublisherItem? = { Samples.publisherItem($0, $1) }
    ) {
        self.today = today
        self.front = front
        self.item = item
    }

    func signInOffer(token: String) async throws -> SignInOffer? {
        state.withLock { $0.links[token] }.map { SignInOffer(kind: $0, programme: Samples.programme) }
    }

    func signIn(token: String) async throws -> StartedSession? {
        state.withLock { state in
            // The preview's links can be used again.
            guard let kind = token.hasPrefix("preview") ? state.links[token] : state.links.removeValue(forKey: token)
            else { return nil }
            return StartedSession(
                kind: kind, secret: kind == .member ? "member-secret" : "staff-secret", lifetimeSeconds: 86_400)
        }
    }

    func member(session secret: String) async throws -> SiteMember? { state.withLock { $0.members[secret] } }
    func staff(session secret: String) async throws -> SiteStaff? { state.withLock { $0.staff[secret] } }

    func signOut(session secret: String) async throws {
        state.withLock { state in
            state.members[secret] = nil
            state.staff[secret] = nil
        }
    }

    func today(of member: SiteMember, language: Language) async throws -> MemberToday {
        if let failure = state.withLock({ $0.failure }) { throw failure }
        return today(language)
    }

    func history(of member: SiteMember, after: String?, language: Language) async throws -> HistoryPage? {
        guard after == nil || after == "cursor/2+" else { return nil }
        var page = Samples.history(language)
        if after != nil {
            page.lines.removeFirst(4)
            page.older = nil
        }
        return page
    }

    func reward(_ id: String, for member: SiteMember, language: Language) async throws -> RewardOffer? {
        id == "tote" ? Samples.reward(language) : nil
    }

    func redeem(_ id: String, for member: SiteMember, key: String) async throws -> RedeemOutcome? {
        guard id == "tote" else { return nil }
        return state.withLock { state in
            if let outcome = state.outcome { return outcome }
            if state.redeemed[key] == nil { state.redeemed[key] = "r\(state.redeemed.count + 1)" }
            return .redeemed(id: state.redeemed[key] ?? "")
        }
    }

    func redemption(_ id: String, of member: SiteMember, language: Language) async throws -> Redemption? {
        id.hasPrefix("r") ? Samples.redemption(language) : nil
    }

    func live(of member: SiteMember, after lastEventID: String?, language: Language) async throws
        -> AsyncStream<LiveSignal<MemberNews>>
    { try memberNews.subscribe(to: member.member, after: lastEventID) }

    func today(for staff: SiteStaff, language: Language) async throws -> ConsoleToday { Samples.consoleToday(language) }
    func rules(for staff: SiteStaff, language: Language) async throws -> [RuleHits] { Samples.rules(language) }

    func quarantine(for staff: SiteStaff, after: String?, language: Language) async throws -> QuarantinePage? {
        after == nil || after == "next" ? Samples.quarantine(language) : nil
    }

    func replay(_ id: String, for staff: SiteStaff) async throws -> ReplayOutcome {
        state.withLock { $0.replayed.append(id) }
        return id == "q/1" ? .accepted : .refused
    }

    func stubs(for staff: SiteStaff, language: Language) async throws -> StubList { Samples.stubs(language) }

    func live(for staff: SiteStaff, after lastEventID: String?, language: Language) async throws
        -> AsyncStream<LiveSignal<ConsoleEvent>>
    { try consoleNews.subscribe(to: staff.programme.id, after: lastEventID) }

    func programme(publishableKey: String) async throws -> ProgrammeID? {
        publishableKey == Samples.publisher.publishableKey ? Samples.programme.id : nil
    }

    func widget(item: String, programme: ProgrammeID, member: MemberID?, language: Language) async throws
        -> WidgetFacts?
    {
        Samples.item(item, language).map { Samples.widget($0.kind, known: member != nil, language) }
    }

    func front(language: Language) async throws -> PublisherFront { front(language) }
    func item(_ id: String, language: Language) async throws -> PublisherItem? { item(id, language) }
    func publisherSubject(of member: SiteMember) async throws -> String? { "reader-4711" }
}

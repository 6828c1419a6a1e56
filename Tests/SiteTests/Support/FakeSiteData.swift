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
        var wishes: [Bool] = []
        var replayed: [String] = []
        /// What was chosen about streaks and tiers.
        var chosen: [String] = []
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

    func rewards(of member: SiteMember, language: Language) async throws -> OfferedRewards { Samples.shelf(language) }

    func wish(_ id: String, _ isWished: Bool, for member: SiteMember) async throws -> Bool? {
        guard id == "tote" else { return nil }
        state.withLock { $0.wishes.append(isWished) }
        return isWished
    }

    func held(by member: SiteMember, language: Language) async throws -> HeldRewards { Samples.held(language) }

    func redeem(_ id: String, _ choice: RedeemChoice, for member: SiteMember, key: String) async throws
        -> RedeemOutcome?
    {
        guard id == "tote" else { return nil }
        return state.withLock { state in
            if let outcome = state.outcome { return outcome }
            if state.redeemed[key] == nil { state.redeemed[key] = "r\(state.redeemed.count + 1)" }
            return .redeemed(id: state.redeemed[key] ?? "")
        }
    }

    func card(of member: SiteMember) async throws -> CardCode { Samples.card }
    func pauseStreaks(_ pause: StreakPause?, for member: SiteMember) async throws -> Bool {
        if let pause, pause.from > pause.to { return false }
        state.withLock { $0.chosen.append(pause.map { "pause \($0.from.iso) \($0.to.iso)" } ?? "resume") }
        return true
    }

    func chooseGoal(_ days: Int, streak: String, for member: SiteMember) async throws -> Bool {
        guard streak == "five-days", (3...7).contains(days) else { return false }
        state.withLock { $0.chosen.append("goal \(days)") }
        return true
    }

    func choose(_ pressure: PressureDesk.Choice, for member: SiteMember) async throws {
        state.withLock { $0.chosen.append("pressure \(pressure.rawValue)") }
    }

    func takePart(_ joins: Bool, in challenge: String, for member: SiteMember) async throws -> Bool {
        guard challenge == "winter" else { return false }
        state.withLock { $0.chosen.append(joins ? "join" : "leave") }
        return true
    }

    func aim(at target: Int64, in challenge: String, for member: SiteMember) async throws -> Bool {
        guard challenge == "winter", (2...9).contains(target) else { return false }
        state.withLock { $0.chosen.append("target \(target)") }
        return true
    }

    func answerInvitation(tier: String, accepts: Bool, for member: SiteMember) async throws -> Bool {
        guard tier == "friend" else { return false }
        state.withLock { $0.chosen.append(accepts ? "accept" : "decline") }
        return true
    }

    func redemption(_ id: String, of member: SiteMember, language: Language) async throws -> Redemption? {
        id.hasPrefix("r") ? Samples.redemption(language) : nil
    }

    func live(of member: SiteMember, after lastEventID: String?, language: Language) async throws
        -> AsyncStream<LiveSignal<MemberNews>>
    { try memberNews.subscribe(to: member.member, after: lastEventID) }

    func today(for staff: SiteStaff, language: Language) async throws -> ConsoleToday { Samples.consoleToday(language) }
    func rewards(for staff: SiteStaff, language: Language) async throws -> ConsoleRewards {
        Samples.consoleRewards(language)
    }

    func parcel(_ id: String, _ step: ParcelStep, _ dispatch: ParcelTracking?, for staff: SiteStaff) async throws
        -> Bool
    {
        let followed = dispatch.map { " \($0.carrier ?? "-")/\($0.number)" } ?? ""
        state.withLock { $0.chosen.append("\(step.rawValue) \(id)" + followed) }
        return id == "r1"
    }

    func rules(for staff: SiteStaff, language: Language) async throws -> [RuleHits] { Samples.rules(language) }

    func quarantine(for staff: SiteStaff, after: String?, language: Language) async throws -> QuarantinePage? {
        after == nil || after == "next" ? Samples.quarantine(language) : nil
    }

    func replay(_ id: String, for staff: SiteStaff) async throws -> ReplayOutcome {
        state.withLock { $0.replayed.append(id) }
        return id == "q/1" ? .accepted : .refused
    }

    func stubs(for staff: SiteStaff, language: Language) async throws -> StubList { Samples.stubs(language) }

    func habits(for staff: SiteStaff, language: Language) async throws -> HabitFigures { Samples.habits(language) }

    func repair(_ days: StreakPause, streak: String, for staff: SiteStaff) async throws -> Bool {
        guard streak == "daily", days.from <= days.to else { return false }
        state.withLock { $0.chosen.append("repair \(days.from.iso) \(days.to.iso)") }
        return true
    }

    func live(for staff: SiteStaff, after lastEventID: String?, language: Language) async throws
        -> AsyncStream<LiveSignal<ConsoleEvent>>
    { try consoleNews.subscribe(to: staff.programme.id, after: lastEventID) }

    func measures(for staff: SiteStaff, language: Language) async throws -> [MeasureTable] { Samples.measures }
    func reviews(for staff: SiteStaff, language: Language) async throws -> ReviewQueue { Samples.reviews }
    func decide(_ choice: ReviewChoice, for staff: SiteStaff) async throws -> Int { 1 }
    func boards(of member: SiteMember, language: Language) async throws -> BoardDesk { Samples.boards(language) }

    func ask(_ wish: BoardWish, of board: String, for member: SiteMember) async throws -> Bool { board == "curious" }

    func friends(of member: SiteMember, language: Language) async throws -> FriendDesk? { Samples.friends(language) }
    func drawFriendCode(for member: SiteMember) async throws -> Bool { true }
    func claimFriend(code: String, for member: SiteMember) async throws -> Bool { code.hasPrefix("ABCD") }
    func devices(for staff: SiteStaff, language: Language) async throws -> DeviceQueue { Samples.devices(language) }

    func friends(for staff: SiteStaff, language: Language) async throws -> ConsoleFriends {
        Samples.consoleFriends(language)
    }

    func ambassador(_ member: SiteMember, language: Language) async throws -> AmbassadorDesk? {
        Samples.ambassador(language)
    }

    func answer(_ standing: String, accepts: Bool, for member: SiteMember) async throws -> Bool {
        state.withLock { $0.chosen.append("ambassador \(standing) \(accepts)") }
        return true
    }

    func invite(_ member: String, to standing: String, withdraws: Bool, for staff: SiteStaff) async throws -> Bool {
        state.withLock { $0.chosen.append("invite \(member) \(standing) \(withdraws)") }
        return true
    }

    func raffles(of member: SiteMember, language: Language) async throws -> RaffleDesk { Samples.raffles(language) }

    func ask(_ wish: RaffleWish, of raffle: String, for member: SiteMember, key: String) async throws -> Bool? {
        raffle == "premiere" ? wish == .free : nil
    }

    func raffles(for staff: SiteStaff, language: Language) async throws -> ConsoleRaffles {
        Samples.consoleRaffles(language)
    }

    func closeRaffle(_ id: String, for staff: SiteStaff) async throws -> Bool { id == "ended" }

    func drawRaffle(_ id: String, beacon: String, for staff: SiteStaff) async throws -> Bool {
        state.withLock { $0.chosen.append("draw \(id) \(beacon)") }
        return id == "closed"
    }

    func games(of member: SiteMember, language: Language) async throws -> GamesDesk { Samples.games(language) }

    func play(
        _ move: QuizMove, quiz: String, for member: SiteMember, language: Language
    ) async throws -> QuizSheet? {
        guard let sheet = Samples.games(language).quizzes.first(where: { $0.id == quiz }) else { return nil }
        state.withLock { $0.chosen.append("\(move)") }
        return move == .finish ? Samples.endedQuiz(language) : sheet
    }

    func predict(_ answer: ContestSheet.Answer?, contest: String, for member: SiteMember) async throws -> Bool {
        guard contest == "final" else { return false }
        state.withLock { $0.chosen.append("predict \(answer.map { "\($0)" } ?? "nothing")") }
        return true
    }

    func games(for staff: SiteStaff, language: Language) async throws -> GamesFigures { Samples.gamesFigures(language) }

    func settle(_ answer: ContestSheet.Answer?, contest: String, for staff: SiteStaff) async throws -> Bool {
        guard contest == "final" else { return false }
        state.withLock { $0.chosen.append("settle \(answer.map { "\($0)" } ?? "nothing")") }
        return true
    }

    func gifts(of member: SiteMember, language: Language) async throws -> GiftDesk { Samples.gifts(language) }

    func offerGift(unit: String, amount: Int64, for member: SiteMember, key: String, language: Language) async throws
        -> GiftOutcome
    {
        amount >= 10
            ? .offered(code: "ABCD-1234-EFGH-5678", Amount(amount, Samples.gifts(language).offers[0].unit)) : .refused
    }

    func acceptGift(code: String, for member: SiteMember, language: Language) async throws -> GiftOutcome {
        code.hasPrefix("ABCD") ? .accepted(Amount(20, Samples.gifts(language).offers[0].unit)) : .unknown
    }

    func withdrawGift(_ id: String, for member: SiteMember) async throws -> GiftOutcome { .withdrawn }

    func wallet(_ id: String, _ request: WalletRequest, for member: SiteMember, key: String) async throws -> GiftOutcome
    {
        if case .open = request { return .opened(code: "WXYZ-1234-EFGH-5678") }
        return id == "w/1" ? .changed : .refused
    }

    func books(for staff: SiteStaff, language: Language) async throws -> [UnitBooks] { Samples.books(language) }
    func jobs(for staff: SiteStaff) async throws -> JobList { Samples.jobs }

    func simulator(run: String?, for staff: SiteStaff, language: Language) async throws -> SimulatorDesk {
        Samples.simulatorDesk(language)
    }

    func simulate(_ order: SimulatorOrder, for staff: SiteStaff, key: String) async throws -> SimulatorAnswer {
        if order.candidate == "broken" {
            return .refused([SimulatorProblem(place: "rules/a.yaml:1:1", message: "There is <no> unit.")])
        }
        return order.members < 1_000 ? .begun("0e") : .full
    }

    func order(_ order: JobOrder, for staff: SiteStaff, key: String) async throws -> String? {
        order.condition == "true" ? nil : "no <such> field"
    }

    func cancelJob(_ id: String, for staff: SiteStaff) async throws { state.withLock { $0.replayed.append(id) } }

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
    func earnsByTokens(_ member: SiteMember) async throws -> Bool { false }
}

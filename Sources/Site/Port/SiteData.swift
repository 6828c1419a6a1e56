public import Primitives

/// Everything the pages need from the rest of the house. The composition root fills it; tests fill it with a fake.
///
/// All texts come back in `language` where the programme has them and otherwise in another language, which the `Wording`
/// says. All times are local: the member's own zone on a member's pages, the programme's zone in the console. `nil` means
/// "there is no such thing for this person" and becomes 404 (410 for a sign-in link); an error becomes 500. Members and
/// staff are taken from their session, so an answer must be about that person and programme only.
public protocol SiteData: Sendable {
    // MARK: Signing in

    /// What a one-time link opens, without using it up; `nil` when it is unknown, used or expired.
    func signInOffer(token: String) async throws -> SignInOffer?
    /// Uses the link up and begins a session; `nil` as above.
    func signIn(token: String) async throws -> StartedSession?
    /// The member whose session this is; `nil` when there is none.
    func member(session secret: String) async throws -> SiteMember?
    /// The member of staff whose session this is; `nil` when there is none.
    func staff(session secret: String) async throws -> SiteStaff?
    /// Ends a session; an unknown one is no error.
    func signOut(session secret: String) async throws

    // MARK: The member's pages

    func today(of member: SiteMember, language: Language) async throws -> MemberToday
    /// - Parameter after: a cursor from `HistoryPage.older`; a foreign or broken one is `nil` as an answer.
    func history(of member: SiteMember, after: String?, language: Language) async throws -> HistoryPage?
    func reward(_ id: String, for member: SiteMember, language: Language) async throws -> RewardOffer?
    /// Holds and confirms a reward.
    /// - Parameter key: 32 hexadecimal digits made for one form: the same key again gives the same answer.
    func redeem(_ id: String, for member: SiteMember, key: String) async throws -> RedeemOutcome?
    func redemption(_ id: String, of member: SiteMember, language: Language) async throws -> Redemption?
    /// What happens to this member from now on, and what happened after `lastEventID` if that can still be told.
    func live(of member: SiteMember, after lastEventID: String?, language: Language) async throws
        -> AsyncStream<LiveSignal<MemberNews>>

    // MARK: The console

    func today(for staff: SiteStaff, language: Language) async throws -> ConsoleToday
    func rules(for staff: SiteStaff, language: Language) async throws -> [RuleHits]
    /// - Parameter after: a cursor from `QuarantinePage.older`.
    func quarantine(for staff: SiteStaff, after: String?, language: Language) async throws -> QuarantinePage?
    /// - Throws: an HTTP error with the status 403 for staff who may only look.
    func replay(_ id: String, for staff: SiteStaff) async throws -> ReplayOutcome
    func stubs(for staff: SiteStaff, language: Language) async throws -> StubList
    func live(for staff: SiteStaff, after lastEventID: String?, language: Language) async throws
        -> AsyncStream<LiveSignal<ConsoleEvent>>

    // MARK: The publisher's side

    /// The programme that a publishable key belongs to.
    func programme(publishableKey: String) async throws -> ProgrammeID?
    /// - Parameter member: known only when the widget's pass was for this same programme.
    func widget(item: String, programme: ProgrammeID, member: MemberID?, language: Language) async throws
        -> WidgetFacts?
    /// The demo publisher's pages; only asked when `SiteConfiguration.publisher` is set.
    func front(language: Language) async throws -> PublisherFront
    func item(_ id: String, language: Language) async throws -> PublisherItem?
    /// The publisher's own identifier of a signed-in reader, which its pages send as the subject of events.
    func publisherSubject(of member: SiteMember) async throws -> String?
}

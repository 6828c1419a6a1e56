public import Primitives

/// Everything the pages need from the rest of the house. The composition root fills it; tests fill it with a fake.
///
/// All texts come back in `language` where the programme has them and otherwise in another language, which the `Wording`
/// says. All times are local: the member's own zone on a member's pages, the programme's zone in the console. `nil` means
/// "there is no such thing for this person" and becomes 404 (410 for a sign-in link); an error becomes 500. Members and
/// staff are taken from their session, so an answer must be about that person and programme only.
public protocol SiteData:
    PrivacyOfficeData,
    HumanSiteData, TogetherSiteData, MemberDeskSiteData, OwnSiteData, IntegrationsSiteData, AdministrationSiteData,
    ExpressionSiteData, StartSiteData, DoorSiteData, ServiceSiteData, ApprovalSiteData, StaffDoorSiteData,
    ProfilingSiteData
{
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
    /// All rewards that are offered.
    func rewards(of member: SiteMember, language: Language) async throws -> OfferedRewards
    /// Puts a reward on the wish list or takes it off; `nil` for a reward that is not there.
    func wish(_ id: String, _ isWished: Bool, for member: SiteMember) async throws -> Bool?
    /// Everything the member redeemed, with codes and tickets.
    func held(by member: SiteMember, language: Language) async throws -> HeldRewards
    /// Holds and confirms a reward.
    /// - Parameter key: 32 hexadecimal digits made for one form: the same key again gives the same answer.
    func redeem(_ id: String, _ choice: RedeemChoice, for member: SiteMember, key: String) async throws
        -> RedeemOutcome?
    func redemption(_ id: String, of member: SiteMember, language: Language) async throws -> Redemption?
    func boards(of member: SiteMember, language: Language) async throws -> BoardDesk
    /// `false` if there is no such board.
    func ask(_ wish: BoardWish, of board: String, for member: SiteMember) async throws -> Bool
    /// What twelve answers from 1 to 7 come to: nothing where they say nothing; `nil` unless all are given.
    func playStyles(from answers: [Int]) -> [PlayStyle]?
    /// What the member kept of it.
    func playStyle(of member: SiteMember) async throws -> [PlayStyle]
    /// Keeps it in place of what was kept; nothing removes it.
    func keep(_ styles: [PlayStyle], for member: SiteMember) async throws
    /// Which reward stands first on Today, and what is taken of it.
    func choosing(for staff: SiteStaff, language: Language) async throws -> ChoosingDesk
    /// Switches that on or off.
    func chooseRewards(_ isOn: Bool, for staff: SiteStaff) async throws
    /// `nil` where the programme has no such thing.
    func friends(of member: SiteMember, language: Language) async throws -> FriendDesk?
    /// `nil` where the programme has no referral.
    func ambassador(_ member: SiteMember, language: Language) async throws -> AmbassadorDesk?
    /// `false` if the member is not invited.
    func answer(_ standing: String, accepts: Bool, for member: SiteMember) async throws -> Bool
    func drawFriendCode(for member: SiteMember) async throws -> Bool
    func claimFriend(code: String, for member: SiteMember) async throws -> Bool
    func raffles(of member: SiteMember, language: Language) async throws -> RaffleDesk
    /// `nil` if there is no such raffle, `false` for what it does not allow.
    /// - Parameter key: 32 hexadecimal digits made for one form: the same key again is the same ticket.
    func ask(_ wish: RaffleWish, of raffle: String, for member: SiteMember, key: String) async throws -> Bool?
    func games(of member: SiteMember, language: Language) async throws -> GamesDesk
    /// Moves a quiz on, and gives it as it is then; `nil` if there is no such quiz.
    func play(_ move: QuizMove, quiz: String, for member: SiteMember, language: Language) async throws -> QuizSheet?
    /// Predicts, or takes a prediction back; `false` if it cannot be.
    func predict(_ answer: ContestSheet.Answer?, contest: String, for member: SiteMember) async throws -> Bool
    func gifts(of member: SiteMember, language: Language) async throws -> GiftDesk
    /// - Parameter key: 32 hexadecimal digits made for one form: the same key again is the same gift.
    func offerGift(unit: String, amount: Int64, for member: SiteMember, key: String, language: Language) async throws
        -> GiftOutcome
    /// A gift's code, or the code of a wallet to join.
    func acceptGift(code: String, for member: SiteMember, language: Language) async throws -> GiftOutcome
    func withdrawGift(_ id: String, for member: SiteMember) async throws -> GiftOutcome
    /// - Parameter id: the wallet; anything for one that is opened.
    func wallet(_ id: String, _ request: WalletRequest, for member: SiteMember, key: String) async throws -> GiftOutcome
    /// The code that this member's card shows now.
    func card(of member: SiteMember) async throws -> CardCode
    /// Lays all streaks aside on these days, or ends a pause; `false` for days that cannot be chosen.
    func pauseStreaks(_ pause: StreakPause?, for member: SiteMember) async throws -> Bool
    /// Chooses on how many days of a period a streak is to be kept; `false` where that is not offered.
    func chooseGoal(_ days: Int, streak: String, for member: SiteMember) async throws -> Bool
    /// Joins a challenge or leaves it; `false` where that cannot be.
    func takePart(_ joins: Bool, in challenge: String, for member: SiteMember) async throws -> Bool
    /// Chooses the target of a challenge; `false` where that is not offered.
    func aim(at target: Int64, in challenge: String, for member: SiteMember) async throws -> Bool
    /// Answers an invitation to a tier; `false` if there is none.
    func answerInvitation(tier: String, accepts: Bool, for member: SiteMember) async throws -> Bool
    /// How often the programme may urge the member.
    func choose(_ pressure: PressureDesk.Choice, for member: SiteMember) async throws
    /// What happens to this member from now on, and what happened after `lastEventID` if that can still be told.
    func live(of member: SiteMember, after lastEventID: String?, language: Language) async throws
        -> AsyncStream<LiveSignal<MemberNews>>

    /// What the member can say about subjects, and what they said.
    func subjects(of member: SiteMember, language: Language) async throws -> SubjectDesk
    /// `false` for a persona that is not there.
    func say(_ choice: SubjectChoice, for member: SiteMember) async throws -> Bool
    /// For everybody; `nil` if there is no such programme.
    func personas(of programme: ProgrammeID, language: Language) async throws -> PersonaSheet?

    // MARK: The console

    func today(for staff: SiteStaff, language: Language) async throws -> ConsoleToday
    func rules(for staff: SiteStaff, language: Language) async throws -> [RuleHits]
    /// - Parameter after: a cursor from `QuarantinePage.older`.
    func quarantine(for staff: SiteStaff, after: String?, language: Language) async throws -> QuarantinePage?
    /// - Throws: an HTTP error with the status 403 for staff who may only look.
    func replay(_ id: String, for staff: SiteStaff) async throws -> ReplayOutcome
    /// What is left of every reward, and what is to be packed and sent.
    func rewards(for staff: SiteStaff, language: Language) async throws -> ConsoleRewards
    /// Says that a parcel was packed or sent; `false` if that cannot be said of it.
    /// - Throws: an HTTP error with the status 403 for staff who may only look.
    /// - Parameter dispatch: how it can be followed; with ``ParcelStep/sent``.
    func parcel(_ id: String, _ step: ParcelStep, _ dispatch: ParcelTracking?, for staff: SiteStaff) async throws
        -> Bool
    /// Where a parcel goes; `nil` if that is not known. It stands in the log of who saw personal data.
    /// - Throws: an HTTP error with the status 403 for staff who may not see it.
    func address(ofParcel id: String, for staff: SiteStaff) async throws -> String?
    /// Changes a reward's stock; the same key again is the same change.
    /// - Throws: an HTTP error with the status 403 for staff who may only look.
    func change(_ order: StockOrder, for staff: SiteStaff, key: String) async throws -> StockOutcome
    /// Puts codes into a reward's pool; `nil` if it has none.
    /// - Throws: an HTTP error with the status 403 for staff who may only look.
    func add(codes: [String], to reward: String, for staff: SiteStaff) async throws -> CodesOutcome?
    /// What a ticket is good for, and with `admits` that it is used now; `nil` if it is none of this programme.
    /// - Throws: an HTTP error with the status 403 for staff who may not hand out rewards.
    func ticket(_ text: String, admits: Bool, for staff: SiteStaff, language: Language) async throws -> TicketFinding?
    func stubs(for staff: SiteStaff, language: Language) async throws -> StubList
    func books(for staff: SiteStaff, language: Language) async throws -> [UnitBooks]
    func jobs(for staff: SiteStaff) async throws -> JobList
    /// The simulation of this id, or the last one, and earlier ones.
    func simulator(run: String?, for staff: SiteStaff, language: Language) async throws -> SimulatorDesk
    /// Orders a simulation; the same key orders it once.
    func simulate(_ order: SimulatorOrder, for staff: SiteStaff, key: String) async throws -> SimulatorAnswer
    /// Orders a job; the same key again is the same job.
    /// - Returns: what is wrong with it, if anything is.
    /// - Throws: an HTTP error with the status 403 for staff who may not correct points.
    func order(_ order: JobOrder, for staff: SiteStaff, key: String) async throws -> String?
    func cancelJob(_ id: String, for staff: SiteStaff) async throws
    func look(for staff: SiteStaff) async throws -> LookDesk
    /// What is wrong with a text of `theme.yaml`; an empty one takes the theme away.
    func check(look file: String, for staff: SiteStaff) async throws -> LookDraft
    /// Puts a look in force as a new version of the programme; `false` if another version came in between, or it cannot be.
    ///
    /// - Throws: an HTTP error with the status 403 for staff who may only look.
    func take(look file: String, basedOn version: Int64, for staff: SiteStaff) async throws -> Bool
    func habits(for staff: SiteStaff, language: Language) async throws -> HabitFigures
    /// Excuses days of a streak for everybody; `false` for days or a streak that cannot be.
    ///
    /// - Throws: an HTTP error with the status 403 for staff who may only look.
    func recommendations(for staff: SiteStaff, language: Language) async throws -> RecommendationDesk
    func decide(_ decision: RecommendationDecision, for staff: SiteStaff) async throws -> RecommendationOutcome
    func repair(_ days: StreakPause, streak: String, for staff: SiteStaff) async throws -> Bool
    /// What has changed, over several members each.
    func measures(for staff: SiteStaff, language: Language) async throws -> [MeasureTable]
    func reviews(for staff: SiteStaff, language: Language) async throws -> ReviewQueue
    /// - Returns: how many cases were decided.
    /// - Throws: an HTTP error with the status 403 for staff who may not correct points.
    func decide(_ choice: ReviewChoice, for staff: SiteStaff) async throws -> Int
    /// - Throws: an HTTP error with the status 403 for staff who may not see members.
    func devices(for staff: SiteStaff, language: Language) async throws -> DeviceQueue
    func friends(for staff: SiteStaff, language: Language) async throws -> ConsoleFriends
    /// Invites a member to a standing, or takes that back; `false` where it cannot be.
    /// - Throws: an HTTP error with the status 403 for staff who may only look.
    func invite(_ member: String, to standing: String, withdraws: Bool, for staff: SiteStaff) async throws -> Bool
    func raffles(for staff: SiteStaff, language: Language) async throws -> ConsoleRaffles
    /// `false` if it cannot be closed or drawn now.
    ///
    /// - Throws: an HTTP error with the status 403 for staff who may only look.
    func closeRaffle(_ id: String, for staff: SiteStaff) async throws -> Bool
    func drawRaffle(_ id: String, beacon: String, for staff: SiteStaff) async throws -> Bool
    func games(for staff: SiteStaff, language: Language) async throws -> GamesFigures
    /// Says what a contest came to, or calls it off; `false` if it cannot be.
    ///
    /// - Throws: an HTTP error with the status 403 for staff who may only look.
    func settle(_ answer: ContestSheet.Answer?, contest: String, for staff: SiteStaff) async throws -> Bool
    func live(for staff: SiteStaff, after lastEventID: String?, language: Language) async throws
        -> AsyncStream<LiveSignal<ConsoleEvent>>

    // MARK: The counter

    /// Staff who may serve at a counter, whether or not they may see the console; `nil` for anybody else.
    func clerk(session secret: String) async throws -> SiteStaff?
    /// What a code is that somebody shows: a card of now, or a ticket.
    ///
    /// - Parameters:
    ///   - key: the page's own name for this scan; the same one again is the same scan.
    ///   - admits: whether a good ticket is let in at once.
    func scan(_ code: String, key: String, admits: Bool, for staff: SiteStaff, language: Language) async throws
        -> CounterScan
    /// The member of a visit as they are now; `nil` when it is over.
    func visit(_ visit: String, for staff: SiteStaff, language: Language) async throws -> CounterVisit?
    /// Hands out what was redeemed before.
    func handOut(_ receipt: String, for staff: SiteStaff, language: Language) async throws -> CounterOutcome
    /// Redeems and hands out in one go. The same key does it once.
    func serve(_ reward: String, visit: String, key: String, for staff: SiteStaff, language: Language) async throws
        -> CounterOutcome

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
    /// Whether pages report what the member reads by nobody's name, since the member chose the level `persona`.
    func earnsByTokens(_ member: SiteMember) async throws -> Bool
}

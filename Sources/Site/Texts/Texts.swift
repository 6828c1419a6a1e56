/// All words of the pages in one language. A missing text does not compile; a test finds texts that nothing uses.
///
/// Fixed texts are strings, which templates read as `{{t.section.name}}`. Texts with values are functions, so that each
/// language orders, counts and inflects in its own way; page models call them. Adding a language is one case of
/// `Language` and one folder beside this file.
///
/// One object per language: a value of some two thousand texts would be copied from page to page, text by text.
final class Texts: Sendable {
    let language: Language
    let dates: DateTexts
    let look: LookTexts
    let common: CommonTexts
    let shell: ShellTexts
    let member: MemberTexts
    let history: HistoryTexts
    let card: CardTexts
    let counter: CounterTexts
    let reward: RewardTexts
    let signIn: SignInTexts
    let door: DoorTexts
    let staffDoor: StaffDoorTexts
    let failure: FailureTexts
    let console: ConsoleTexts
    let charts: ChartTexts
    let parts: PartTexts
    let guide: GuideTexts
    let hub: HubTexts
    let joining: JoiningTexts
    let gifts: GiftTexts
    let boards: BoardTexts
    let integrations: IntegrationTexts
    let start: StartTexts
    let reviews: ReviewTexts
    let measures: MeasureTexts
    let vitals: VitalTexts
    let raffles: RaffleTexts
    let friends: FriendTexts
    let together: TogetherTexts
    let games: GamesTexts
    let letters: LetterTexts
    let backtests: BacktestTexts
    let editor: EditorTexts
    let makers: MakerTexts
    let expressions: ExpressionTexts
    let changes: ChangeTexts
    let proposals: ProposalTexts
    let writers: WriterTexts
    let pressure: PressureTexts
    let own: OwnTexts
    let profiling: ProfilingTexts
    let subjects: SubjectTexts
    let device: DeviceTexts
    let recommendations: RecommendationTexts
    let choosing: ChoosingTexts
    let styles: StyleTexts
    let books: BooksTexts
    let jobs: JobTexts
    let simulator: SimulatorTexts
    let rewardDesk: RewardDeskTexts
    let memberDesk: MemberDeskTexts
    let service: ServiceTexts
    let approvals: ApprovalTexts
    let publisher: PublisherTexts
    let widget: WidgetTexts
    let fair: FairTexts
    let admin: AdminTexts
    let office: OfficeTexts

    init(
        language: Language, dates: DateTexts, look: LookTexts, common: CommonTexts, shell: ShellTexts,
        member: MemberTexts, history: HistoryTexts, card: CardTexts, counter: CounterTexts, reward: RewardTexts,
        signIn: SignInTexts, door: DoorTexts, staffDoor: StaffDoorTexts, failure: FailureTexts, console: ConsoleTexts,
        charts: ChartTexts, parts: PartTexts, guide: GuideTexts, hub: HubTexts, joining: JoiningTexts,
        gifts: GiftTexts, boards: BoardTexts, integrations: IntegrationTexts, start: StartTexts, reviews: ReviewTexts,
        measures: MeasureTexts, vitals: VitalTexts, raffles: RaffleTexts, friends: FriendTexts,
        together: TogetherTexts, games: GamesTexts, letters: LetterTexts, backtests: BacktestTexts,
        editor: EditorTexts, makers: MakerTexts, expressions: ExpressionTexts, changes: ChangeTexts,
        proposals: ProposalTexts, writers: WriterTexts, pressure: PressureTexts, own: OwnTexts,
        profiling: ProfilingTexts, subjects: SubjectTexts, device: DeviceTexts, recommendations: RecommendationTexts,
        choosing: ChoosingTexts, styles: StyleTexts, books: BooksTexts, jobs: JobTexts, simulator: SimulatorTexts,
        rewardDesk: RewardDeskTexts, memberDesk: MemberDeskTexts, service: ServiceTexts, approvals: ApprovalTexts,
        publisher: PublisherTexts, widget: WidgetTexts, fair: FairTexts, admin: AdminTexts, office: OfficeTexts
    ) {
        self.language = language
        self.dates = dates
        self.look = look
        self.common = common
        self.shell = shell
        self.member = member
        self.history = history
        self.card = card
        self.counter = counter
        self.reward = reward
        self.signIn = signIn
        self.door = door
        self.staffDoor = staffDoor
        self.failure = failure
        self.console = console
        self.charts = charts
        self.parts = parts
        self.guide = guide
        self.hub = hub
        self.joining = joining
        self.gifts = gifts
        self.boards = boards
        self.integrations = integrations
        self.start = start
        self.reviews = reviews
        self.measures = measures
        self.vitals = vitals
        self.raffles = raffles
        self.friends = friends
        self.together = together
        self.games = games
        self.letters = letters
        self.backtests = backtests
        self.editor = editor
        self.makers = makers
        self.expressions = expressions
        self.changes = changes
        self.proposals = proposals
        self.writers = writers
        self.pressure = pressure
        self.own = own
        self.profiling = profiling
        self.subjects = subjects
        self.device = device
        self.recommendations = recommendations
        self.choosing = choosing
        self.styles = styles
        self.books = books
        self.jobs = jobs
        self.simulator = simulator
        self.rewardDesk = rewardDesk
        self.memberDesk = memberDesk
        self.service = service
        self.approvals = approvals
        self.publisher = publisher
        self.widget = widget
        self.fair = fair
        self.admin = admin
        self.office = office
    }

    typealias Zero = @Sendable () -> String
    typealias One = @Sendable (String) -> String
    typealias Two = @Sendable (String, String) -> String
    /// A count for choosing the grammatical number, and the same count as it is shown.
    typealias Counted = @Sendable (Int64, String) -> String

    static func of(_ language: Language) -> Texts {
        switch language {
        case .nl: .nl
        case .en: .en
        case .ja: .ja
        }
    }
}

/// How days, times, numbers and durations are written.
struct DateTexts: Sendable {
    /// January first, as used within a date.
    var months: [String]
    /// Sunday first.
    var weekdays: [String]
    var today: String
    var yesterday: String
    var tomorrow: String
    /// Weekday, day number, name of the month, year (none within the current year).
    var full: @Sendable (_ weekday: String, _ day: Int, _ month: String, _ year: Int?) -> String
    /// The same without the weekday.
    var short: @Sendable (_ day: Int, _ month: String, _ year: Int?) -> String
    /// A day and a time of day.
    var moment: Texts.Two
    /// Whole hours and minutes; one of them may be 0.
    var duration: @Sendable (_ hours: Int, _ minutes: Int) -> String
    var seconds: Texts.Counted
    /// Between groups of three digits.
    var grouping: String
    /// Before the last item of a list, and between the others.
    var lastJoin: String
    var join: String
}

struct CommonTexts: Sendable {
    /// A number and the name of its unit.
    var amount: Texts.Two
    var percent: Texts.One
    var yes: String
    var no: String
    var read: String
    var watch: String
    var listen: String
    var attend: String
    var article: String
    var video: String
    var episode: String
    var event: String
    var levelOff: String
    var levelSession: String
    var levelPersona: String
    var levelPersonal: String
    var levelOffMeaning: String
    var levelSessionMeaning: String
    var levelPersonaMeaning: String
    var levelPersonalMeaning: String
    /// Done and target of a challenge.
    var progress: Texts.Two
    var older: String
}

struct ShellTexts: Sendable {
    var skip: String
    var today: String
    var rewards: String
    var signOut: String
    var language: String
    var navigation: String
    var console: String
    var home: String
    /// The name of the software, in the foot of the page.
    var poweredBy: String
}

struct MemberTexts: Sendable {
    var title: String
    var greeting: Texts.One
    var greetingPlain: String
    var leadHeading: String
    var because: String
    var becauseMaker: Texts.One
    var becauseTopic: Texts.One
    var becauseSeries: Texts.One
    var popular: @Sendable (_ kind: ItemKind, _ topic: String?, _ days: Int) -> String
    var recent: @Sendable (_ days: Int) -> String
    var chosenBy: Texts.One
    var chosenByEditors: String
    var besideRead: Texts.One
    var sameTopic: Texts.One
    var personaTopic: Texts.One
    var surprise: String
    var moreHeading: String
    var emptyTitle: String
    var emptyText: String
    var privilegeHeading: String
    var preview: String
    var questions: String
    var visit: String
    var privilege: String
    var privilegeWith: Texts.One
    var privilegeOpen: String
    var privilegeSteps: @Sendable (_ count: Int64, _ shown: String, _ step: String) -> String
    var privilegeOpens: Texts.One
    var privilegeAction: String
    var progressHeading: String
    var challengeUntil: Texts.One
    var challengeReward: Texts.One
    var challengeComplete: String
    var streakUnit: @Sendable (_ every: StreakProgress.Every, _ count: Int64) -> String
    var streakLongest: Texts.One
    var streakMilestone: Texts.One
    var streakFreezes: Texts.Counted
    var streakActive: @Sendable (_ every: StreakProgress.Every) -> String
    var streakOpen: @Sendable (_ every: StreakProgress.Every) -> String
    var streakState: @Sendable (_ state: StreakProgress.State) -> String
    var streakGoal: Texts.Two
    var streakGoalLabel: String
    var streakGoalSave: String
    var pauseHeading: String
    var pauseText: String
    var pauseFrom: String
    var pauseTo: String
    var pauseStart: String
    var pauseRunning: Texts.Two
    var pauseEnd: String
    var tierHeading: String
    var tierNone: String
    var tierMissing: Texts.Two
    var tierUntil: Texts.One
    var tierProjected: Texts.One
    var tierGives: Texts.One
    var tierInvited: Texts.One
    var tierAccept: String
    var tierDecline: String
    var badgesHeading: String
    var badgeEarned: Texts.One
    var badgeOpen: String
    var badgeHidden: String
    var rewardHeading: String
    var rewardAction: String
    var rewardFrom: Texts.One
    var rewardShort: Texts.One
    var rewardOut: String
    var rewardClosed: String
    var rewardLeft: Texts.Counted
    var balance: Texts.One
    var balancePending: Texts.One
    var balancePendingUntil: Texts.Two
    var balanceExpiring: Texts.Two
    var balanceLink: String
    var level: Texts.One
    var levelEqual: String
    var toastEarned: Texts.One
    var toastSpent: Texts.One
    var toastBadge: Texts.One
    var toastProgress: Texts.Two
    var toastClose: String
    var toastMissed: String
    var toastReload: String
}

struct HistoryTexts: Sendable {
    var title: String
    var intro: String
    var introDays: String
    var pending: String
    var pendingUntil: Texts.One
    var held: String
    var released: String
    var sent: String
    var received: String
    var expired: String
    var expiringSoon: Texts.Two
    var activated: Texts.One
    var reversed: String
    var spent: String
    var badge: Texts.One
    var progress: String
    var refused: String
    var why: String
    var whyNot: String
    var rule: String
    var version: Texts.One
    var facts: String
    var holds: String
    var holdsNot: String
    var needed: Texts.One
    var atLeast: Texts.One
    var moreThan: Texts.One
    var atMost: Texts.One
    var lessThan: Texts.One
    var equal: Texts.One
    var unequal: Texts.One
    var oneOf: Texts.One
    var limit: @Sendable (_ period: Refusal.Period, _ cap: String?) -> String
    var cooldown: String
    var cooldownUntil: Texts.One
    var budgetSpent: String
    var conditionNotMet: String
    var outsideValidity: String
    var anotherRuleFirst: String
    var membershipPaused: String
    var notAtThisLevel: String
    var told: String
    var toldFreeze: Texts.One
    var toldStreak: Texts.Two
    var toldTierUp: Texts.One
    var toldTierWillEnd: Texts.Two
    var toldTierDown: Texts.Two
    var emptyTitle: String
    var emptyText: String
}

struct CounterTexts: Sendable {
    var title: String
    var needsScript: String
    var key: String
    var keyNote: String
    var start: String
    var code: String
    var look: String
    var leave: String
    var redeem: String
    var handOut: String
    var nothing: String
    var done: String
    var unknown: String
    var used: String
    var wait: String
    var refused: String
    var noKey: String
    var accountNote: String
    var anyCode: String
    var scannerNote: String
    var admitAtOnce: String
    var member: String
    var handedOut: String
    var over: String
    var waiting: String
    var offers: String
    var camera: String
    var cameraStart: String
    var cameraStop: String
    var cameraDenied: String
    var cameraNone: String
}

struct CardTexts: Sendable {
    var title: String
    var text: String
    var code: String
    var picture: String
    var renews: String
}

struct RewardTexts: Sendable {
    var confirmHeading: String
    var price: String
    var balanceNow: String
    var balanceAfter: String
    var confirm: Texts.One
    var cancel: String
    var once: String
    var refusedTitle: String
    var refusedText: String
    var heldTitle: String
    var heldText: String
    var confirmedTitle: String
    var confirmedText: String
    var cancelledTitle: String
    var cancelledText: String
    var code: String
    var back: String
    var listTitle: String
    var listEmpty: String
    var filterAll: String
    var filterReach: String
    var filterWishes: String
    var wish: String
    var unwish: String
    var donated: Texts.One
    var slot: String
    var quantity: String
    var address: String
    var addressHint: String
    var ticketsTitle: String
    var ticketsEmpty: String
    var ticket: String
    var qr: String
    var tracking: String
    var refunded: String
    var used: String
    var requested: String
    var packed: String
    var sent: String
    var delivered: String
    var returned: String
}

struct SignInTexts: Sendable {
    var title: String
    var welcome: Texts.One
    var memberText: String
    var staffText: String
    var button: String
    var once: String
    var neededTitle: String
    var neededText: String
    var signedOutTitle: String
    var signedOutText: String
}

struct FailureTexts: Sendable {
    var notFoundTitle: String
    var notFoundText: String
    var goneTitle: String
    var goneText: String
    var refusedTitle: String
    var refusedText: String
    var faultTitle: String
    var faultText: String
    var busyTitle: String
    var busyText: String
}

struct PublisherTexts: Sendable {
    var frontTitle: String
    var mostRead: String
    var watchHeading: String
    var listenHeading: String
    var latest: String
    var by: Texts.One
    var relatedHeading: String
    var memberPage: String
    var backToFront: String
    var chapters: String
    var notes: String
    var play: String
    var pause: String
    var position: String
    var speed: String
    var played: Texts.One
    var needsScript: String
    var choiceLabel: String
    var choiceText: String
    var choiceYes: String
    var choiceNo: String
    var choiceGiven: String
    var choiceRefused: String
    var choiceChange: String
    /// Below the widget, at the level `persona`: what is earned here by nobody's name, and what is not.
    var earnTokens: String
    var earnNamed: String
    var widgetFallback: String
    var demoNote: String
}

struct WidgetTexts: Sendable {
    var article: String
    var video: String
    var episode: String
    var event: String
    var earns: Texts.One
    var earnsNothing: String
    var guest: String
    var balance: Texts.One
    var trace: @Sendable (_ kind: ItemKind) -> String
    var traceless: String
    var traced: String
    var follow: String
    var following: String
    var failed: String
    var ask: String
}

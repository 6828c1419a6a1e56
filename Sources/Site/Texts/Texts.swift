/// All words of the pages in one language. A missing text does not compile; a test finds texts that nothing uses.
///
/// Fixed texts are strings, which templates read as `{{t.section.name}}`. Texts with values are functions, so that each
/// language orders, counts and inflects in its own way; page models call them. Adding a language is one case of
/// `Language` and one folder beside this file.
struct Texts: Sendable {
    var language: Language
    var dates: DateTexts
    var look: LookTexts
    var common: CommonTexts
    var shell: ShellTexts
    var member: MemberTexts
    var history: HistoryTexts
    var card: CardTexts
    var counter: CounterTexts
    var reward: RewardTexts
    var signIn: SignInTexts
    var door: DoorTexts
    var staffDoor: StaffDoorTexts
    var failure: FailureTexts
    var console: ConsoleTexts
    var charts: ChartTexts
    var parts: PartTexts
    var guide: GuideTexts
    var hub: HubTexts
    var joining: JoiningTexts
    var gifts: GiftTexts
    var boards: BoardTexts
    var integrations: IntegrationTexts
    var start: StartTexts
    var reviews: ReviewTexts
    var measures: MeasureTexts
    var vitals: VitalTexts
    var raffles: RaffleTexts
    var friends: FriendTexts
    var together: TogetherTexts
    var games: GamesTexts
    var letters: LetterTexts
    var backtests: BacktestTexts
    var editor: EditorTexts
    var makers: MakerTexts
    var expressions: ExpressionTexts
    var changes: ChangeTexts
    var proposals: ProposalTexts
    var writers: WriterTexts
    var pressure: PressureTexts
    var own: OwnTexts
    var books: BooksTexts
    var jobs: JobTexts
    var simulator: SimulatorTexts
    var rewardDesk: RewardDeskTexts
    var memberDesk: MemberDeskTexts
    var service: ServiceTexts
    var approvals: ApprovalTexts
    var publisher: PublisherTexts
    var widget: WidgetTexts
    var fair: FairTexts
    var admin: AdminTexts

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

import Access
import Foundation
import Primitives
import Runtime
import Testing

@testable import Site

struct RenderingTests {
    static let renderer = Result { try Renderer() }

    /// Every page with rich samples, and with as little as there can be.
    static func pages(_ language: Language) -> [any Page] {
        let texts = Texts.of(language)
        let shell = Shell(
            language: language, title: "Title", programme: "Programme", publisher: WebLink("/avondpost"), path: "/m/",
            links: [Shell.Link(label: "One", href: "/m/", current: true)],
            signOut: Shell.Form(action: "/signout/member", csrf: "t"))
        let bare = Shell(language: language, title: "Title", programme: "Programme", path: nil)
        let empty = MemberToday(today: Samples.today, level: .off)
        var pages: [any Page] = [
            MemberPage(Samples.memberToday(language), shell: shell, texts: texts),
            MemberPage(empty, shell: bare, texts: texts),
            PlayPage(Samples.memberToday(language), shell: shell, texts: texts, csrf: "c"),
            PlayPage(empty, shell: bare, texts: texts, csrf: "c"),
            MePage(Samples.memberToday(language), shell: shell, texts: texts, csrf: "c"),
            MePage(empty, shell: bare, texts: texts, csrf: "c"),
            HistoryPageModel(Samples.history(language), shell: shell, texts: texts),
            HistoryPageModel(
                HistoryPage(today: Samples.today, level: .personal, balances: [], lines: []), shell: bare, texts: texts),
            RewardPage(Samples.reward(language), shell: shell, texts: texts, csrf: "c", key: "k"),
            RewardPage(
                Samples.reward(language, availability: .outOfStock), shell: shell, texts: texts, csrf: "c", key: "k",
                refusal: .outOfStock),
            RewardPage(Samples.shelf(language).offers[1], shell: shell, texts: texts, csrf: "c", key: "k"),
            RewardPage(Samples.shelf(language).offers[2], shell: shell, texts: texts, csrf: "c", key: "k"),
            RewardsPage(Samples.shelf(language), filter: .all, shell: shell, texts: texts, csrf: "c"),
            RewardsPage(
                OfferedRewards(today: Samples.today, balances: [], offers: []), filter: .wishes, shell: bare,
                texts: texts, csrf: "c"),
            TicketsPage(Samples.held(language), shell: shell, texts: texts),
            TicketsPage(HeldRewards(today: Samples.today, rewards: []), shell: bare, texts: texts),
            RedemptionPage(Samples.redemption(language), shell: shell, texts: texts),
            CardPage(Samples.card, shell: shell),
            CounterPage(shell: bare),
            CounterPage(
                shell: shell, desk: CounterPage.Desk(csrf: "c", key: "k", admits: true),
                result: CounterResultView(
                    .member(Samples.counterVisit(language)), code: "x", texts: texts, csrf: "c", key: "k")),
            CounterPage(
                shell: shell, desk: CounterPage.Desk(csrf: "c", key: "k", admits: false),
                result: CounterResultView(
                    .done(Samples.reward(language).title), left: Samples.counterVisit(language, isEmpty: true),
                    texts: texts, csrf: "c", key: "k")),
            CounterPage(
                shell: shell, desk: CounterPage.Desk(csrf: "c", key: "k", admits: false),
                result: CounterResultView(
                    .ticket(TicketFinding(title: Samples.reward(language).title, quantity: 2, state: .good)),
                    code: "x", texts: texts, csrf: "c", key: "k")),
            CounterPage(
                shell: shell, desk: CounterPage.Desk(csrf: "c", key: "k", admits: false),
                result: CounterResultView(.unknown, code: "x", texts: texts, csrf: "c", key: "k")),
            ConsoleOverview(Samples.consoleToday(language), shell: shell, texts: texts),
            ConsoleOverview(ConsoleToday(now: LocalMoment(Samples.today)), shell: shell, texts: texts),
            ConsoleRewardsPage(Samples.consoleRewards(language), shell: shell, texts: texts, csrf: "c"),
            ConsoleRewardsPage(
                Samples.consoleRewards(language), shell: shell, texts: texts, csrf: "c",
                note: DeskNote(form: .ticket, text: "x", isGood: true, detail: "y")),
            ConsoleRewardsPage(
                ConsoleRewards(today: Samples.today, rewards: [], parcels: []), shell: shell, texts: texts, csrf: "c"),
            DataPage(
                Samples.ownData(language), Samples.rights,
                draft: DataPage.Draft(kind: "access", text: "<b>", problem: "x"), outcome: .sent, shell: shell,
                texts: texts, csrf: "c", key: "k"),
            DataPage(
                OwnData(level: .off), OwnRights(today: Samples.today), shell: bare, texts: texts, csrf: "c", key: "k"),
            OwnDetailsPage(
                OwnDetails(values: [.name: "<b>"]), wrong: [.name], shell: shell, texts: texts, csrf: "c"),
            OwnDetailsPage(OwnDetails(), shell: bare, texts: texts, csrf: "c"),
            PrivacyOfficePage(
                Samples.privacyOffice, draft: PrivacyOfficePage.Draft(member: "<b>", memberProblem: "x"),
                query: TableQuery(), shell: shell, texts: texts, csrf: "c", key: "k"),
            PrivacyOfficePage(
                PrivacyOffice(today: Samples.today), query: TableQuery(), shell: bare, texts: texts, csrf: "c",
                key: "k"),
            PrivacyCasePage(
                Samples.privacyCase(Samples.privacyRequests[0]), refusal: "x", shell: shell, texts: texts, csrf: "c"),
            PrivacyCasePage(
                Samples.privacyCase(Samples.privacyRequests[1]), isDone: true, shell: shell, texts: texts, csrf: "c"),
            PrivacyCasePage(
                Samples.privacyCase(Samples.privacyRequests[2], mayRead: false), shell: bare, texts: texts, csrf: "c"),
            PrivacyRecordsPage(Samples.processing, shell: shell, texts: texts),
            PrivacyRecordsPage(
                ProcessingSheet(version: 1, digest: "", fewest: 5), shell: bare, texts: texts),
            PrivacyBreachPage(Samples.affected, query: TableQuery(), shell: shell, texts: texts),
            PrivacyBreachPage(
                AffectedSet(programme: Samples.programme.id, at: Instant(seconds: 0), tables: []), query: TableQuery(),
                shell: bare, texts: texts),
            RulesPage(Samples.rules(language), shell: shell, texts: texts),
            RulesPage([], shell: shell, texts: texts),
            QuarantineModel(Samples.quarantine(language), shell: shell, texts: texts, csrf: "c", outcome: .refused),
            QuarantineModel(
                QuarantinePage(today: Samples.today, total: 0, entries: []), shell: shell, texts: texts, csrf: "c"),
            MailDoorPage(
                SignInDoor(programme: Samples.programme, mail: .sent), typed: "x", isWrong: true, shell: bare,
                texts: texts, csrf: "c"),
            MailDoorPage(
                SignInDoor(programme: Samples.programme, mail: .none), typed: "", isWrong: false, shell: bare,
                texts: texts, csrf: "c"),
            MailDoorPage(
                sent: SignInDoor(programme: Samples.programme, mail: .boxed), shell: bare, texts: texts),
            MailDoorPage(choice: [Samples.programme], shell: bare, texts: texts),
            LetterBoxPage(Samples.boxed, shell: bare), LetterBoxPage([], shell: bare),
            BoardsPage(Samples.boards(language), shell: shell, texts: texts, csrf: "c"),
            CirclePage(
                Samples.circle(language), shell: shell, texts: texts, csrf: "c", key: "k", code: "ABCD-EFGH",
                outcome: .refused),
            CirclePage(CircleDesk(), shell: bare, texts: texts, csrf: "c", key: "k", outcome: .parted),
            TeamPage(
                Samples.teams(language), shell: shell, texts: texts, csrf: "c", key: "k", outcome: .code("ABCD-EFGH")),
            TeamPage(TeamDesk(today: Samples.today), shell: bare, texts: texts, csrf: "c", key: "k", outcome: .refused),
            ConsoleBoardsPage(Samples.consoleBoards(language), shell: shell, texts: texts),
            ConsoleBoardsPage(ConsoleBoards(today: Samples.today), shell: shell, texts: texts),
            MemberSearchPage(
                MemberSearch(isThroughVault: true), form: MemberSearchForm(kind: .email, text: "x", problem: "y"),
                shell: shell, texts: texts, csrf: "c"),
            MemberSearchPage(
                MemberSearch(isThroughVault: false), form: MemberSearchForm(), shell: shell, texts: texts, csrf: "c"),
            ConsoleMemberPage(
                Samples.consoleMember(language),
                form: PointsForm(key: "k", unit: "ink", amount: "x", amountProblem: "y", isDone: true), isLatest: false,
                shell: shell, texts: texts, csrf: "c"),
            ConsoleMemberPage(
                ConsoleMember(today: Samples.today, id: Samples.member.description, level: .personal),
                form: PointsForm(key: "k"), shell: shell, texts: texts, csrf: "c"),
            HelpPage(
                Samples.help(language), form: HelpForm(key: "k", subjectProblem: "x", textProblem: "y"), shell: shell,
                texts: texts, csrf: "c"),
            HelpPage(
                HelpDesk(today: Samples.today), form: HelpForm(key: "k"), shell: bare, texts: texts, csrf: "c"),
            HelpQuestionPage(
                Samples.conversation(language), form: HelpForm(key: "k", textProblem: "y"), isSent: true, shell: shell,
                texts: texts, csrf: "c"),
            HelpQuestionPage(
                Samples.conversation(language, state: .closed), form: HelpForm(key: "k"), shell: bare, texts: texts,
                csrf: "c"),
            ServiceQueuePage(
                Samples.serviceQueue(language), query: TableQuery(page: 2), shell: shell, texts: texts),
            ServiceQueuePage(
                ServiceQueue(
                    today: Samples.today, state: .closed,
                    figures: ServiceQueue.Figures(days: 28, waiting: [0, 0, 0, 0])),
                query: TableQuery(), shell: shell, texts: texts),
            ServiceCasePage(
                Samples.serviceCase(language), form: HelpForm(key: "k", textProblem: "y"), done: "z", shell: shell,
                texts: texts, csrf: "c"),
            ServiceCasePage(
                ServiceCase(conversation: Samples.conversation(language, state: .closed), isMine: true),
                form: HelpForm(key: "k"), shell: shell, texts: texts, csrf: "c"),
            ApprovalsPage(
                Samples.approvals(language), form: ApprovalForm(request: "r1", reason: "x", problem: "y"), done: "z",
                shell: shell, texts: texts, csrf: "c"),
            ApprovalsPage(
                ApprovalDesk(today: Samples.today, limit: 1), form: ApprovalForm(request: "r9", problem: "y"),
                shell: shell, texts: texts, csrf: "c"),
            ReviewsPage(Samples.reviews, shell: shell, texts: texts, csrf: "c", decided: 3),
            MeasuresPage(Samples.measures, shell: shell, texts: texts), MeasuresPage([], shell: shell, texts: texts),
            ReviewsPage(ReviewQueue(today: Samples.today), shell: shell, texts: texts, csrf: "c"),
            FriendsPage(Samples.friends(language), shell: shell, texts: texts, csrf: "c", outcome: .refused),
            FriendsPage(nil, shell: bare, texts: texts, csrf: "c"),
            AmbassadorPage(Samples.ambassador(language), shell: shell, texts: texts, csrf: "c", outcome: .done),
            AmbassadorPage(
                AmbassadorDesk(today: Samples.today, friends: Samples.friends(language)), shell: bare, texts: texts,
                csrf: "c"),
            DevicesPage(Samples.devices(language), shell: shell, texts: texts, csrf: "c", decided: 3),
            DevicesPage(DeviceQueue(today: Samples.today), shell: shell, texts: texts, csrf: "c"),
            StylePage(kept: [.achiever], shell: shell, texts: texts, csrf: "c", outcome: .kept),
            StylePage(kept: [], isUnanswered: true, shell: bare, texts: texts, csrf: "c"),
            StylePage(kept: [], found: [.player, .freeSpirit], shell: shell, texts: texts, csrf: "c"),
            StylePage(kept: [], found: [], shell: shell, texts: texts, csrf: "c"),
            ChoosingPage(Samples.choosing(language), shell: shell, texts: texts, csrf: "c", isChanged: true),
            ChoosingPage(
                ChoosingDesk(isOff: true, mayChange: false, floor: 0.04, heldOut: 0.05), shell: bare, texts: texts,
                csrf: "c"),
            ConsoleFriendsPage(Samples.consoleFriends(language), shell: shell, texts: texts, csrf: "c", outcome: .done),
            ConsoleFriendsPage(ConsoleFriends(today: Samples.today), shell: shell, texts: texts, csrf: "c"),
            RafflesPage(Samples.raffles(language), shell: shell, texts: texts, csrf: "c", key: "k", outcome: .done),
            RafflesPage(RaffleDesk(today: Samples.today), shell: bare, texts: texts, csrf: "c", key: "k"),
            ConsoleRafflesPage(
                Samples.consoleRaffles(language), shell: shell, texts: texts, csrf: "c", drawing: "closed"),
            ConsoleRafflesPage(
                ConsoleRaffles(today: Samples.today), shell: shell, texts: texts, csrf: "c", outcome: .refused),
            BoardsPage(BoardDesk(), shell: bare, texts: texts, csrf: "c"),
            GamesPage(Samples.games(language), shell: shell, texts: texts, csrf: "c", isRefused: true),
            GamesPage(GamesDesk(today: Samples.today), shell: bare, texts: texts, csrf: "c"),
            QuizPage(
                Samples.games(language).quizzes[0], shell: shell, texts: texts, csrf: "c", today: Samples.today),
            QuizPage(
                Samples.games(language).quizzes[1], shell: shell, texts: texts, csrf: "c", today: Samples.today),
            QuizPage(
                Samples.games(language).quizzes[2], shell: bare, texts: texts, csrf: "c", today: Samples.today),
            QuizPage(Samples.endedQuiz(language), shell: shell, texts: texts, csrf: "c", today: Samples.today),
            GamesFiguresPage(
                Samples.gamesFigures(language), shell: shell, texts: texts, csrf: "c", outcome: .done),
            GamesFiguresPage(
                GamesFigures(today: Samples.today), shell: shell, texts: texts, csrf: "c", outcome: .refused),
            LettersPage(Samples.letters(language), shell: shell, texts: texts, csrf: "c"),
            LettersPage(
                LetterBox(today: Samples.today, wantsLetters: false), shell: bare, texts: texts, csrf: "c"),
            MakersPage(Samples.makers(language), shell: shell, texts: texts, csrf: "c"),
            MakersPage([], shell: bare, texts: texts, csrf: "c"),
            SubjectsPage(
                Samples.subjects(language), programme: "post", shell: shell, texts: texts, csrf: "c", outcome: .kept),
            RecommendationsPage(
                Samples.recommendations(language), shell: shell, texts: texts, csrf: "c", outcome: .unsound),
            RecommendationsPage(Samples.bareRecommendations, shell: shell, texts: texts, csrf: "c"),
            SubjectsPage(SubjectDesk(level: .off), programme: "post", shell: bare, texts: texts, csrf: "c"),
            PersonasPage(
                PersonaSheet(programme: Samples.programme, personas: Samples.subjects(language).personas), shell: bare,
                texts: texts),
            PersonasPage(PersonaSheet(programme: Samples.programme, personas: []), shell: bare, texts: texts),
            MakerPage(Samples.makers(language)[0], shell: shell, texts: texts, csrf: "c"),
            MakerPage(Samples.makers(language)[1], shell: shell, texts: texts, csrf: "c"),
            ChangesPage(Samples.story(language), shell: shell, texts: texts),
            ChangesPage(ProgrammeStory(today: Samples.today), shell: bare, texts: texts),
            ProposalsPage(
                Samples.proposals(language), shell: shell, texts: texts, csrf: "c", key: "k", outcome: .tooMany),
            ProposalsPage(
                ProposalDesk(today: Samples.today, isOpen: false), shell: bare, texts: texts, csrf: "c", key: "k"),
            WritersPage(Samples.writers(language), shell: shell, texts: texts, csrf: "c", outcome: .unreadable),
            WritersPage(WritersDesk(today: Samples.today), shell: shell, texts: texts, csrf: "c"),
            ModerationPage(Samples.moderation(language), shell: shell, texts: texts, csrf: "c", outcome: .done),
            ModerationPage(ModerationDesk(today: Samples.today), shell: shell, texts: texts, csrf: "c"),
            GiftPage(
                Samples.gifts(language), shell: shell, texts: texts, csrf: "c", key: "k",
                outcome: .offered(code: "ABCD", Samples.gifts(language).waiting[0].amount)),
            GiftPage(GiftDesk(today: Samples.today), shell: bare, texts: texts, csrf: "c", key: "k", outcome: .unknown),
            BooksPage(Samples.books(language), shell: shell, texts: texts), BooksPage([], shell: shell, texts: texts),
            JobsPage(Samples.jobs, shell: shell, texts: texts, csrf: "c", key: "k", problem: "a < b"),
            JobsPage(JobList(), shell: shell, texts: texts, csrf: "c", key: "k", started: true),
            SimulatorPage(
                Samples.simulatorDesk(language), shell: shell, texts: texts, csrf: "c", key: "k"),
            SimulatorPage(
                Samples.simulatorDesk(language, .done(Samples.compared(language))), shell: shell, texts: texts,
                csrf: "c",
                key: "k"),
            SimulatorPage(
                Samples.simulatorDesk(language, .running(0.4)), shell: shell, texts: texts, csrf: "c", key: "k"),
            SimulatorPage(
                Samples.simulatorDesk(language, .failed), order: SimulatorOrder(candidate: "x"),
                problems: [SimulatorProblem(place: "a.yaml:1:2", message: "No <unit>.")], note: .busy, shell: shell,
                texts: texts, csrf: "c", key: "k"),
            ExpressionPage(
                Samples.condition, events: ["read", "page"], sheet: Samples.conditionSheet,
                finding: .matches(Samples.conditionMatches), isAsked: true, shell: shell, texts: texts, csrf: "c"),
            ExpressionPage(
                ExpressionDraft(.rule, event: "gone", text: "true"), events: [], isAsked: true, shell: shell,
                texts: texts, csrf: "c"),
            ExpressionPage(
                ExpressionDraft(.job, text: ""), events: ["read"], finding: .notKept, shell: shell, texts: texts,
                csrf: "c"),
            BacktestPage(
                Samples.backtests, file: ("rules/a.yaml", "rule: <a>"), draft: Samples.draft, shell: shell,
                texts: texts,
                csrf: "c", key: "k"),
            BacktestPage(
                Samples.backtests, draft: BacktestDraft(problems: [Samples.draftProblem]), shell: shell, texts: texts,
                csrf: "c", key: "k"),
            BacktestPage(
                BacktestDesk(today: Samples.today, mayOrder: false), isRefused: true, shell: shell, texts: texts,
                csrf: "c", key: "k"),
            BacktestResultPage(Samples.backtest(language), shell: shell, texts: texts, csrf: "c"),
            BacktestResultPage(Samples.replayed, shell: shell, texts: texts, csrf: "c"),
            BacktestResultPage(
                BacktestSheet(id: "b", kind: .backtest, state: .running(0.4), mayStop: true), shell: shell,
                texts: texts, csrf: "c"),
            BacktestResultPage(
                BacktestSheet(id: "b", kind: .backtest, state: .failed("It < it.")), shell: shell, texts: texts,
                csrf: "c"),
            BacktestResultPage(
                BacktestSheet(
                    id: "b", kind: .backtest, state: .done, counters: .init(members: 3)), shell: shell, texts: texts,
                csrf: "c"),
            StubsPage(Samples.stubs(language), shell: shell, texts: texts),
            StubsPage(StubList(today: Samples.today, total: 0, stubs: []), shell: shell, texts: texts),
            HabitsPage(Samples.habits(language), shell: shell, texts: texts, csrf: "c", outcome: .done),
            HabitsPage(
                HabitFigures(today: Samples.today, tables: [], mayRepair: false), shell: shell, texts: texts, csrf: "c",
                outcome: .refused),
            SignInPage(
                SignInOffer(kind: .staff, programme: Samples.programme), shell: bare, texts: texts, token: "t",
                csrf: "c"),
            StaffSignInPage(
                SignInDoors(staffProvider: "login.example"), note: .failed, login: "noor", shell: bare, texts: texts,
                csrf: "c"),
            StaffCodePage(isWrong: true, shell: bare, texts: texts, csrf: "c"),
            OwnAccountPage(Samples.ownAccount, outcome: .sessions, shell: shell, texts: texts, csrf: "c"),
            OwnAccountPage(
                Samples.ownAccount, draft: PasswordChange(login: "x", password: "y"), problem: .loginBad, shell: shell,
                texts: texts, csrf: "c"),
            OwnAccountPage(
                OwnAccount(today: Samples.today, login: "noor", passwordChanged: Samples.today), shell: shell,
                texts: texts, csrf: "c"),
            OwnAccountPage(OwnAccount(today: Samples.today), shell: shell, texts: texts, csrf: "c"),
            SecondFactorPage(Samples.offer, problem: .codeWrong, shell: shell, texts: texts, csrf: "c"),
            RecoveryCodesPage(shell: shell, codes: Samples.recoveryCodes),
            NoticePage(.notConfirmed, status: 403, shell: bare, texts: texts),
            NoticePage(.notFound, status: 404, shell: bare, texts: texts),
            PrivacyPage(
                Samples.ownData(language), Samples.profiling(), shell: shell, texts: texts, csrf: "c", outcome: .saved),
            PrivacyPage(
                OwnData(level: .personal),
                ProfilingDesk(
                    levels: [.recommendations: .personal, .rewards: .session, .messages: .off], surprise: 25,
                    pause: .open, today: Samples.today),
                shell: bare, texts: texts, csrf: "c", outcome: .profiling),
            PrivacyPage(
                OwnData(level: .personal), Samples.profiling(.personal), shell: bare, texts: texts, csrf: "c",
                outcome: .tooYoung),
            PrivacyPage(
                Samples.ownData(language), Samples.profiling(), shell: shell, texts: texts, csrf: "c",
                globalPrivacyControl: true),
            PrivacyPage(
                OwnData(level: .off), Samples.profiling(.off), shell: bare, texts: texts, csrf: "c",
                globalPrivacyControl: true),
            ErasePage(shell: shell, texts: texts, csrf: "c"),
            ErasePage(shell: bare, texts: texts, csrf: "c", isUnsure: true),
            SessionsPage(Samples.sessions, shell: shell, texts: texts, csrf: "c", outcome: .ended),
            SessionsPage(OwnSessions(today: Samples.today, sessions: []), shell: bare, texts: texts, csrf: "c"),
            NoticePage(.erased, status: 200, shell: bare, texts: texts),
            NoticePage(.signedOut, status: 200, shell: bare, texts: texts),
            AuditPage(Samples.audit, form: AuditForm { $0 == "from" ? "x" : nil }, shell: shell, texts: texts),
            AuditPage(
                AuditDesk(today: Samples.today, lines: [], chain: .unchecked(5_000)),
                form: AuditForm { ["of": "home", "before": "3", "object": "x"][$0] }, shell: shell, texts: texts),
            AuditPage(
                AuditDesk(today: Samples.today, lines: [], chain: .broken(at: 2)), form: AuditForm { _ in nil },
                shell: shell, texts: texts),
            KeysPage(Samples.keys, shell: shell, texts: texts, csrf: "c", key: "k", isRevoked: true),
            KeysPage(
                KeyDesk(today: Samples.today), draft: KeyDraft(labelError: "x", scopesError: "y"), shell: shell,
                texts: texts, csrf: "c", key: "k"),
            KeyPage(Samples.keys.keys[0], today: Samples.today, shell: shell, texts: texts, csrf: "c"),
            KeyPage(Samples.keys.keys[1], today: Samples.today, shell: shell, texts: texts, csrf: "c"),
            IntegrationsPage(Samples.hooks, shell: shell, texts: texts, csrf: "c", isRemoved: true, mayKeys: true),
            IntegrationsPage(
                HookDesk(today: Samples.today, mayChange: true),
                draft: HookDraft(id: "x", idError: "a", urlError: "b", problem: "c"), shell: shell, texts: texts,
                csrf: "c"),
            HookPage(Samples.hookLog, form: HookForm(note: .sent), shell: shell, texts: texts, csrf: "c"),
            HookPage(
                HookLog(today: Samples.today, hook: Samples.hooks.hooks[2], mayChange: true),
                form: HookForm(
                    note: .gone, messageError: "a", sinceError: "b", urlError: "c", unsure: "d", showsFailed: true),
                shell: shell, texts: texts, csrf: "c"),
            HookPage(
                HookLog(today: Samples.today, hook: Samples.hooks.hooks[3]), shell: shell, texts: texts, csrf: "c"),
            HookSecretPage("s", of: "crm", isChange: true, shell: shell, texts: texts),
            SecretPage(key: "s", label: "l", shell: shell, texts: texts),
            SecretPage(link: "/s", name: "n", until: "u", shell: shell, texts: texts),
            StaffPage(Samples.accounts, shell: shell, texts: texts, csrf: "c", key: "k", isRemoved: true),
            StaffPage(
                StaffDesk(today: Samples.today), draft: InvitationDraft(nameError: "x"), shell: shell, texts: texts,
                csrf: "c", key: "k"),
            AccountPage(
                Samples.accounts.accounts[0], today: Samples.today, shell: shell, texts: texts, csrf: "c",
                outcome: .lastOwner),
            AccountPage(
                Samples.accounts.accounts[1], today: Samples.today, shell: shell, texts: texts, csrf: "c",
                outcome: .role, isUnsure: true),
            doorPage(.taken, shell: shell, texts: texts), doorPage(.reset, shell: shell, texts: texts),
            AccountPage(Samples.accounts.accounts[2], today: Samples.today, shell: shell, texts: texts, csrf: "c"),
            AccountPage(Samples.accounts.accounts[3], today: Samples.today, shell: shell, texts: texts, csrf: "c"),
            StartPage(
                Founder(staff: "f", mayBegin: true, programmes: [Samples.setUp]), [Samples.startDesk(language)],
                shell: shell, texts: texts),
            StartPage(Founder(staff: "f", mayBegin: false), [], shell: bare, texts: texts),
            StartNamePage(
                StartDraft({ ["site": "x", "id": "A"][$0] }, texts: texts), zones: ["UTC"], shell: shell, texts: texts),
            StartNamePage(StartDraft(language: language), zones: ["UTC"], shell: bare, texts: texts),
            StartStarterPage(
                Samples.starters(language), draft: StartDraft(language: language), problem: "x", shell: shell,
                texts: texts, csrf: "c"),
            StartEventPage(
                Samples.startDesk(language), of: Samples.setUp, site: "x", origin: "o", made: ("s", true), shell: shell,
                texts: texts, csrf: "c", key: "k"),
            StartEventPage(
                StartDesk(version: 1, today: Samples.today), of: SiteStaff(programme: Samples.programme, staff: "s"),
                site: "", origin: "o", wasMadeBefore: true, shell: shell, texts: texts, csrf: "c", key: "k"),
            StartLookPage(
                LookDesk(file: "", version: 1, look: .standard, mayChange: true), Samples.startDesk(language), of: "x",
                site: "", draft: Samples.startLook, outcome: .outdated, shell: shell, texts: texts, csrf: "c"),
            StartLookPage(
                Samples.look, StartDesk(version: 1, hasLook: true, today: Samples.today), of: "x", site: "",
                outcome: .done, shell: shell, texts: texts, csrf: "c"),
            StartLaunchPage(
                Samples.startDesk(language), of: "x", site: "", typed: "x", isBad: true, isOutdated: true, shell: shell,
                texts: texts, csrf: "c"),
            StartLaunchPage(
                Samples.startDesk(language, pilot: 1_000), of: "x", site: "", shell: shell, texts: texts, csrf: "c"),
            NoticePage(.empty, status: 200, shell: bare, texts: texts),
            OfflinePage(shell: bare),
            LookPage(Samples.look, shell: shell, texts: texts, csrf: "c", outcome: .done),
            LookPage(
                Samples.look, shell: shell, texts: texts, csrf: "c",
                draft: ("x", LookDraft(problems: [LookDraft.Problem(line: 2, message: "m", fix: "f")], theme: nil))),
            LookPage(
                Samples.look, shell: shell, texts: texts, csrf: "c",
                draft: ("", LookDraft(problems: [], theme: Samples.look.look.theme))),
            StyleGuidePage(shell: shell, texts: texts, query: TableQuery(sort: "readers", page: 2)),
            PublisherFrontPage(
                Samples.front(language), shell: shell, texts: texts, publisher: Samples.publisher),
            PublisherFrontPage(
                PublisherFront(today: Samples.today, stories: []), shell: shell, texts: texts,
                publisher: Samples.publisher),
        ]
        pages += Samples.editorPages(language, shell)
        pages += Samples.devicePages(language, shell, texts)
        for id in ["de-laatste-souffleur", "nachttrein-terug", "kyoto-stilte", "onder-de-kaap"] {
            guard let item = Samples.publisherItem(id, language) else { continue }
            var page = PublisherItemPage(
                item, shell: shell, texts: texts, publisher: Samples.publisher,
                subject: id == "kyoto-stilte" ? "reader" : nil, pass: id == "kyoto-stilte" ? "pass" : nil,
                earnsByTokens: id == "kyoto-stilte")
            if id == "kyoto-stilte", let card = Samples.deviceShelf(language).personas.first?.candidates.first {
                page.memory = DeviceMemory(card, Samples.device(language))
            }
            pages.append(page)
        }
        return pages
    }

    private static func doorPage(_ outcome: AccountDoor.Outcome, shell: Shell, texts: Texts) -> AccountPage {
        let account = Samples.accounts.accounts[1]
        var page = AccountPage(account, today: Samples.today, shell: shell, texts: texts, csrf: "c")
        page.door = AccountDoor(account, provider: "login.example", outcome: outcome, typed: "x", texts: texts)
        return page
    }

    @Test func whoMayOnlyLookGetsNoButtonToTryAgain() throws {
        for mayReplay in [true, false] {
            var data = Samples.quarantine(.en)
            data.mayReplay = mayReplay
            let shell = Shell(language: .en, title: "", programme: "", path: "/console/quarantine")
            let html = try Self.html(QuarantineModel(data, shell: shell, texts: .en, csrf: "c"))
            #expect(html.unknownNames.isEmpty)
            #expect(html.html.contains("action=\"/console/quarantine/") == mayReplay)
        }
    }

    private static func html(_ page: some Page) throws -> (html: String, unknownNames: [String]) {
        try renderer.get().render(page)
    }

    @Test(arguments: Language.allCases)
    func `no template asks for what its page does not have`(language: Language) throws {
        for page in Self.pages(language) {
            let unknown = try Self.html(page).unknownNames
            #expect(unknown.isEmpty, "\(type(of: page)): \(unknown)")
        }
    }

    @Test
    func `every name in every template is a property of some page`() throws {
        var names: Set<String> = ["t", "asset"]
        func collect(_ value: Any) {
            let mirror = Mirror(reflecting: value)
            for child in mirror.children {
                if let label = child.label, mirror.displayStyle == .struct { names.insert(label) }
                collect(child.value)
            }
        }
        for page in Self.pages(.nl) { collect(page) }
        for (template, text) in Renderer.embedded {
            for key in TemplateKeys.all(in: text) where key != "." {
                let first = String(key.split(separator: ".")[0])
                let isKnown = names.contains(first)
                #expect(isKnown, "\(template): \(key)")
            }
        }
    }

    @Test
    func `templates escape everything and hold no inline code or style`() {
        for (name, text) in Renderer.embedded {
            #expect(!text.contains("{{{") && !text.contains("{{&"), "\(name) has an unescaped value")
            #expect(text.firstMatch(of: /<script(?![^>]* src=)/) == nil, "\(name) has an inline script")
            #expect(text.firstMatch(of: /<style|\sstyle=|\son[a-z]+=/) == nil, "\(name) has inline style or handlers")
            #expect(text.firstMatch(of: /javascript:|https?:\/\//) == nil, "\(name) leads elsewhere")
        }
    }

    @Test(arguments: Language.allCases)
    func `pages are whole: one h1, one main, titled, in the right language, with unique ids`(language: Language) throws
    {
        for page in Self.pages(language) {
            let html = try Self.html(page).html
            let name = "\(type(of: page)) in \(language)"
            #expect(html.hasPrefix("<!doctype html>\n<html lang=\"\(language.rawValue)\">"), "\(name)")
            #expect(html.trimmingCharacters(in: .newlines).hasSuffix("</html>"), "\(name)")
            #expect(html.matches(of: /<h1[ >]/).count == 1, "\(name)")
            #expect(html.matches(of: /<main id="main"/).count == 1, "\(name)")
            #expect(html.contains("<title>"), "\(name)")
            #expect(html.contains("class=\"skip\""), "\(name)")
            let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
            #expect(Set(ids).count == ids.count, "\(name): \(ids)")
            for label in html.matches(of: /aria-labelledby="([^"]+)"/) {
                #expect(ids.contains(String(label.1)), "\(name): nothing is called \(label.1)")
            }
            #expect(!html.contains("{{") && !html.contains("Optional("), "\(name)")
            #expect(html.matches(of: /<img(?![^>]* alt=")/).isEmpty, "\(name)")
            #expect(Self.unbalanced(html) == nil, "\(name): \(Self.unbalanced(html) ?? "")")
            #expect(html.matches(of: /(src|href)="http/).isEmpty, "\(name) asks another server")
        }
    }

    @Test(arguments: Language.allCases)
    func `every form that changes something carries a token`(language: Language) throws {
        for page in Self.pages(language) {
            let html = try Self.html(page).html
            for form in html.matches(of: /<form[^>]*>.*?<\/form>/.dotMatchesNewlines()) {
                // Only a script reads it, and sends what it says with a key of its own.
                if form.0.prefix(while: { $0 != ">" }).hasSuffix(" hidden") { continue }
                // A question in the address changes nothing.
                if form.0.hasPrefix("<form"), form.0.prefix(while: { $0 != ">" }).contains("method=\"get\"") {
                    continue
                }
                #expect(form.0.contains("method=\"post\"") && form.0.contains("name=\"csrf\""))
            }
        }
    }

    @Test
    func `the member's page goes from reading to privilege to progress to points`() throws {
        let html = try Self.html(Self.pages(.nl)[0]).html
        let order = ["Omdat je Noor van Dam volgt", "Binnen bereik", "Onderweg", "Te verzilveren", "Je hebt 1.245"]
        let places = try order.map { try #require(html.firstRange(of: $0)).lowerBound }
        #expect(places == places.sorted())
        #expect(html.contains(#"<span lang="ja">京都、音のない庭</span>"#), "a Japanese title on a Dutch page says so")
        #expect(html.contains(#"data-live="/m/live""#))
    }

    @Test
    func `an article page carries the widget, its events and its language`() throws {
        let pages = Self.pages(.en).compactMap { $0 as? PublisherItemPage }
        let article = try Self.html(try #require(pages.first)).html
        #expect(article.contains(#"<stamgast-widget item="de-laatste-souffleur" key="pk_demo_1" lang="en">"#))
        #expect(article.contains(#"data-type="article.read""#) && !article.contains("data-subject"))
        #expect(article.contains(#"<h1 lang="nl">"#))
        #expect(article.contains("reading.") && !article.contains("player."))
        let video = try Self.html(pages[2]).html
        #expect(video.contains(#"data-subject="reader""#) && video.contains(#"pass="pass""#))
        #expect(video.contains("data-player") && video.contains("<noscript>"))
    }

    /// The first element that is not closed in order, if any. Good enough for our own templates.
    private static func unbalanced(_ html: String) -> String? {
        let void: Set<Substring> = ["meta", "link", "img", "input", "hr", "br", "path", "circle", "rect"]
        var open: [Substring] = []
        for tag in html.matches(of: /<(\/?)([a-z][a-z0-9-]*)[^>]*?(\/?)>/) {
            let (closing, name, selfClosed) = (!tag.1.isEmpty, tag.2, !tag.3.isEmpty)
            if void.contains(name) || selfClosed { continue }
            if !closing { open.append(name) } else if open.popLast() != name { return "</\(name)> closes nothing" }
        }
        return open.last.map { "<\($0)> stays open" }
    }
}

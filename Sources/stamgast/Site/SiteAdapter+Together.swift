import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site

/// Friends on leaderboards, teams, and leaderboards in the console.
extension SiteAdapter {
    // MARK: Friends

    func circle(of member: SiteMember, language: PageLanguage) async throws -> CircleDesk {
        let programme = member.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let spoken = Loyalty.Language(rawValue: language.rawValue) ?? .en
        return CircleDesk(
            friends: try await engine.circle(of: member.member, in: programme).map { friend, boards in
                CircleDesk.Friend(
                    id: engine.friendHandle(friend, of: member.member, in: programme).description,
                    boards: boards.map { board, name in
                        CircleDesk.Place(board: view.wording(board.name, or: board.id), name: name.text(spoken))
                    })
            }, codeDays: Engine.friendCodeDays)
    }

    func offerFriendship(for member: SiteMember, key: String) async throws -> String {
        let programme = member.programme.id
        // From the form's key, so that the same form sent twice gives the same code.
        let code = SharingCode(engine.holdID(programme: programme, member: member.member, key: "friend\n" + key))
        _ = try await engine.perform(
            .friends(.offer(code: engine.friendCodeID(code, in: programme))), member: member.member, in: programme)
        return code.spaced
    }

    func acceptFriendship(code: String, for member: SiteMember) async throws -> Bool {
        let programme = member.programme.id
        guard let code = SharingCode(typed: code) else { return false }
        do {
            guard let action = try await engine.friendship(code: code, of: member.member, in: programme) else {
                return false
            }
            _ = try await engine.perform(action, member: member.member, in: programme)
            return true
        } catch PipelineProblem.command {
            return false
        }
    }

    func endFriendship(_ id: String, for member: SiteMember) async throws -> Bool {
        let programme = member.programme.id
        guard
            let friend = try await engine.friends(of: member.member, in: programme).first(where: {
                engine.friendHandle($0, of: member.member, in: programme).description == id
            })
        else { return false }
        _ = try await engine.perform(.friends(.part(friend)), member: member.member, in: programme)
        return true
    }

    // MARK: Teams

    func teams(of member: SiteMember, language: PageLanguage) async throws -> TeamDesk {
        let programme = member.programme.id
        guard let view = view(programme, language),
            let summary = try await engine.summary(of: member.member, in: programme)
        else { throw ProgrammeGone() }
        let kinds = view.teamKinds
        let spoken = Loyalty.Language(rawValue: language.rawValue) ?? .en
        let calendar = view.compiled.calendar(of: summary.profile, offsets: engine.zones)
        let progress = try await engine.teams(of: member.member, in: programme)
        let wallets = try await engine.wallets(of: member.member, in: programme)
            .filter { kinds.contains($0.membership.kind) }
        func title(_ kind: String) -> Wording {
            view.wording(view.compiled.walletKinds[kind]?.name ?? ProgrammeText([:]), or: kind)
        }
        func title(of challenge: String) -> Wording {
            view.wording(view.compiled.challenges[challenge]?.name ?? ProgrammeText([:]), or: challenge)
        }
        let teams = wallets.map { wallet in
            let membership = wallet.membership
            return TeamDesk.Team(
                id: membership.wallet.description, name: title(membership.kind), members: wallet.memberCount,
                challenges: progress.filter { $0.team == membership.wallet }.map { one in
                    TeamDesk.Challenge(
                        title: title(of: one.challenge), target: one.target, reached: one.reached,
                        quarters: one.quarters, own: one.own,
                        others: zip(one.shownNames, one.shown).map {
                            TeamDesk.Part(name: $0.text(spoken), added: $1)
                        },
                        // The day before the one on which the next period begins.
                        until: one.endsAt.map { LocalDay(daysSinceEpoch: Int(calendar.day(of: $0)) - 1) })
                }, shows: membership.shows, mayLeave: membership.role != .owner || wallet.memberCount <= 1,
                mayInvite: membership.role == .owner)
        }
        return TeamDesk(
            today: LocalDay(daysSinceEpoch: Int(summary.day)), teams: teams,
            kinds: view.programme.walletKinds.map(\.id).filter { kind in
                kinds.contains(kind) && !wallets.contains { $0.membership.kind == kind }
            }.map { kind in
                TeamDesk.Kind(
                    id: kind, name: title(kind),
                    challenges: progress.filter { $0.kind == kind }.map { title(of: $0.challenge) })
            })
    }

    func team(_ id: String, _ wish: TeamWish, for member: SiteMember, key: String) async throws -> TeamOutcome {
        let programme = member.programme.id
        // From the form's key, so that the same form sent twice is the same wish.
        func derived(_ what: String) -> ID128 {
            engine.holdID(programme: programme, member: member.member, key: what + "\n" + key)
        }
        var team = ID128(id).map { MemberID($0) }
        var outcome = TeamOutcome.done
        let action: WalletAction
        switch wish {
        case .open(let kind):
            let code = SharingCode(derived("invitation"))
            team = MemberID(derived("wallet").asUUID(version: 8))
            outcome = .code(code.spaced)
            action = .open(kind: kind, invitation: engine.invitationID(code, in: programme))
        case .join(let typed):
            guard let code = SharingCode(typed: typed), case let invitation = engine.invitationID(code, in: programme),
                let found = try await engine.wallet(invitation: invitation, in: programme)
            else { return .unknown }
            team = found
            action = .join(invitation: invitation)
        case .invite:
            let code = SharingCode(derived("renewed"))
            outcome = .code(code.spaced)
            action = .renew(invitation: engine.invitationID(code, in: programme))
        case .leave: action = .leave(id: derived("leave"))
        case .show(let shows): action = .show(shows)
        }
        guard let team else { return .unknown }
        do {
            _ = try await engine.perform(.wallet(team, action), member: member.member, in: programme)
            return outcome
        } catch PipelineProblem.command {
            return .refused
        }
    }

    // MARK: The console

    func boards(for staff: SiteStaff, language: PageLanguage) async throws -> ConsoleBoards {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let calendar = view.compiled.calendar(offsets: engine.zones)
        func day(_ day: Int32) -> LocalDay { LocalDay(daysSinceEpoch: Int(day)) }
        func crowds(_ cells: [BoardFigures.Cell], _ board: Leaderboard) -> [ConsoleBoards.Crowd] {
            cells.map {
                ConsoleBoards.Crowd(cohort: view.cohort($0.cell, of: board), count: $0.participants)
            }
        }
        func period(
            _ state: ConsoleBoards.Period.State, _ days: Range<Int32>, _ board: Leaderboard
        ) -> ConsoleBoards.Period {
            guard board.every != .ever else { return ConsoleBoards.Period(state: state) }
            return ConsoleBoards.Period(state: state, first: day(days.lowerBound), last: day(days.upperBound - 1))
        }
        return ConsoleBoards(
            today: day(calendar.day(of: view.now)),
            boards: try await engine.boardFigures(of: programme, limit: 4).map { figures in
                let board = figures.board
                var running = period(.running, figures.days, board)
                running.crowds = crowds(figures.cells, board)
                var periods = [running]
                if let (days, at) = figures.waiting {
                    periods.append(period(.waiting(day(calendar.day(of: at))), days, board))
                }
                for finished in figures.finished {
                    var shown = period(.finished, finished.days, board)
                    shown.crowds = crowds(finished.cells, board)
                    (shown.prizesGiven, shown.prizesOpen) = (finished.prizesGiven, finished.prizesOpen)
                    shown.total = board.prizeUnit.map { view.amount(finished.prizeTotal, $0) }
                    periods.append(shown)
                }
                return ConsoleBoards.Board(
                    title: view.wording(board.name, or: board.id), minimum: Int64(board.minimum),
                    teams: board.teams.map {
                        view.wording(view.compiled.walletKinds[$0]?.name ?? ProgrammeText([:]), or: $0)
                    }, periods: periods)
            })
    }
}

extension SiteView {
    /// The kinds of shared wallet that are teams: those with a challenge or a leaderboard of theirs.
    var teamKinds: Set<String> {
        Set(compiled.teamChallenges.compactMap { $0.team?.wallet } + programme.leaderboards.compactMap(\.teams))
    }

    /// The name of a cohort; `nil` for a board of everybody.
    fileprivate func cohort(_ cell: String, of board: Leaderboard) -> Wording? {
        guard !cell.isEmpty else { return nil }
        if board.cohort == .tier, let tier = programme.tiers?.tiers.first(where: { $0.id == cell }) {
            return wording(tier.name, or: cell)
        }
        return Wording(cell, "")
    }
}

extension Leaderboard {
    /// The unit in which its prizes are; `nil` without points, or with several units.
    fileprivate var prizeUnit: String? {
        let units = Set(
            prizes.flatMap(\.reward).compactMap { effect in
                if case .award(_, let unit) = effect { unit } else { nil }
            })
        return units.count == 1 ? units.first : nil
    }
}

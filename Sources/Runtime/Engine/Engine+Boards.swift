public import Loyalty
public import Primitives
import Storage
import Vault

/// A place of a finished period as it is shown.
public struct FinishedPlace: Sendable, Hashable {
    public var rank: Int
    public var score: Int64
    public var name: BoardName
    public var isMe: Bool
    /// Which of the board's prizes, from 0.
    public var prize: Int?
    /// What its award gave.
    public var amount: Int64
}

/// A finished period as it is shown: nothing that comes later changes it, but that whoever left the board is gone from it.
public struct FinishedPeriod: Sendable, Hashable {
    public var period: BoardPeriod
    public var top: [FinishedPlace]
    /// The place of whoever looks; `nil` without one.
    public var own: FinishedPlace?
    public var prizesGiven: Int64
    public var prizesOpen: Int64
    /// What all prizes of the period, over all cohorts, give in points.
    public var prizeTotal: Int64
}

extension Engine {
    /// What a member, or anybody, may see of a leaderboard; `nil` if there is none of this name.
    ///
    /// - Parameter cell: the cohort that somebody looks at who has none of their own.
    public func standings(
        of board: String, member: MemberID? = nil, cell: String = "", top: Int, in programme: ProgrammeID
    ) async throws -> Standings? {
        try await (try writers[programme]).pipeline.standings(
            of: board, member: member, cell: cell, top: top, in: programme, now: clock.now())
    }

    /// The cohorts of a board that are large enough to be shown, with how many take part.
    public func cells(of board: String, in programme: ProgrammeID) async throws -> [(cell: String, count: Int)] {
        try await (try writers[programme]).pipeline.cells(of: board, in: programme, now: clock.now())
    }

    /// The finished periods of a board, the latest first; `nil` if there is none of this name.
    ///
    /// - Parameters:
    ///   - member: whoever looks: their place comes too, and of cohorts only the one they were in.
    ///   - top: the most places shown. Nobody is shown as one of the last: lists end at their middle.
    public func finishedPeriods(
        of board: String, member: MemberID? = nil, top: Int, limit: Int, in programme: ProgrammeID
    ) async throws -> [FinishedPeriod]? {
        guard let compiled = host[programme], let declared = compiled.leaderboards[board]?.board else { return nil }
        let store = LoyaltyStore(programme: programme)
        let now = clock.now()
        let calendar = compiled.calendar(offsets: zones)
        let day = calendar.day(of: now)
        typealias Read = (period: BoardPeriod, top: [StoredPlace], prizes: (paid: Int64, open: Int64, amount: Int64))
        let (viewer, own, read) = try await database.read {
            connection -> (MemberID?, [StoredPlace], [Read]) in
            var viewer = member
            // In which cohort whoever looks would be now, for periods in which they have no place.
            var cell: String?
            if let member, var state = try store.load([member], joinedDay: 0, connection)[member] {
                if let into = state.profile.mergedInto {
                    state = try store.load([into], joinedDay: 0, connection)[into] ?? state
                }
                viewer = state.id
                if let kind = declared.teams { viewer = state.team(of: kind, on: day) }
                cell = state.boardCell(declared, in: compiled, day: day)
            }
            let seen = cell
            let own = try viewer.map { try store.boardPlaces(of: board, member: $0, connection) } ?? []
            var read: [Read] = []
            // Of a period without places there is only the note that it is over.
            let periods = try store.boardPeriods(of: board, connection).filter { period in
                guard period.participants > 0 else { return false }
                guard let seen else { return true }
                return period.cell == own.first { $0.first == period.days.lowerBound }?.cell ?? seen
            }
            for period in periods.prefix(limit) {
                let places = try store.boardPlaces(
                    of: board, first: period.days.lowerBound, cell: period.cell,
                    limit: min(top, Int(period.participants + 1) / 2), connection)
                let prizes = try store.boardPrizes(of: board, first: period.days.lowerBound, connection)
                read.append((period, places, prizes))
            }
            return (viewer, own, read)
        }
        let members = Set(read.flatMap { $0.top.map(\.place.member) } + own.map(\.place.member))
        let names = try await (try writers[programme]).pipeline.boardNames(
            Array(members), on: board, in: programme, now: now)
        func shown(_ stored: StoredPlace) -> FinishedPlace? {
            guard let name = names[stored.place.member] else { return nil }
            return FinishedPlace(
                rank: stored.place.rank, score: stored.place.score, name: name,
                isMe: stored.place.member == viewer, prize: stored.place.prize, amount: stored.place.amount)
        }
        return read.map { period, top, prizes in
            FinishedPeriod(
                period: period, top: top.compactMap(shown),
                own: own.first { $0.first == period.days.lowerBound }.flatMap(shown), prizesGiven: prizes.paid,
                prizesOpen: prizes.open, prizeTotal: prizes.amount)
        }
    }

    /// Joins, leaves or draws another name: for the member, or on a board of teams for the team that they own.
    public func boardAction(
        _ request: BoardRequest, of board: String, member: MemberID, in programme: ProgrammeID
    ) async throws -> Command.Action {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        guard let kind = compiled.leaderboards[board]?.board.teams else { return .board(board, request) }
        let store = LoyaltyStore(programme: programme)
        let day = compiled.calendar(offsets: zones).day(of: clock.now())
        let team = try await database.read { connection -> MemberID? in
            guard let state = try store.load([member], joinedDay: 0, connection)[member] else { return nil }
            guard let into = state.profile.mergedInto else { return state.team(of: kind, on: day) }
            return try store.load([into], joinedDay: 0, connection)[into]?.team(of: kind, on: day)
        }
        guard let team else { throw PipelineProblem.command(.unknownWallet) }
        return .teamBoard(board, request, team: team)
    }

    func finishBoards(_ programme: ProgrammeID, at now: Instant) async throws -> Bool {
        try await (try writers[programme]).pipeline.finishBoards(of: programme, now: now)
    }

    /// Follows the scores of periods that were just fixed, once it is known what happened while they were.
    func followBoards(_ programme: ProgrammeID, at now: Instant) async throws {
        let pipeline = try writers[programme].pipeline
        let members = await pipeline.membersToRecheck(of: programme)
        for start in stride(from: 0, to: members.count, by: 500) {
            let page = members[start..<min(start + 500, members.count)]
            let answers = try await submit(
                page.map { Command(programme: programme, member: $0, action: .recheckBoards, now: now) })
            for answer in answers {
                // Whoever was erased meanwhile has no place any more.
                if case .failure(let error) = answer, error as? PipelineProblem != .unknownMember { throw error }
            }
        }
        try await pipeline.follow(programme, rechecked: members)
    }

    func paidPrizes(_ programme: ProgrammeID) async throws {
        await (try writers[programme]).pipeline.paidPrizes(of: programme)
    }

    func markPaid(_ places: [StoredPlace], in programme: ProgrammeID) async throws {
        try await (try writers[programme]).pipeline.markPaid(places, in: programme)
    }

    // MARK: Friends

    /// The keyed hash of a code with which members become friends.
    public func friendCodeID(_ code: SharingCode, in programme: ProgrammeID) -> ID128 {
        claims.id(ofParts: "friend", programme.name, code.text)
    }

    /// Whose code it is; `nil` if it connects nobody (any more).
    public func member(friendCode code: ID128, in programme: ProgrammeID) async throws -> MemberID? {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let store = LoyaltyStore(programme: programme)
        let day = compiled.calendar(offsets: zones).day(of: clock.now())
        return try await database.read { try store.member(friendCode: code, on: day, $0) }
    }

    /// The most friends of a member: a list of theirs is worked out with every look at a board.
    public static let maximumFriends = 200

    /// What connects a member with whoever gave them a code; `nil` for a code that connects nobody (any more).
    ///
    /// - Throws: ``PipelineProblem/command(_:)`` if one of them has ``maximumFriends`` already.
    public func friendship(
        code: SharingCode, of member: MemberID, in programme: ProgrammeID
    ) async throws -> Command.Action? {
        let id = friendCodeID(code, in: programme)
        guard let owner = try await self.member(friendCode: id, in: programme) else { return nil }
        for one in [owner, member] {
            guard try await friends(of: one, in: programme).count < Self.maximumFriends else {
                throw PipelineProblem.command(.friendsFull(Int64(Self.maximumFriends)))
            }
        }
        return .friends(.accept(code: id, from: owner))
    }

    /// Those with whom a member is connected.
    public func friends(of member: MemberID, in programme: ProgrammeID) async throws -> [MemberID] {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { connection in
            let state = try store.load([member], joinedDay: 0, connection)[member]
            return try store.friends(of: state?.profile.mergedInto ?? member, connection)
        }
    }
}

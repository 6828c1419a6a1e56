public import Loyalty
public import Primitives
import Storage
import Vault

/// A leaderboard in figures: how many take part now and took part before, and what finished periods gave. Nothing of fewer
/// than the board's minimum.
public struct BoardFigures: Sendable {
    /// A cohort, empty for everybody, with how many had a score.
    public struct Cell: Sendable, Hashable {
        public var cell: String
        public var participants: Int64
    }

    public struct Finished: Sendable {
        public var days: Range<Int32>
        /// Those that were large enough to be shown.
        public var cells: [Cell]
        public var prizesGiven: Int64
        public var prizesOpen: Int64
        /// What all its prizes give in points.
        public var prizeTotal: Int64
    }

    public var board: Leaderboard
    /// The period that runs, in the programme's time zone.
    public var days: Range<Int32>
    public var cells: [Cell]
    /// The period that is over and not fixed yet, and when it will be.
    public var waiting: (days: Range<Int32>, at: Instant)?
    /// The latest first.
    public var finished: [Finished]
}

extension Engine {
    /// All leaderboards of a programme in figures.
    ///
    /// - Parameter limit: the most finished periods of each.
    public func boardFigures(of programme: ProgrammeID, limit: Int) async throws -> [BoardFigures] {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let store = LoyaltyStore(programme: programme)
        let day = compiled.calendar(offsets: zones).day(of: clock.now())
        var figures: [BoardFigures] = []
        for board in compiled.programme.leaderboards {
            let days = DayPeriods().days(of: board.every, containing: day)
            let (last, finished) = try await database.read { connection in
                let periods = try store.boardPeriods(of: board.id, connection)
                let firsts = Set(periods.map(\.days.lowerBound)).sorted(by: >)
                let finished = try firsts.prefix(limit).map { first in
                    let cells = periods.filter { $0.days.lowerBound == first }
                    let prizes = try store.boardPrizes(of: board.id, first: first, connection)
                    return BoardFigures.Finished(
                        days: cells[0].days,
                        cells: cells.filter { $0.participants > 0 }.map {
                            BoardFigures.Cell(cell: $0.cell, participants: $0.participants)
                        }, prizesGiven: prizes.paid, prizesOpen: prizes.open, prizeTotal: prizes.amount)
                }
                return (firsts.first, finished)
            }
            var waiting: (days: Range<Int32>, at: Instant)?
            if board.every != .ever {
                let previous = DayPeriods().days(of: board.every, containing: days.lowerBound - 1)
                if last.map({ $0 < previous.lowerBound }) ?? true,
                    let at = board.finish(of: previous, dayStartMinutes: compiled.programme.dayStartMinutes)
                {
                    waiting = (previous, at)
                }
            }
            figures.append(
                BoardFigures(
                    board: board, days: days,
                    cells: try await cells(of: board.id, in: programme).map {
                        BoardFigures.Cell(cell: $0.cell, participants: Int64($0.count))
                    }, waiting: waiting, finished: finished))
        }
        return figures
    }

    /// What stands for a friend on the member's own page: it says nothing about who that is, and is another one on
    /// everybody's page.
    public func friendHandle(_ friend: MemberID, of member: MemberID, in programme: ProgrammeID) -> ID128 {
        claims.id(ofParts: "friend-of", programme.name, member.description, friend.description)
    }

    /// A member's friends, each with the boards on which both take part and the name under which the friend does.
    public func circle(
        of member: MemberID, in programme: ProgrammeID
    ) async throws -> [(friend: MemberID, boards: [(board: Leaderboard, name: BoardName)])] {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let friends = try await self.friends(of: member, in: programme)
        let store = LoyaltyStore(programme: programme)
        let states = try await database.read { try store.load(friends + [member], joinedDay: 0, $0) }
        var own = states[member]
        if let into = own?.profile.mergedInto {
            own = try await database.read { try store.load([into], joinedDay: 0, $0)[into] }
        }
        return friends.map { friend in
            let boards = compiled.programme.leaderboards.filter {
                $0.teams == nil && own?.isOn($0.id) ?? false && states[friend]?.isOn($0.id) ?? false
            }
            return (
                friend,
                boards.map { board in
                    (
                        board,
                        BoardName(
                            member: friend, board: board.id, draw: states[friend]?.draws(for: board.id) ?? 0,
                            programme: programme)
                    )
                }
            )
        }
    }
}

public import Loyalty
public import Primitives
import Storage

/// Running leaderboards, worked out again from what is stored.
extension Pipeline {
    /// Holds what is shown of running boards against the counters, page by page.
    ///
    /// A cohort by tier is as of the member's last change: it is not compared, the score in it is.
    func checkBoards(of programme: ProgrammeID, now: Instant) async throws -> [Difference] {
        guard let compiled = host[programme], !compiled.leaderboards.isEmpty else { return [] }
        // Those that change while they are looked at are left out.
        boards.loading += 1
        defer { endLoading() }
        _ = try await boardBook(of: programme, now: now)
        let day = calendars.programmeDay(compiled, now)
        let epoch = boards.epoch
        var differences: [Difference] = []
        var found: [String: Int64] = [:]
        var last: MemberID?
        var leftOut = false
        let names = compiled.leaderboards.keys.sorted()
        while case let page = try await participants(of: names, after: last, in: programme), !page.isEmpty {
            last = page.last?.id
            guard boards.epoch == epoch, let book = boards.books[programme] else { return differences }
            for state in page {
                guard !isChanging(state.id, in: programme) else {
                    leftOut = true
                    continue
                }
                for (id, board) in compiled.leaderboards where board.board.teams == state.shared?.kind {
                    let days = DayPeriods().days(of: board.board.every, containing: day)
                    let shown = book.entry(of: state.id, on: id, first: days.lowerBound)
                    let isOn = state.isOn(id)
                    if isOn { found[id, default: 0] += 1 }
                    let score = isOn ? max(0, state.score(on: board, days: days)) : -1
                    let isElsewhere =
                        isOn && board.board.cohort != .tier
                        && shown?.cell != state.boardCell(board.board, in: compiled, day: day)
                    guard (shown?.score ?? -1) != score || isElsewhere else { continue }
                    differences.append(
                        Difference(
                            kind: .runningBoard, member: state.id, subject: id, stored: shown?.score ?? -1,
                            recomputed: score))
                }
            }
        }
        // Nobody is shown who is not stored. It says nothing where some were not looked at: in their batch nothing may have
        // changed after all.
        guard !leftOut, boards.epoch == epoch, let book = boards.books[programme], boards.committed.isEmpty else {
            return differences
        }
        for id in names where Int64(book.participants(of: id)) != found[id, default: 0] {
            differences.append(
                Difference(
                    kind: .runningBoard, member: nil, subject: id, stored: Int64(book.participants(of: id)),
                    recomputed: found[id, default: 0]))
        }
        return differences
    }

    private func isChanging(_ member: MemberID, in programme: ProgrammeID) -> Bool {
        boards.committed[member] != nil || boards.running[programme]?.contains(member) ?? false
    }
}

extension Engine {
    /// Everything that ``Verifier`` checks, and what is in memory of running leaderboards.
    ///
    /// - Parameter progress: see ``Verifier/verify(_:progress:)``.
    public func verify(
        _ programme: ProgrammeID, progress: @Sendable (_ done: Int64, _ total: Int64) -> Void = { _, _ in }
    ) async throws -> VerificationReport {
        var report = try await Verifier(programme: programme, compiled: host[programme]).verify(
            database, progress: progress)
        guard host[programme] != nil, owns(programme) else { return report }
        for difference in try await (try writers[programme]).pipeline.checkBoards(of: programme, now: clock.now()) {
            report.add(difference)
        }
        return report
    }
}

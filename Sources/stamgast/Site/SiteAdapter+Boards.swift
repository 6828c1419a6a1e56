import Loyalty
import Primitives
import Runtime
import Site

/// Leaderboards on the member's page.
extension SiteAdapter {
    func boards(of member: SiteMember, language: PageLanguage) async throws -> BoardDesk {
        let programme = member.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let spoken = Loyalty.Language(rawValue: language.rawValue) ?? .en
        func places(_ places: [Standings.Place]) -> [BoardDesk.Place] {
            places.map {
                BoardDesk.Place(rank: $0.rank, score: $0.score, name: $0.name.text(spoken), isMe: $0.isMe)
            }
        }
        var boards: [BoardDesk.Board] = []
        for board in view.programme.leaderboards {
            guard
                let standings = try await engine.standings(
                    of: board.id, member: member.member, top: 10, in: programme)
            else { continue }
            let last = try await engine.finishedPeriods(
                of: board.id, member: member.member, top: 3, limit: 1, in: programme)?.first
            var shown = BoardDesk.Board(
                id: board.id, title: view.wording(board.name, or: board.id),
                summary: board.why.wording(language), name: standings.name?.text(spoken),
                score: standings.score, rank: standings.rank, showsRanks: standings.showsRanks,
                around: places(standings.around), top: places(standings.top))
            shown.friends = places(standings.friends)
            shown.finished = (last?.top ?? []).map {
                BoardDesk.Place(rank: $0.rank, score: $0.score, name: $0.name.text(spoken), isMe: $0.isMe)
            }
            if let own = last?.own, !(last?.top.contains(where: \.isMe) ?? false) {
                shown.finished.append(
                    BoardDesk.Place(rank: own.rank, score: own.score, name: own.name.text(spoken), isMe: true))
            }
            boards.append(shown)
        }
        return BoardDesk(boards: boards)
    }

    func ask(_ wish: BoardWish, of board: String, for member: SiteMember) async throws -> Bool {
        let request: BoardRequest =
            switch wish {
            case .join: .join
            case .leave: .leave
            case .rename: .rename
            }
        do {
            let action = try await engine.boardAction(
                request, of: board, member: member.member, in: member.programme.id)
            _ = try await engine.perform(action, member: member.member, in: member.programme.id)
            return true
        } catch PipelineProblem.command(let problem)
            where [.unknownLeaderboard, .unknownWallet, .notOwner].contains(problem)
        {
            return false
        }
    }
}

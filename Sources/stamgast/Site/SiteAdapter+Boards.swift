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
            boards.append(
                BoardDesk.Board(
                    id: board.id, title: view.wording(board.name, or: board.id),
                    summary: board.why.wording(language), name: standings.name?.text(spoken),
                    score: standings.score, rank: standings.rank, showsRanks: standings.showsRanks,
                    around: places(standings.around), top: places(standings.top)))
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
            _ = try await engine.perform(.board(board, request), member: member.member, in: member.programme.id)
            return true
        } catch PipelineProblem.command(.unknownLeaderboard) {
            return false
        }
    }
}

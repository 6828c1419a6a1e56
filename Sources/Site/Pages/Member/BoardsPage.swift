/// The leaderboards: joining, the own place with those around it, leaving.
struct BoardsPage: Page {
    static let template = "boards"

    struct Place: Sendable, Equatable {
        var rank: String
        var name: String
        var score: String
        var isMe: Bool
    }

    struct Board: Sendable, Equatable {
        var title: WordingView
        var summary: WordingView?
        var action: String
        var isOn: Bool
        var name: String?
        var standing: String?
        var hint: String?
        var top: [Place]
        var hasTop: Bool
        var around: [Place]
        var hasAround: Bool
        var friends: [Place]
        var hasFriends: Bool
        var finished: [Place]
        var hasFinished: Bool
    }

    var shell: Shell
    var csrf: String
    var boards: [Board]
    var hasBoards: Bool

    init(_ desk: BoardDesk, shell: Shell, texts: Texts, csrf: String) {
        self.shell = shell
        self.csrf = csrf
        let words = texts.boards
        func places(_ places: [BoardDesk.Place]) -> [Place] {
            places.map { place in
                Place(
                    rank: texts.number(Int64(place.rank)), name: place.name, score: texts.number(place.score),
                    isMe: place.isMe)
            }
        }
        boards = desk.boards.map { board in
            // Whoever is among the first shown needs no second list.
            let around = board.top.contains(where: \.isMe) ? [] : places(board.around)
            let isOn = board.name != nil
            return Board(
                title: WordingView(board.title, on: texts.language),
                summary: board.summary.map { WordingView($0, on: texts.language) },
                action: WebLink(path: ["m", "boards", board.id]).address,
                isOn: isOn, name: board.name.map { words.under($0) },
                standing: board.rank.map { words.standing(texts.number(Int64($0)), texts.number(board.score)) },
                hint: board.showsRanks ? (isOn && board.rank == nil ? words.nothingYet : nil) : words.tooFew,
                top: places(board.top), hasTop: !board.top.isEmpty, around: around, hasAround: !around.isEmpty,
                friends: places(board.friends), hasFriends: !board.friends.isEmpty,
                finished: places(board.finished), hasFinished: !board.finished.isEmpty)
        }
        hasBoards = !boards.isEmpty
    }
}

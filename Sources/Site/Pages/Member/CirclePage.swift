/// Friends on leaderboards: giving a code, entering one, ending it.
struct CirclePage: Page {
    static let template = "circle"

    enum Outcome: String, Sendable { case connected, parted, refused }

    struct Friend: Sendable, Equatable {
        var places: [String]
        /// For one with whom the member is on no board now.
        var hint: String?
        var action: String
    }

    var shell: Shell
    var csrf: String
    var key: String
    var friends: [Friend]
    var hasFriends: Bool
    var giveText: String
    /// The code that was just made.
    var code: String?
    var note: String?
    var isGood: Bool

    init(
        _ desk: CircleDesk, shell: Shell, texts: Texts, csrf: String, key: String, code: String? = nil,
        outcome: Outcome? = nil
    ) {
        self.shell = shell
        self.csrf = csrf
        self.key = key
        self.code = code
        let words = texts.together
        friends = desk.friends.map { friend in
            Friend(
                places: friend.boards.map { words.onBoard($0.name, $0.board.text) },
                hint: friend.boards.isEmpty ? words.notBoth : nil,
                action: WebLink(path: ["m", "circle", friend.id]).address)
        }
        hasFriends = !friends.isEmpty
        giveText = words.giveText(Int64(desk.codeDays), texts.number(Int64(desk.codeDays)))
        switch outcome {
        case .connected: note = words.connected
        case .parted: note = words.parted
        case .refused: note = words.codeRefused
        case nil: note = nil
        }
        isGood = outcome != .refused
    }
}

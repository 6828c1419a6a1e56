@testable import Site

extension Samples {
    static func friends(_ language: Language) -> FriendDesk {
        FriendDesk(
            title: Wording("Friends", language), why: Wording("You brought somebody along.", language),
            code: "ABCD-EFGH-JKMN-PQRS", link: "https://post.example/welcome?friend=ABCDEFGHJKMNPQRS", waiting: 1,
            friends: 3, standing: Wording("Voice", language), next: Wording("Choir", language), missing: 7,
            mayClaim: true)
    }

    static let consoleFriends = ConsoleFriends(
        today: today, open: 4, rewarded: 12, ended: 3, cases: [.init(id: "m-1", day: today)], mayDecide: true)
}

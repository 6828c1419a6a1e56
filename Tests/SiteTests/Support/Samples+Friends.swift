@testable import Site

extension Samples {
    static func friends(_ language: Language) -> FriendDesk {
        FriendDesk(
            title: Wording("Friends", language), why: Wording("You brought somebody along.", language),
            code: "ABCD-EFGH-JKMN-PQRS", link: "https://post.example/welcome?friend=ABCDEFGHJKMNPQRS", waiting: 1,
            friends: 3, standing: Wording("Voice", language), next: Wording("Choir", language), missing: 7,
            mayClaim: true)
    }

    static func consoleFriends(_ language: Language) -> ConsoleFriends {
        ConsoleFriends(
            today: today, open: 4, rewarded: 12, ended: 3,
            ambassadors: [
                .init(member: "0197f5c8-0000", standing: Wording("Voice", language), since: today, friends: 4)
            ], standings: [.init(id: "voice", name: Wording("Voice", language))])
    }

    static func ambassador(_ language: Language) -> AmbassadorDesk {
        AmbassadorDesk(
            today: today, standing: Wording("Voice", language), since: today,
            gives: [.amount(Amount(10, ink(language))), .named(Wording("A badge", language)), .access],
            invitations: [.init(id: "choir", name: Wording("Choir", language), gives: [.access])],
            friends: friends(language))
    }

    static func devices(_ language: Language) -> DeviceQueue {
        DeviceQueue(
            today: today,
            devices: [
                .init(check: "one-device", why: Wording("Shared.", language), day: today, device: -7, members: 6)
            ], mayDecide: true)
    }
}

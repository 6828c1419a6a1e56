public import Primitives

/// Under what a member stands on a leaderboard: drawn from word lists, the same one until they draw another, another one
/// on every board, and nothing that leads back to them.
public struct BoardName: Sendable, Hashable {
    private let adjective: Int
    private let noun: Int
    private let number: Int

    /// - Parameter draw: the how-manieth name.
    public init(member: MemberID, board: String, draw: Int64, programme: ProgrammeID) {
        let id = EffectID.derived(
            programme: programme, source: "board-name/" + board, cause: member.value, member: member,
            occurrence: draw)
        adjective = Int(id.low % UInt64(Self.adjectives.count))
        noun = Int((id.low >> 16 & 0xFFFF) % UInt64(Self.nouns.count))
        number = 10 + Int((id.low >> 32 & 0xFFFF) % 90)
    }

    /// The name in a language: `Calm Heron 42`, `Kalme Reiger 42`, `穏やかなサギ42`.
    public func text(_ language: Language) -> String {
        let (adjective, noun) = (Self.adjectives[adjective], Self.nouns[noun])
        return switch language {
        case .nl: "\(adjective.nl) \(noun.nl) \(number)"
        case .en: "\(adjective.en) \(noun.en) \(number)"
        case .ja: "\(adjective.ja)\(noun.ja)\(number)"
        }
    }

    private typealias Word = (nl: String, en: String, ja: String)

    private static let adjectives: [Word] = [
        ("Kalme", "Calm", "穏やかな"), ("Vrolijke", "Merry", "陽気な"), ("Stille", "Quiet", "静かな"),
        ("Snelle", "Swift", "素早い"), ("Wijze", "Wise", "賢い"), ("Dappere", "Brave", "勇敢な"),
        ("Zachte", "Gentle", "優しい"), ("Blauwe", "Blue", "青い"), ("Groene", "Green", "緑の"),
        ("Gouden", "Golden", "金色の"), ("Zilveren", "Silver", "銀色の"), ("Nieuwsgierige", "Curious", "好奇心旺盛な"),
        ("Vroege", "Early", "早起きの"), ("Late", "Late", "夜ふかしの"), ("Zonnige", "Sunny", "晴れやかな"),
        ("Heldere", "Bright", "明るい"),
    ]

    private static let nouns: [Word] = [
        ("Reiger", "Heron", "サギ"), ("Otter", "Otter", "カワウソ"), ("Uil", "Owl", "フクロウ"), ("Vos", "Fox", "キツネ"),
        ("Egel", "Hedgehog", "ハリネズミ"), ("Zwaluw", "Swallow", "ツバメ"), ("Eekhoorn", "Squirrel", "リス"),
        ("Haas", "Hare", "ノウサギ"), ("Merel", "Blackbird", "クロウタドリ"), ("Dolfijn", "Dolphin", "イルカ"),
        ("Kraanvogel", "Crane", "ツル"), ("Bever", "Beaver", "ビーバー"), ("Libel", "Dragonfly", "トンボ"),
        ("Zeehond", "Seal", "アザラシ"), ("Valk", "Falcon", "ハヤブサ"), ("Mus", "Sparrow", "スズメ"),
    ]
}

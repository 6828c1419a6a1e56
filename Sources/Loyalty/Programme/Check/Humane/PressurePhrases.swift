/// Words by which texts press people, by what they do and in the languages that Stamgast speaks.
///
/// After the taxonomies of dark patterns of Mathur et al. ("Dark Patterns at Scale", CSCW 2019: urgency, scarcity, social
/// proof, misdirection) and Gray et al. (CHI 2018), as far as a loyalty programme can commit them in a text. The lists hold
/// phrases, not single words: `verlies` alone is in many good sentences.
enum PressurePhrases {
    enum Pattern: CaseIterable {
        /// Something is said to be lost unless the member acts.
        case loss
        /// Few are said to be left.
        case scarcity
        /// Time is said to run out.
        case urgency
        /// Others are held up against the member.
        case shame
        /// The text speaks of a profile instead of the subject.
        case profile
    }

    /// In lower case; `#` stands for a number.
    static func phrases(_ pattern: Pattern, _ language: Language) -> [String] {
        switch (pattern, language) {
        case (.loss, .en):
            [
                "don't lose", "don’t lose", "do not lose", "you will lose", "you'll lose", "you’ll lose", "or you lose",
                "about to lose", "lose your streak", "break your streak", "don't miss out", "don’t miss out",
                "before it's too late", "before it’s too late", "gone forever",
            ]
        case (.loss, .nl):
            [
                "verlies je punten", "verlies je reeks", "verlies niet", "verlies ze niet", "anders verlies",
                "dreig je te verliezen", "raak je kwijt", "ben je kwijt", "breek je reeks", "loop dit niet mis",
                "mis dit niet", "voor het te laat is", "voorgoed weg",
            ]
        case (.loss, .ja):
            ["失いま", "失わない", "失うこと", "失効してしまい", "途切れさせない", "途切れてしまい", "手遅れ", "無駄になり"]
        case (.scarcity, .en):
            ["only # left", "just # left", "last # left", "almost gone", "selling fast", "while stocks last"]
        case (.scarcity, .nl):
            [
                "nog maar #", "nog slechts #", "bijna op", "bijna uitverkocht", "op is op", "op=op",
                "zolang de voorraad strekt",
            ]
        case (.scarcity, .ja):
            ["残り#", "残りわずか", "在庫わずか", "なくなり次第", "早い者勝ち"]
        case (.urgency, .en):
            [
                "last chance", "today only", "only today", "hurry", "act now", "now or never", "ends soon",
                "final hours", "before it is gone", "before it's gone",
            ]
        case (.urgency, .nl):
            [
                "laatste kans", "alleen vandaag", "haast je", "wees er snel bij", "nu of nooit", "eindigt binnenkort",
                "laatste uren", "grijp je kans",
            ]
        case (.urgency, .ja):
            ["ラストチャンス", "最後のチャンス", "本日限り", "今だけ", "お急ぎ", "締め切り間近", "まもなく終了"]
        case (.shame, .en):
            [
                "falling behind", "fall behind", "everyone else", "others are ahead", "don't be the only", "lazy",
                "you haven't even",
            ]
        case (.shame, .nl):
            ["je loopt achter", "blijf je achter", "iedereen behalve jij", "anderen zijn je voor", "als enige niet"]
        case (.shame, .ja):
            ["遅れを取", "取り残され", "置いていかれ", "あなただけまだ"]
        case (.profile, .en):
            ["people like you", "readers like you", "listeners like you", "because you are the kind of"]
        case (.profile, .nl):
            ["mensen zoals jij", "lezers zoals jij", "luisteraars zoals jij", "mensen als jij"]
        case (.profile, .ja):
            ["あなたのような人", "あなたのような読者", "あなたに似た"]
        }
    }

    /// The first phrase of a pattern that a text holds.
    static func find(_ pattern: Pattern, in text: String, _ language: Language) -> String? {
        let text = Array(text.lowercased())
        return phrases(pattern, language).first { contains(text, Array($0)) }
    }

    private static func contains(_ text: [Character], _ phrase: [Character]) -> Bool {
        text.indices.contains { matches(text, from: $0, phrase) }
    }

    private static func matches(_ text: [Character], from start: Int, _ phrase: [Character]) -> Bool {
        var position = start
        // A phrase is made of whole words where the script has spaces: `nog maar 3`, not `genog maar 3`.
        if start > 0, let first = phrase.first, isLatin(first), isLatin(text[start - 1]) { return false }
        for expected in phrase {
            if expected == "#" {
                let first = position
                while position < text.count, text[position].isNumber { position += 1 }
                guard position > first else { return false }
            } else {
                guard position < text.count, text[position] == expected else { return false }
                position += 1
            }
        }
        if let last = phrase.last, isLatin(last), position < text.count, isLatin(text[position]) { return false }
        return true
    }

    private static func isLatin(_ character: Character) -> Bool { character.isLetter && character.utf8.count <= 2 }
}

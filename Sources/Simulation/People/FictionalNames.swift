import Primitives

/// Invented names, in the manner of three languages.
enum FictionalNames {
    static func name(language: String, seed: UInt64) -> String {
        var random = SplitMix64(seed: SplitMix64.seed(seed, 9))
        switch language {
        case "ja": return "\(random.pick(japaneseFamily) ?? "") \(random.pick(japaneseGiven) ?? "")"
        case "en": return "\(random.pick(englishGiven) ?? "") \(random.pick(englishFamily) ?? "")"
        default: return "\(random.pick(dutchGiven) ?? "") \(random.pick(dutchFamily) ?? "")"
        }
    }

    private static let dutchGiven = [
        "Anouk", "Bas", "Carlijn", "Dirk", "Elif", "Femke", "Gijs", "Hanna", "Ibrahim", "Jasmijn", "Koen", "Lotte",
        "Mees", "Naomi", "Olivier", "Puck", "Quinten", "Roos", "Sem", "Tirza", "Umut", "Veerle", "Wouter", "Xandra",
        "Yara", "Zoë", "Youssef", "Maaike", "Thijs", "Sanne",
    ]
    private static let dutchFamily = [
        "Aalbers", "Bakker", "de Bruin", "Çelik", "van Dijk", "Eversen", "Faber", "de Groot", "el Hadi",
        "van den IJssel",
        "Jansen", "Kuipers", "Lammers", "Mulder", "Nijhof", "Oosterling", "Postma", "de Ruiter", "Schouten", "Terpstra",
        "Udo", "Veenstra", "Wiersma", "Yılmaz", "Zwart",
    ]
    private static let englishGiven = [
        "Alice", "Ben", "Chloe", "Dev", "Ella", "Finn", "Grace", "Harry", "Isla", "Jack", "Kayla", "Liam", "Mia",
        "Noah",
        "Olive", "Priya", "Ruth", "Sam", "Tara", "Will",
    ]
    private static let englishFamily = [
        "Archer", "Bell", "Carter", "Dawson", "Ellis", "Fletcher", "Gray", "Hughes", "Ingram", "Jones", "Khan", "Lowe",
        "Morris", "Nolan", "O’Brien", "Patel", "Reid", "Shaw", "Turner", "Walsh",
    ]
    private static let japaneseFamily = [
        "青木", "石川", "上田", "遠藤", "小川", "加藤", "木村", "小林", "斎藤", "清水", "高橋", "田中", "中村", "西田", "林",
        "藤井", "松本", "三浦", "山口", "渡辺",
    ]
    private static let japaneseGiven = [
        "葵", "陽菜", "蓮", "結衣", "湊", "咲良", "悠真", "美月", "樹", "紬", "大翔", "凛", "颯太", "杏", "律", "花", "直人",
        "千尋", "薫", "望",
    ]
}

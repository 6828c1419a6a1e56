/// What somebody enjoys in taking part, after the Hexad model (Marczewski 2015).
public enum PlayerType: String, Sendable, Hashable, CaseIterable {
    case philanthropist, socialiser, achiever, player
    case freeSpirit = "free-spirit"
    case disruptor
}

/// The twelve questions of Hexad-12: two for each type, each answered from 1, strongly disagree, to 7, strongly agree (Krath,
/// Altmeyer, Tondello and Nacke, "Hexad-12: Developing and validating a short version of the Gamification User Types Hexad
/// scale", CHI 2023).
public enum Hexad {
    public static let scale = 1...7

    /// The type that each question is about, in the order in which they are asked: never two of a type after each other.
    public static let questions: [PlayerType] = PlayerType.allCases + PlayerType.allCases

    /// The sum for each type, 2 to 14.
    ///
    /// - Returns: `nil` unless there are twelve answers on the scale.
    public static func scores(_ answers: [Int]) -> [PlayerType: Int]? {
        guard answers.count == questions.count, answers.allSatisfy(scale.contains) else { return nil }
        return Dictionary(zip(questions, answers), uniquingKeysWith: +)
    }

    /// The types with the highest sum. Nobody is one type alone: as many as are equal, and none when most are, because then
    /// the answers say nothing.
    public static func leading(_ scores: [PlayerType: Int]) -> [PlayerType] {
        guard let most = scores.values.max() else { return [] }
        let leading = PlayerType.allCases.filter { scores[$0] == most }
        return leading.count > 3 ? [] : leading
    }
}

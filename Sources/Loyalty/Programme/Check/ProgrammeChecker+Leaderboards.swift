extension ProgrammeChecker {
    mutating func check(_ board: Leaderboard) {
        let name = "leaderboard:\(board.id)"
        checkTerms(board, name)
        switch board.measure {
        case .points(let unit):
            guard resolve("unit", unit, among: programme.units.map(\.id), at: "\(name).points") else { return }
            let isGiven = programme.rules.contains { rule in
                rule.effects.contains { if case .award(_, unit) = $0 { true } else { false } }
            }
            if !isGiven { warn("No rule gives '\(unit)': nobody gets onto this board.", at: "\(name).points") }
        case .progress(let challenge):
            resolve("challenge", challenge, among: programme.challenges.map(\.id), at: "\(name).progress")
        }
    }
}

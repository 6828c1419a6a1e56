import Primitives

/// Among whom a member is ranked. Every cell is a board of its own: one with fewer participants than the board's minimum
/// shows nothing.
public enum BoardCohort: Sendable, Hashable {
    case tier
    /// The month in which something was first known of the member.
    case joinMonth
    /// The values of a trait that have a cell; all others share one.
    case trait(String, values: [String])

    /// The cell of those whose trait has none of the declared values, and of those without a tier.
    public static let others = "other"
    /// The most values of a trait that may have a cell.
    public static let mostValues = 50
}

extension MemberState {
    /// The member's cell of a board; empty for a board without cohorts.
    ///
    /// - Parameter day: today, for the tier.
    public func boardCell(_ board: Leaderboard, in programme: CompiledProgramme, day: Int32) -> String {
        cell(of: board, in: programme, day: day)
    }

    func cell(of board: Leaderboard, in programme: CompiledProgramme, day: Int32) -> String {
        switch board.cohort {
        case nil: return ""
        case .tier:
            let tier = tier(in: programme, today: day)
            return tier.isEmpty ? BoardCohort.others : tier
        case .joinMonth:
            return String(CivilDate(daysSinceEpoch: Int(profile.joinedDay)).description.prefix(7))
        case .trait(let name, let values):
            guard case .string(let value)? = traits[name], values.contains(value) else { return BoardCohort.others }
            return value
        }
    }
}

/// Why cohorts cannot be made or read. Holds no member data beyond counts.
public enum CohortProblem: Error, Hashable, Sendable {
    case malformedRows(field: String)
    case outOfRange(field: String, least: Int, most: Int)
    /// Fewer members than k for each persona: persona mode is refused, k is never lowered.
    case tooFewMembers(members: Int, needed: Int)
    /// What was read is not what its digest was made of.
    case wrongDigest
    case unknownFormat(Int)
    case duplicatePersona(String)
}

extension CohortProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformedRows(let field): "\(field) is not a list of rows within its item count"
        case .outOfRange(let field, let least, let most): "\(field) is not within \(least)...\(most)"
        case .tooFewMembers(let members, let needed):
            "\(members) members are too few: personas need at least \(needed) here, and k is never lowered"
        case .wrongDigest: "digest does not match the centroids"
        case .unknownFormat(let format): "format \(format) of the centroids is unknown"
        case .duplicatePersona(let name): "persona \(name) is empty, malformed or occurs twice"
        }
    }
}

/// What can go wrong in the catalogue besides faulty drafts and the database itself.
public enum CatalogueProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// A stored row does not read back: it was written by something else, or by a newer release.
    case unreadable(table: String, reason: String)
    /// More than the written limit, of what.
    case tooMany(what: String, limit: Int)
    case unknownFeed(String)
    /// A feed's own settings are wrong.
    case feedSettings(field: String, problem: String, fix: String)

    public var description: String {
        switch self {
        case .unreadable(let table, let reason): "a row of \(table) cannot be read: \(reason)"
        case .tooMany(let what, let limit): "there may be \(limit) \(what)"
        case .unknownFeed(let id): "there is no feed \(id.quoted)"
        case .feedSettings(let field, let problem, let fix): "\(field): \(problem). \(fix)."
        }
    }
}

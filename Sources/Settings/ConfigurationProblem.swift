/// Why a configuration cannot be used. A secret's value is never part of it.
public enum ConfigurationProblem: Error, Hashable, Sendable {
    /// A key nobody declared, with the nearest declared one.
    case unknown(name: String, origin: Configuration.Origin, suggestion: String?)
    /// A value that is not of the key's form; `value` is absent for secrets and addresses with credentials.
    case invalid(name: String, value: String?, expected: String, origin: Configuration.Origin)
    /// A secret given where others can read it.
    case exposedSecret(name: String, variable: String, origin: Configuration.Origin)
    /// A key that the file may not set, because it decides where the file is.
    case notInFile(name: String, origin: Configuration.Origin)
    /// A file that is no mapping of keys to values.
    case unreadable(path: String, line: Int?, reason: String)
    /// Both databases are one: whoever can read behaviour could then read persons.
    case sharedDatabase
}

extension ConfigurationProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknown(let name, let origin, let suggestion):
            let hint = suggestion.map { " Did you mean `\($0)`?" } ?? ""
            return "\(origin): there is no setting `\(name)`.\(hint)"
        case .invalid(let name, let value, let expected, let origin):
            let given = value.map { " `\($0)` is not it." } ?? ""
            return "\(origin): `\(name)` expects \(expected).\(given)"
        case .exposedSecret(let name, let variable, let origin):
            return "\(origin): `\(name)` is a secret; give it in the environment variable \(variable)."
        case .notInFile(let name, let origin):
            return "\(origin): `\(name)` cannot stand in the configuration file; use the flag or the environment."
        case .unreadable(let path, let line, let reason):
            return "\(path)\(line.map { ":\($0)" } ?? ""): \(reason)."
        case .sharedDatabase:
            return "`database` and `vault-database` are the same; the vault needs a database of its own."
        }
    }
}

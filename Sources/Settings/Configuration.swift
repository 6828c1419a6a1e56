/// The settings of one process, each with where it came from.
///
/// What stands nearer wins: flag over environment over file over default. A key that is not declared is refused, with
/// the nearest declared one as a suggestion: a misspelt limit that is silently ignored is worse than none.
public struct Configuration: Sendable {
    /// Where a value came from.
    public enum Origin: Hashable, Sendable, CustomStringConvertible {
        case flag(String)
        case environment(String)
        case file(path: String, line: Int)
        case standard

        public var description: String {
            switch self {
            case .flag(let name): name
            case .environment(let name): name
            case .file(let path, let line): "\(path):\(line)"
            case .standard: "default"
            }
        }
    }

    /// One line of `config show`.
    public struct Entry: Sendable, Hashable {
        public let name: String
        /// The value as it may be printed: secrets say only that they are set; `nil` when there is none.
        public let value: String?
        public let origin: Origin
        public let meaning: String
    }

    struct Given: Sendable {
        let text: String
        let origin: Origin
    }

    let given: [String: Given]

    /// Resolves the settings of a process.
    ///
    /// - Parameters:
    ///   - flags: settings given on the command line, by their name without dashes.
    ///   - environment: the whole environment; variables without our prefix are left alone.
    ///   - file: what the home's configuration file says, when there is one.
    /// - Throws: a problem naming the key, where it stands and what it expects.
    public init(
        flags: [String: String] = [:], environment: [String: String] = [:], file: ConfigurationFile? = nil
    ) throws(ConfigurationProblem) {
        var given: [String: Given] = [:]
        for (name, value, origin) in Self.sorted(flags: flags, environment: environment, file: file) {
            let declaration: SettingDeclaration
            if case .environment = origin {
                guard let known = Settings.byVariable[name] else {
                    let nearest = Spelling.nearest(to: name, among: Settings.all.map(\.environmentVariable))
                    throw .unknown(name: name, origin: origin, suggestion: nearest)
                }
                declaration = known
            } else {
                guard let known = Settings.byName[name] else {
                    let nearest = Spelling.nearest(to: name, among: Settings.all.map(\.name))
                    throw .unknown(name: name, origin: origin, suggestion: nearest)
                }
                declaration = known
                if known.isSecret {
                    throw .exposedSecret(name: name, variable: known.environmentVariable, origin: origin)
                }
                if case .file = origin, !known.isInFile { throw .notInFile(name: name, origin: origin) }
            }
            guard declaration.accepts(value) else {
                let isPlain = !declaration.isSecret && declaration.mask(value) == value
                throw .invalid(
                    name: declaration.name, value: isPlain ? value : nil, expected: declaration.expected,
                    origin: origin)
            }
            given[declaration.name] = Given(text: value, origin: origin)
        }
        self.given = given
        if self[.database] == self[.vaultDatabase] { throw .sharedDatabase }
    }

    /// Finds the home, reads its configuration file and resolves the settings of this process.
    public static func load(
        flags: [String: String], environment: [String: String]
    ) throws(ConfigurationProblem) -> Configuration {
        let file = try ConfigurationFile.read(home: home(flags: flags, environment: environment))
        return try Configuration(flags: flags, environment: environment, file: file)
    }

    /// Everything that was given, farthest first, so that what comes later wins; sorted, so that the first problem
    /// reported is always the same one.
    private static func sorted(
        flags: [String: String], environment: [String: String], file: ConfigurationFile?
    ) -> [(name: String, value: String, origin: Origin)] {
        var all: [(name: String, value: String, origin: Origin)] = []
        if let file {
            for entry in file.entries {
                all.append((entry.name, entry.value, .file(path: file.path, line: entry.line)))
            }
        }
        for (name, value) in environment.sorted(by: { $0.key < $1.key })
        where name.hasPrefix("STAMGAST_") && !Settings.isForeign(variable: name) {
            all.append((name, value, .environment(name)))
        }
        for (name, value) in flags.sorted(by: { $0.key < $1.key }) {
            all.append((name, value, .flag("--" + name)))
        }
        return all
    }

    /// The value of a setting.
    public subscript<Value>(_ setting: Setting<Value>) -> Value {
        guard let text = given[setting.declaration.name]?.text, let value = setting.parse(text) else {
            return setting.defaultValue
        }
        return value
    }

    /// Where the value of a setting came from.
    public func origin<Value>(of setting: Setting<Value>) -> Origin {
        given[setting.declaration.name]?.origin ?? .standard
    }

    /// Every setting with its value and origin, for `config show`; secrets are masked.
    public var entries: [Entry] {
        Settings.all.map { declaration in
            let given = given[declaration.name]
            return Entry(
                name: declaration.name,
                value: given.map { declaration.mask($0.text) } ?? declaration.defaultText,
                origin: given?.origin ?? .standard, meaning: declaration.meaning)
        }
    }

    /// The home of a process, which must be known before its configuration file can be read: flag over environment over
    /// default.
    public static func home(flags: [String: String], environment: [String: String]) -> String {
        let home = Setting.home
        let texts = [flags[home.declaration.name], environment[home.declaration.environmentVariable]]
        return texts.compactMap(\.self).first { !$0.isEmpty } ?? home.defaultValue
    }
}

/// One declared key of the server's configuration: its name, its type, its default and what it means.
///
/// The same name serves everywhere: `--listen-port` on the command line, `STAMGAST_LISTEN_PORT` in the environment and
/// `listen-port:` in the file. Keys are declared once, in `Setting+Declared.swift`.
public struct Setting<Value: Sendable>: Sendable {
    /// What can be said of the key without knowing its type.
    public let declaration: SettingDeclaration
    /// The value when nobody sets it.
    public let defaultValue: Value
    let parse: @Sendable (String) -> Value?

    /// Declares a key.
    ///
    /// - Parameters:
    ///   - name: lower-case words joined by hyphens.
    ///   - meaning: one sentence for the reference and for `config show`.
    ///   - expected: the form of a valid value in words, after "expected".
    ///   - defaultText: the default as one would write it; `nil` prints as "none".
    ///   - isSecret: never printed, and accepted from the environment only.
    ///   - parse: `nil` for a value that is not of the expected form.
    init(
        _ name: String, _ meaning: String, expected: String, default defaultValue: Value, defaultText: String?,
        isSecret: Bool = false, isInFile: Bool = true, mask: @escaping @Sendable (String) -> String = { $0 },
        parse: @escaping @Sendable (String) -> Value?
    ) {
        let secretMask: @Sendable (String) -> String = { _ in "(set)" }
        self.declaration = SettingDeclaration(
            name: name, meaning: meaning, expected: expected, defaultText: defaultText, isSecret: isSecret,
            isInFile: isInFile, mask: isSecret ? secretMask : mask, accepts: { text in parse(text) != nil })
        self.defaultValue = defaultValue
        self.parse = parse
    }
}

/// What can be said of a declared key without knowing the type of its value.
public struct SettingDeclaration: Sendable {
    /// Lower-case words joined by hyphens.
    public let name: String
    /// One sentence.
    public let meaning: String
    /// The form of a valid value in words.
    public let expected: String
    /// The default as one would write it; `nil` when there is none.
    public let defaultText: String?
    /// Never printed, and accepted from the environment only: a command line is visible to every process and a
    /// configuration file ends up in back-ups.
    public let isSecret: Bool
    /// Whether the file may set it. The home decides where the file is, so the file cannot decide the home.
    public let isInFile: Bool
    /// The value as it may be printed.
    let mask: @Sendable (String) -> String
    let accepts: @Sendable (String) -> Bool

    /// The flag that sets it, as in `--listen-port`; `nil` for a secret.
    public var flag: String? { isSecret ? nil : "--" + name }

    /// The environment variable that sets it, as in `STAMGAST_LISTEN_PORT`.
    public var environmentVariable: String {
        "STAMGAST_" + name.uppercased().replacing("-", with: "_")
    }
}

// Every key of the configuration, in the order of the reference. A key exists when it stands here and in `Settings.all`.

extension Setting where Value == String {
    public static let home = Setting<String>(
        "home", "The folder of this installation: databases, keys, lock and configuration file.", expected: "a path",
        default: "home", defaultText: "home", isInFile: false
    ) { $0.isEmpty ? nil : $0 }

    public static let listenAddress = Setting.text(
        "listen-address", "The address to listen on; 0.0.0.0 or :: for every interface.", expected: "an IP address",
        default: "127.0.0.1")
}

extension Setting where Value == Int {
    public static let listenPort = Setting.integer(
        "listen-port", "The TCP port to listen on; 0 takes a free one.", in: 0...65_535, default: 8_080)

    public static let databaseConnections = Setting.integer(
        "database-connections", "How many connections each database may have open.", in: 1...64, default: 8)

    public static let rateLimitPerSecond = Setting.integer(
        "rate-limit-per-second", "Requests an API key may make each second, in the long run.", in: 1...1_000_000,
        default: 10_000)

    public static let rateLimitBurst = Setting.integer(
        "rate-limit-burst", "Requests an API key may make at once before the limit per second holds.",
        in: 1...1_000_000, default: 20_000)

    public static let signInLimitPerHour = Setting.integer(
        "sign-in-limit-per-hour", "Sign-in attempts allowed per subject and per source each hour.", in: 1...10_000,
        default: 10)

    public static let bodyLimit = Setting.bytes(
        "body-limit", "The largest request body accepted, after decompression.", in: 1_024...1_073_741_824,
        default: "4MiB", 4 << 20)
}

extension Setting where Value == String? {
    public static let publicAddress = Setting.webAddress(
        "public-url", "The address members and publisher pages use, when a proxy stands in front.")

    public static let nodeAddress = Setting.webAddress(
        "node-url",
        "Where other servers of the same PostgreSQL database reach this one, if not at listen-address and listen-port.")

    public static let smtpAddress = Setting<String?>(
        "smtp-url",
        "Where mail is handed in: smtp:// insists on STARTTLS unless the server is on this machine, smtps:// is TLS.",
        expected: "smtp://HOST[:PORT] or smtps://HOST[:PORT], with USER:PASSWORD@ before the host if need be",
        default: nil, defaultText: nil, mask: DatabaseLocation.masked
    ) { text in
        let isKnown = text.hasPrefix("smtp://") || text.hasPrefix("smtps://")
        return isKnown && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } ? .some(text) : nil
    }

    public static let smtpUser = Setting<String?>(
        "smtp-user", "The user name at the mail server, if it is not in smtp-url.", expected: "a name", default: nil,
        defaultText: nil
    ) { $0.isEmpty ? nil : .some($0) }

    public static let smtpPassword = Setting.secret(
        "smtp-password", "The password at the mail server, if it is not in smtp-url.", expected: "a password")

    public static let mailFrom = Setting<String?>(
        "mail-from", "Whom mail is from.", expected: "an address such as \"De Avondpost <post@example.org>\"",
        default: nil, defaultText: nil
    ) { $0.contains("@") && $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } ? .some($0) : nil }

    public static let handOverSecrets = Setting.secret(
        "hand-over-secrets", "What publishers' sites sign their readers' tokens with, by programme (HS256).",
        expected: "PROGRAMME:SECRET, the secret in base64 of at least 32 bytes; commas separate several")

    static let keyForm = "base64 of 32 bytes; `id:base64` names its version, commas separate several versions"

    public static let vaultKey = Setting.secret(
        "vault-key", "The vault's master key, instead of keys/vault.key.", expected: keyForm)

    public static let indexKey = Setting.secret(
        "index-key", "The key of the vault's blind indexes, instead of keys/index.key.", expected: keyForm)

    public static let pseudonymKey = Setting.secret(
        "pseudonym-key", "The root of all pseudonyms, instead of keys/pseudonym.key.", expected: keyForm)

    public static let claimKey = Setting.secret(
        "claim-key", "The key of idempotency hashes, instead of keys/claim.key.", expected: keyForm)

    public static let sessionKey = Setting.secret(
        "session-key", "The key of sessions, sign-in links and API key hashes, instead of keys/session.key.",
        expected: keyForm)
}

extension Setting where Value == String? {
    public static let openIDIssuer = Setting<String?>(
        "oidc-issuer", "The identity provider (OpenID Connect) that staff, members or both may sign in with.",
        expected: "its issuer, as https://login.example.org", default: nil, defaultText: nil
    ) { text in
        // As it is written: a slash at the end is a part of the name.
        let isLocal = ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { text.hasPrefix($0) }
        guard text.hasPrefix("https://") || isLocal,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"?#@<>\"\\".utf8.contains($0) })
        else { return nil }
        return .some(text)
    }

    public static let openIDClientID = Setting<String?>(
        "oidc-client-id", "What the identity provider calls this home.", expected: "the client id", default: nil,
        defaultText: nil
    ) { $0.isEmpty ? nil : .some($0) }

    public static let openIDClientSecret = Setting.secret(
        "oidc-client-secret", "The secret shared with the identity provider, if there is one.",
        expected: "the client secret")

    public static let openIDProgramme = Setting<String?>(
        "oidc-programme", "Whose members sign in with the identity provider; the first programme, if none is named.",
        expected: "the name of a programme", default: nil, defaultText: nil
    ) { $0.isEmpty ? nil : .some($0) }
}

extension Setting where Value == [String] {
    public static let openIDServes = Setting<[String]>(
        "oidc-for", "Who may sign in with the identity provider.", expected: "staff, members or staff,members",
        default: ["staff"], defaultText: "staff"
    ) { text in
        let parts = text.split(separator: ",").map { $0.filter { $0 != " " } }
        return !parts.isEmpty && parts.allSatisfy { ["staff", "members"].contains($0) } ? parts : nil
    }
}

extension Setting where Value == Bool {
    public static let staffSecondFactor = Setting<Bool>(
        "staff-second-factor", "Whether a password of staff needs a second factor beside it.",
        expected: "required or optional", default: true, defaultText: "required"
    ) { ["required": true, "optional": false][$0] }
}

extension Setting where Value == DatabaseLocation {
    static func database(_ name: String, _ meaning: String, file: String) -> Setting<DatabaseLocation> {
        Setting(
            name, meaning, expected: "sqlite:PATH or a postgres:// URI", default: .sqlite(path: file),
            defaultText: "sqlite:" + file, mask: DatabaseLocation.masked
        ) { DatabaseLocation($0) }
    }

    public static let database = Setting.database(
        "database", "The main database; a relative SQLite path is inside the home.", file: "main.sqlite")

    public static let vaultDatabase = Setting.database(
        "vault-database", "The vault's database, always apart from the main one.", file: "vault.sqlite")
}

extension Setting where Value == Duration {
    public static let lateness = Setting.duration(
        "lateness", "How late an event may arrive and still count in its own time; programmes may say otherwise.",
        in: .zero ... .seconds(366 * 86_400), default: "72h", .seconds(72 * 3_600))

    public static let leaseDuration = Setting.duration(
        "lease-duration",
        "How long a silent server keeps its right to write, before another on the same database takes over.",
        in: .seconds(1) ... .seconds(600), default: "15s", .seconds(15))

    public static let shutdownGrace = Setting.duration(
        "shutdown-grace", "How long a stopping server finishes what it has accepted.",
        in: .zero ... .seconds(600), default: "30s", .seconds(30))
}

extension Setting where Value == Int {
    public static let correctionApprovalLimit = Setting.integer(
        "correction-approval-limit",
        "The most points that one person corrects in the console alone; beyond it a second one must agree.",
        in: 0...1_000_000_000, default: 10_000)
}

extension Setting where Value == LogLevel {
    public static let logLevel = Setting<LogLevel>(
        "log-level", "How much the log says.",
        expected: "one of " + LogLevel.allCases.map(\.rawValue).joined(separator: ", "), default: .info,
        defaultText: LogLevel.info.rawValue
    ) { LogLevel(rawValue: $0) }
}

extension Setting where Value == RetentionOverrides {
    public static let retention = Setting<RetentionOverrides>(
        "retention", "How long raw events of a type are kept, instead of what the programme declares.",
        expected: "entries such as article.read=30d,comment.posted=0", default: RetentionOverrides(), defaultText: nil
    ) { RetentionOverrides($0) }
}

extension Setting where Value == [String] {
    public static let outboundNetworks = Setting<[String]>(
        "outbound-networks", "Networks of the house that webhooks and feeds may reach, beside the public internet.",
        expected: "networks such as 10.1.0.0/16,fd00::/8", default: [], defaultText: nil
    ) { text in
        let parts = text.split(separator: ",").map { $0.filter { $0 != " " } }
        let isNetwork = { (part: String) in part.allSatisfy { $0.isHexDigit || ".:/".contains($0) } && !part.isEmpty }
        return parts.allSatisfy(isNetwork) ? parts : nil
    }
}

extension Setting where Value == Bool {
    public static let smtpPlain = Setting.toggle(
        "smtp-plain", "Hand mail in at another machine without encryption.", default: false)

    public static let demo = Setting.toggle(
        "demo", "Serve the demonstration programme and its publisher pages.", default: false)
}

/// The table of declared keys.
public enum Settings {
    /// All keys, in the order of the reference.
    public static let all: [SettingDeclaration] = [
        Setting.home.declaration, Setting.listenAddress.declaration, Setting.listenPort.declaration,
        Setting.publicAddress.declaration, Setting.database.declaration, Setting.vaultDatabase.declaration,
        Setting.databaseConnections.declaration, Setting.nodeAddress.declaration,
        Setting.leaseDuration.declaration, Setting.lateness.declaration, Setting.retention.declaration,
        Setting.correctionApprovalLimit.declaration,
        Setting.rateLimitPerSecond.declaration,
        Setting.rateLimitBurst.declaration, Setting.signInLimitPerHour.declaration,
        Setting.staffSecondFactor.declaration, Setting.openIDIssuer.declaration,
        Setting.openIDClientID.declaration, Setting.openIDClientSecret.declaration,
        Setting.openIDServes.declaration, Setting.openIDProgramme.declaration, Setting.bodyLimit.declaration,
        Setting.shutdownGrace.declaration, Setting.outboundNetworks.declaration, Setting.logLevel.declaration,
        Setting.smtpAddress.declaration, Setting.smtpUser.declaration, Setting.smtpPlain.declaration,
        Setting.mailFrom.declaration, Setting.smtpPassword.declaration, Setting.handOverSecrets.declaration,
        Setting.demo.declaration,
        Setting.vaultKey.declaration, Setting.indexKey.declaration, Setting.pseudonymKey.declaration,
        Setting.claimKey.declaration, Setting.sessionKey.declaration,
    ]

    /// The declared key of a name.
    public static func named(_ name: String) -> SettingDeclaration? {
        byName[name]
    }

    static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    static let byVariable = Dictionary(
        all.map { ($0.environmentVariable, $0) }, uniquingKeysWith: { first, _ in first })

    /// Variables that carry our prefix and are no settings: those of our tests, and those that Kubernetes sets in every
    /// container beside a service called `stamgast` (`STAMGAST_SERVICE_HOST`, `STAMGAST_PORT_8080_TCP`, …).
    static func isForeign(variable: String) -> Bool {
        variable == "STAMGAST_SHARED" || variable == "STAMGAST_REQUIRE_SHARED" || variable == "STAMGAST_PORT"
            || ["STAMGAST_TEST_", "STAMGAST_SERVICE_", "STAMGAST_PORT_"].contains { variable.hasPrefix($0) }
    }
}

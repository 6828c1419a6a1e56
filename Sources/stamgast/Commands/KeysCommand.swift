import Access
import ArgumentParser
import Foundation
import Loyalty
import Primitives
import Runtime
import Settings
import Storage
import Vault

struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "API keys, and the keys of the home.",
        subcommands: [
            KeysList.self, KeysCreate.self, KeysRevoke.self, KeysRotate.self, KeysRotateTokens.self,
            KeysWebhook.self,
        ])
}

extension APIKey {
    var json: JSONValue {
        [
            "id": .string(id), "kind": .string(kind.rawValue), "programme": .string(programme.name),
            "scopes": .array(scopes.sorted().map { .string($0.rawValue) }), "label": .string(label),
            "created_at": .string(RFC3339.format(createdAt)),
            "expires_at": expiresAt.map { .string(RFC3339.format($0)) } ?? .null,
            "revoked_at": revokedAt.map { .string(RFC3339.format($0)) } ?? .null,
            "last_used": lastUsedDay.map { .string(Primitives.CivilDate(daysSinceEpoch: Int($0)).description) }
                ?? .null,
        ]
    }
}

struct KeysList: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List a programme's API keys, without their secrets.",
        discussion: """
            Revoked keys stay in the list: an audit names them. Example:
              stamgast keys list --programme avondpost --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    func run() async throws {
        let keys = try await options.withHome { home in
            try await home.access.keys.list(programme: try await programme.find(in: home))
        }
        if options.json {
            Output.result(.array(keys.map(\.json)))
            return
        }
        if keys.isEmpty {
            Output.print("There are no keys. Make one: stamgast keys create --label NAME --scope events:write")
        }
        for key in keys {
            let state = key.revokedAt != nil ? "revoked" : "active"
            let scopes = key.scopes.sorted().map(\.rawValue).joined(separator: " ")
            Output.print("\(key.id)  \(key.kind.rawValue)  \(state)  \(key.label)  \(scopes)")
        }
    }
}

struct KeysCreate: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make an API key. It is printed once and cannot be read again.",
        discussion: """
            Scopes: events:write, members:read, members:write, programme:read, programme:write, catalogue:write, \
            console, metrics:read, counter; `--scope all` gives all of them. A publishable key (--publishable) stands in the \
            source of pages and may only send events. Examples:
              stamgast keys create --label shop --scope events:write --home /srv/regulars
              stamgast keys create --label pages --publishable --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    @Option(name: .long, help: "What the key is for, in your own words.")
    var label: String

    @Option(name: .long, help: "What it may do; may be given several times.")
    var scope: [String] = []

    @Flag(name: .long, help: "A key for the source of pages, which may only send events.")
    var publishable = false

    @Option(name: .long, help: "When it ends (RFC 3339).")
    var expires: String?

    func run() async throws {
        var scopes: Set<Scope> = publishable && scope.isEmpty ? [.eventsWrite] : []
        for name in scope {
            if name == "all" {
                scopes.formUnion(Scope.allCases)
            } else if let one = Scope(rawValue: name) {
                scopes.insert(one)
            } else {
                let known = Scope.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("There is no scope '\(name)'. There are: \(known).")
            }
        }
        let end = try expires.map { text in
            guard let end = RFC3339.parse(text) else {
                throw ValidationError("--expires takes a time such as 2027-01-31T00:00:00Z.")
            }
            return end
        }
        let wanted = scopes
        let made = try await options.withHome { home in
            try await home.access.keys.create(
                programme: try await programme.find(in: home), kind: publishable ? .page : .live, scopes: wanted,
                label: label, expiresAt: end, by: .commandLine, now: home.engine.clock.now())
        }
        if options.json {
            var json = made.key.json.objectValue ?? [:]
            json["key"] = .string(made.text.text)
            Output.result(.object(json))
        } else {
            Output.say("Keep it: it cannot be shown again.")
            Output.print(made.text.text)
        }
    }
}

struct KeysRevoke: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End an API key.",
        discussion: """
            From then on nothing is taken with it. Revoking twice changes nothing. Example:
              stamgast keys revoke 7f3k2m --reason "left the company" --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    @Argument(help: "The key's id: the part between the second and third underscore.")
    var id: String

    @Option(name: .long, help: "Why; kept in the audit log.")
    var reason: String?

    func run() async throws {
        try await options.withHome { home in
            do {
                try await home.access.keys.revoke(
                    id, programme: try await programme.find(in: home), by: .commandLine, reason: reason,
                    now: home.engine.clock.now())
            } catch AccessProblem.notFound {
                throw ValidationError("The programme has no key '\(id)'; see `stamgast keys list`.")
            }
        }
        if options.json { Output.result(["revoked": .string(id)]) } else { Output.print("Revoked \(id).") }
    }
}

struct KeysRotate: AsyncParsableCommand, NeedsHomeAlone {
    static let instead = "It holds the keys in memory: stop it, rotate, and start it again."

    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Give one of the home's own keys a new version.",
        discussion: """
            PURPOSE is vault or session. What older versions made stays readable. After rotating the vault's key all \
            persons are wrapped anew. A running server must be stopped first. Example:
              stamgast keys rotate vault --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions

    @Argument(help: "vault or session.")
    var purpose: String

    func run() async throws {
        guard let purpose = KeyPurpose(rawValue: purpose) else {
            throw ValidationError("There is no key '\(purpose)'. Rotate vault or session.")
        }
        let configuration = try options.configuration()
        let environment = ProcessInfo.processInfo.environment
        // Opened and closed first: the lock is free, and the keys fit the databases.
        try await options.withHome { _ in }
        try HomeKeys.rotate(
            purpose, folder: configuration[.home] + "/keys", environment: environment, random: SystemRandomBytes())
        let wrapped = try await options.withHome { home in
            var total = 0
            if purpose == .vault {
                while true {
                    let count = try await home.vault.persons.rewrap(limit: 1_000)
                    total += count
                    if count < 1_000 { break }
                }
            }
            return total
        }
        if options.json {
            Output.result(["rotated": .string(purpose.rawValue), "rewrapped": .integer(Int64(wrapped))])
        } else {
            Output.print("The \(purpose.rawValue) key has a new version. Copy the keys folder to where you keep it.")
        }
    }
}

struct KeysWebhook: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "webhook", abstract: "Print the signing secret of a webhook (Standard Webhooks).",
        discussion: """
            The secret follows from the home's claim key and is the same each time. Example:
              stamgast keys webhook crm --programme avondpost --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    @Argument(help: "The webhook's id in the programme.")
    var webhook: String

    func run() async throws {
        let secret = try await options.withHome { home in
            let id = try await programme.own(in: home)
            guard home.engine.host[id]?.programme.webhooks.contains(where: { $0.id == webhook }) == true else {
                throw ValidationError("The programme has no webhook '\(webhook)'.")
            }
            let store = WebhookStore(id, webhook)
            let state = try await home.database.read { try store.state($0) }
            return WebhookSecrets.derived(from: try home.keys.claim.current).text(
                id, webhook, generation: state.generation)
        }
        if options.json {
            Output.result(["webhook": .string(webhook), "secret": .string(secret)])
        } else {
            Output.print(secret)
        }
    }
}

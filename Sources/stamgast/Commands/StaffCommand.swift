import Access
import ArgumentParser
import Loyalty
import Primitives
import Runtime

struct StaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff", abstract: "The people who run the home, and their way into the console.",
        subcommands: [StaffList.self, StaffCreate.self, StaffLink.self, StaffDisable.self])
}

extension StaffMember {
    var json: JSONObject {
        let own: JSONValue =
            switch programmes {
            case .all: .null
            case .only(let programmes): .array(programmes.map(\.name).sorted().map { .string($0) })
            }
        return [
            "id": .string(id.description), "name": .string(name), "role": .string(role.rawValue), "programmes": own,
            "created_at": .string(RFC3339.format(createdAt)),
            "disabled_at": disabledAt.map { .string(RFC3339.format($0)) } ?? .null,
        ]
    }
}

/// An account, by its id.
struct StaffArgument: ParsableArguments {
    @Argument(help: "The account's id; see `stamgast staff list`.")
    var id: String

    func find(in home: Home) async throws -> StaffMember {
        guard let key = ID128(id), let account = try await home.access.staff.find(key) else {
            throw ValidationError("There is no account '\(id)'; see `stamgast staff list`.")
        }
        return account
    }
}

struct StaffList: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the accounts of staff.",
        discussion: """
            Disabled accounts stay in the list: the audit log names them. In JSON, programmes is null for all of them. \
            Example:
              stamgast staff list --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions

    func run() async throws {
        let accounts = try await options.withHome { try await $0.access.staff.list() }
        if options.json {
            Output.result(.array(accounts.map { .object($0.json) }))
            return
        }
        if accounts.isEmpty {
            Output.print("There are no accounts. Make one: stamgast staff create --name NAME --role manager")
        }
        for account in accounts {
            let state = account.disabledAt == nil ? "active" : "disabled"
            Output.print("\(account.id)  \(account.role.rawValue)  \(state)  \(account.name)")
        }
    }
}

struct StaffCreate: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make an account, and print a link that signs its owner in once.",
        discussion: """
            Roles: owner and manager do everything with members and programmes, and an owner reveals who members are \
            and erases them besides; editor keeps the catalogue; analyst looks; privacy-officer reveals and erases; \
            service-agent helps members; clerk hands out rewards and has no console; team-lead sees figures over \
            several members only. A new \
            link (`stamgast staff link`) is a new way in; behind it they may choose a password. Give it to the person over a channel you trust. The address \
            is public-url, or where the server listens. Examples:
              stamgast staff create --name "Noor" --role manager --home /srv/regulars
              stamgast staff create --name "Radio desk" --role analyst --programme radio --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions

    @Option(name: .long, help: "How colleagues call them.")
    var name: String

    @Option(
        name: .long, help: "What they do: \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
    var role: String

    @Option(name: .long, help: "A programme they work for; may be given several times. All, if none is given.")
    var programme: [String] = []

    func run() async throws {
        guard let role = Role(rawValue: role) else {
            let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("There is no role '\(role)'. There are: \(known).")
        }
        let site = SignInLink.site(try options.configuration())
        let (account, link) = try await options.withHome { home in
            let programmes = try await programmes(in: home)
            let now = home.engine.clock.now()
            let account: StaffMember
            do {
                account = try await home.access.staff.create(
                    name: name, role: role, programmes: programmes, by: .commandLine, now: now)
            } catch AccessProblem.invalid(_, let expected) {
                throw ValidationError("--name takes \(expected).")
            }
            return (account, try await SignInLink.issue(for: account, in: home, site: site))
        }
        if options.json {
            var json = account.json
            for member in link.json.members { json[member.key] = member.value }
            Output.result(.object(json))
        } else {
            Output.say("Made the account \(account.id).")
            link.print()
        }
    }

    private func programmes(in home: Home) async throws -> ProgrammeSet {
        if programme.isEmpty { return .all }
        var own: Set<ProgrammeID> = []
        for name in programme {
            var option = ProgrammeOption()
            option.programme = name
            own.insert(try await option.find(in: home))
        }
        return .only(own)
    }
}

extension SignInLink {
    static func issue(for account: StaffMember, in home: Home, site: String) async throws -> SignInLink {
        try await issue(
            for: .staff(account.id), object: "staff:" + account.id.description, programme: nil, in: home, site: site)
    }
}

struct StaffLink: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Print a link that signs somebody of the staff in once.",
        discussion: """
            Earlier links stay good until they are used or their time is over. Example:
              stamgast staff link 0198f3b2-5c1e-7a44-9d3e-2f6b8c1d0e5a --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var account: StaffArgument

    func run() async throws {
        let site = SignInLink.site(try options.configuration())
        let link = try await options.withHome { home in
            let account = try await account.find(in: home)
            guard account.disabledAt == nil else { throw ValidationError("The account '\(account.id)' is disabled.") }
            return try await SignInLink.issue(for: account, in: home, site: site)
        }
        if options.json { Output.result(.object(link.json)) } else { link.print() }
    }
}

struct StaffDisable: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "disable", abstract: "End an account, with its sessions and open links.",
        discussion: """
            Disabling twice changes nothing; an account does not come back. Example:
              stamgast staff disable 0198f3b2-5c1e-7a44-9d3e-2f6b8c1d0e5a --reason "left" --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var account: StaffArgument

    @Option(name: .long, help: "Why; kept in the audit log.")
    var reason: String?

    func run() async throws {
        let id = try await options.withHome { home in
            let account = try await account.find(in: home)
            try await home.access.staff.disable(
                account.id, by: .commandLine, reason: reason, now: home.engine.clock.now())
            return account.id.description
        }
        if options.json { Output.result(["disabled": .string(id)]) } else { Output.print("Disabled \(id).") }
    }
}

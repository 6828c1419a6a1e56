import API
import Access
import ArgumentParser
import Loyalty
import Primitives
import Runtime
import Storage
import Vault

struct MembersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "members", abstract: "One member, by your own identifier.",
        subcommands: [MembersFind.self, MembersLink.self, MembersErase.self])
}

/// A member of a programme, by the publisher's identifier.
struct MemberOption: ParsableArguments {
    @OptionGroup var programme: ProgrammeOption

    @Option(name: .long, help: "Your identifier of the person, as events send it.")
    var user: String

    /// - Throws: `ValidationError` when there is no such member; it does not repeat the identifier.
    func find(in home: Home) async throws -> (programme: ProgrammeID, member: MemberID) {
        let programme = try await programme.own(in: home)
        guard let name = ExternalIdentity(.user, user),
            let member = try await home.engine.identities.find(name, programme: programme)
        else { throw ValidationError("The programme has no member of that identifier.") }
        return (programme, member)
    }
}

struct MembersFind: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "find", abstract: "Print a member's pseudonym and what their page shows.",
        discussion: """
            The pseudonym is what addresses of the API, webhooks and the audit log take. That somebody looked is noted \
            in the audit log. In JSON it is what GET /v1/members/{member} answers. Example:
              stamgast members find --user reader-4711 --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var member: MemberOption

    func run() async throws {
        let summary = try await options.withHome { home in
            let (programme, member) = try await member.find(in: home)
            guard let summary = try await home.engine.summary(of: member, in: programme) else {
                throw PipelineProblem.unknownProgramme(programme)
            }
            let entry = AuditEntry(
                programme: programme, at: home.engine.clock.now(), actor: .commandLine, action: "member.find",
                object: "member")
            try await home.database.write { try Audit.append($0, entry) }
            return summary
        }
        if options.json {
            Output.result(MemberDocument.json(summary))
        } else {
            for line in Self.lines(summary) { Output.print(line) }
        }
    }

    private static func lines(_ summary: MemberSummary) -> [String] {
        var lines = [
            "member \(summary.member)", "level \(summary.profile.level.rawValue)",
            "joined \(Primitives.CivilDate(daysSinceEpoch: Int(summary.profile.joinedDay)))",
        ]
        if !summary.tier.isEmpty { lines.append("tier \(summary.tier)") }
        lines += summary.balances.map { balance in
            "balance \(balance.unit): \(balance.spendable) to spend, \(balance.pending) pending, \(balance.held) held"
                + (balance.owed > 0 ? ", \(balance.owed) owed" : "")
        }
        lines += summary.challenges.map { "challenge \($0.challenge): \($0.count) of \($0.target)" }
        lines += summary.badges.sorted { $0.key < $1.key }.map { badge in
            "badge \(badge.key): \(Primitives.CivilDate(daysSinceEpoch: Int(badge.value.day)))"
        }
        return lines
    }
}

struct MembersLink: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Print a link that signs a member in once.",
        discussion: """
            It opens the member's own page and lets its bearer spend their points: send it to nobody else. That a link \
            was made is noted in the audit log. The address is public-url, or where the server listens. Example:
              stamgast members link --user reader-4711 --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var member: MemberOption

    func run() async throws {
        let site = SignInLink.site(try options.configuration())
        let link = try await options.withHome { home in
            let (programme, member) = try await member.find(in: home)
            return try await SignInLink.issue(
                for: .member(programme, member), object: "member", programme: programme, in: home, site: site)
        }
        if options.json { Output.result(.object(link.json)) } else { link.print() }
    }
}

struct MembersErase: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Erase a member and everything that is linked to them.",
        discussion: """
            It cannot be undone. Figures of the programme stay, without the member; whoever comes back under the same \
            identifier is a new member. See docs/guides/erasure.md. Example:
              stamgast members erase --user reader-4711 --yes --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var member: MemberOption

    @Flag(name: .long, help: "Yes, erase; without it nothing is done.")
    var yes = false

    func run() async throws {
        guard yes else { throw ValidationError("Erasing a member cannot be undone. Add --yes to do it.") }
        let erased = try await options.withHome { home in
            let (programme, member) = try await member.find(in: home)
            try await home.erasure.erase(member, in: programme, by: .commandLine)
            return member
        }
        if options.json {
            Output.result(["erased": .string(erased.description)])
        } else {
            Output.print("Erased \(erased).")
        }
    }
}

import ArgumentParser
import Foundation
import Loyalty
import Primitives
import Runtime
import Settings
import Storage
import Vault

struct BackupCommand: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write a consistent copy of both databases, without keys.",
        discussion: """
            DIR must not exist yet. The copy is checked before it gets its name. Keys are left out on purpose: keep a copy \
            of HOME/keys somewhere else, for without them a backup cannot be read. PostgreSQL databases are backed up \
            with pg_dump. Works while a server runs. Example:
              stamgast backup /backups/$(date +%F) --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions

    @Argument(help: "The folder to write.")
    var folder: String

    func run() async throws {
        let folder = Place.path(folder)
        guard !FileManager.default.fileExists(atPath: folder) else {
            throw ValidationError("\(folder) exists already. A backup is never written over.")
        }
        let erased = try await options.withHome { home in
            guard let main = home.database as? SQLiteDatabase, let vault = home.vaultDatabase as? SQLiteDatabase else {
                throw ValidationError("This home is on PostgreSQL: use pg_dump for its databases.")
            }
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            // The vault first: whoever the main database names is then in the vault's copy, too.
            for (name, database) in [("vault", vault), ("main", main)] {
                try await database.backup(to: "\(folder)/\(name).sqlite") { written, total in
                    Output.progress(written >> 10, of: max(1, total >> 10), "KiB of the \(name) database")
                }
            }
            for name in ["stamgast.yaml"] + DemoName.allCases.map(\.file) {
                if let data = FileManager.default.contents(atPath: home.path + "/" + name) {
                    try data.write(to: URL(fileURLWithPath: folder + "/" + name))
                }
            }
            let tombstones = try await home.vault.persons.tombstones()
            try TombstoneFile(folder: folder).write(tombstones)
            try PrivacyBudgetFile(folder: folder).write(try await home.vault.budget.marks())
            return tombstones.count
        }
        if options.json {
            Output.result(["backup": .string(folder), "keys": false, "erased_members": .integer(Int64(erased))])
        } else {
            Output.print(
                "Both databases are in \(folder). Its keys are not: keep a copy of the home's keys folder elsewhere.")
        }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a home from a backup, and check it.",
        discussion: """
            The home must be empty but for its keys folder, which you bring back yourself (or name with --keys). Members \
            who were erased are erased again: from the backup's own list, and from a newer one given with --tombstones; \
            what the backup beside that one says was spent of the privacy budget stays spent. \
            Ends with exit code 1 when the restored home does not verify. Example:
              stamgast restore /backups/2026-11-28 --keys /safe/keys --home /srv/restored
            """)

    @OptionGroup var options: HomeOptions

    @Argument(help: "The folder that `stamgast backup` wrote.")
    var folder: String

    @Option(name: .long, help: "The folder with the home's keys; copied into the home.")
    var keys: String?

    @Option(name: .long, help: "A newer list of erased members: the tombstones.json of a later backup.")
    var tombstones: String?

    func run() async throws {
        let path = try options.configuration()[.home]
        let files = FileManager.default
        for name in ["main.sqlite", "vault.sqlite"] where !files.fileExists(atPath: folder + "/" + name) {
            throw ValidationError("\(folder) is not a backup: there is no \(name).")
        }
        let present = (try? files.contentsOfDirectory(atPath: path))?.filter { $0 != "keys" && $0 != "lock" } ?? []
        guard !present.contains(ControlSocket.name) else {
            throw ValidationError(
                "A running server has the home \(path) open, and a restore replaces all of it: restore into a new one.")
        }
        guard present.isEmpty else {
            throw ValidationError("The home \(path) is not empty. Restore into a new one.")
        }
        try files.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        if let keys { try files.copyItem(atPath: keys, toPath: path + "/keys") }
        guard files.fileExists(atPath: path + "/keys") else {
            throw ValidationError(
                "A backup holds no keys. Put the home's keys folder at \(path)/keys, or name it with --keys.")
        }
        // First: from here on the home cannot be opened without erasing them again.
        let erased =
            (try TombstoneFile(folder: folder).read() ?? [])
            + (try tombstones.map { try TombstoneFile(path: $0).read() ?? [] } ?? [])
        try TombstoneFile(folder: path).write(erased)
        // The newer list of the privacy budget lies beside that of the erased members.
        let spent =
            (try PrivacyBudgetFile(folder: folder).read() ?? [])
            + (try tombstones.map {
                try PrivacyBudgetFile(folder: URL(fileURLWithPath: $0).deletingLastPathComponent().path).read() ?? []
            } ?? [])
        try PrivacyBudgetFile(folder: path).write(spent)
        for name in ["main.sqlite", "vault.sqlite", "stamgast.yaml"] + DemoName.allCases.map(\.file)
        where files.fileExists(atPath: folder + "/" + name) {
            try files.copyItem(atPath: folder + "/" + name, toPath: path + "/" + name)
        }
        var differences: Int64 = 0
        var members: Int64 = 0
        try await options.withHome { home in
            for programme in try await home.programmes() {
                let report = try await Verifier(programme: programme, compiled: home.engine.host[programme])
                    .verify(home.database) { Output.progress(Int($0), of: Int($1), "members checked") }
                differences += report.differenceCount
                members += Int64(report.members)
            }
        }
        if options.json {
            Output.result([
                "members": .integer(members), "differences": .integer(differences),
                "erased_again": .integer(Int64(erased.count)),
            ])
        } else {
            Output.print(
                "Restored \(members) members into \(path); \(differences) differences; \(erased.count) erasures replayed."
            )
        }
        if differences > 0 { throw ExitCode(1) }
    }
}

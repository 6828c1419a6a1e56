import ArgumentParser
import Foundation
import Loyalty
import Primitives
import Runtime

struct ProgrammeNewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Write a starter programme as a folder, filled in and open to nobody yet.",
        discussion: """
            Starters are complete and meant to be changed: newspaper, streaming, podcast, museum, employees, mobility. \
            The folder must not be there yet. Launch it with `pilot:` in programme.yaml, or in the console. No home is \
            needed. Example:
              stamgast programme new my-programme --starter newspaper --id my-post --name "My Post" --language en
            """)

    @Argument(help: "The folder to write.")
    var folder: String

    @Option(
        name: .long,
        help: "What to begin with: \(Starter.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var starter: String

    @Option(name: .long, help: "The programme's name in files and addresses; it never changes.")
    var id: String

    @Option(name: .long, help: "The programme's name for people.")
    var name: String

    @Option(name: .long, help: "A language: en, nl or ja; may be given several times, the fall-back first.")
    var language: [String] = ["en"]

    @Option(name: .long, help: "The time zone of members who have chosen none, as an IANA name.")
    var timezone = "UTC"

    @Option(name: .long, help: "The currency of the books: EUR, GBP, JPY or USD.")
    var currency = "EUR"

    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        guard let kind = Starter.Kind(rawValue: starter) else {
            let known = Starter.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("There is no starter '\(starter)'. There are: \(known).")
        }
        guard let id = ProgrammeID(id) else {
            throw ValidationError("--id takes small letters, digits and hyphens, a letter first, at most 40.")
        }
        guard (1...80).contains(name.count), !name.utf8.contains(where: { $0 < 0x20 }) else {
            throw ValidationError("--name takes 1 to 80 characters on one line.")
        }
        let languages = language.compactMap { Language(rawValue: $0) }
        guard languages.count == language.count, Set(languages).count == languages.count else {
            throw ValidationError("--language takes en, nl or ja, each once.")
        }
        guard timezone == "UTC" || SystemZones().knows(timezone) else {
            throw ValidationError("There is no time zone '\(timezone)'.")
        }
        guard let currency = Starter.Currency(rawValue: currency) else {
            throw ValidationError("--currency takes EUR, GBP, JPY or USD.")
        }
        let path = Place.path(folder)
        guard !FileManager.default.fileExists(atPath: path) else {
            throw ValidationError("\(folder) is there already.")
        }
        let document = try Starter(kind).filled(
            Starter.Answers(id: id, name: name, languages: languages, timeZone: timezone, currency: currency))
        try document.write(to: URL(fileURLWithPath: path))
        if json {
            Output.result(["folder": .string(folder), "programme": .string(id.name)])
        } else {
            Output.print("Written to \(folder). See what it does: stamgast programme test \(folder)")
        }
    }
}

import ArgumentParser
import Loyalty
import Primitives
import Recommending
import Runtime
import Vault

struct EvaluatePrivacy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy", abstract: "The guarantees of persona mode, as attacks with their thresholds.",
        discussion: """
            DIR holds the MovieTweetings ratings and films (ratings.dat and movies.dat, or .gz). Each row is an attack or a \
            count: what was measured, the threshold, the same without protection, and whether it passes. What a data set \
            cannot show is shown by tests, which are named. The noise is drawn from the seed, so a run can be repeated; the \
            server never does so. Example:
              stamgast evaluate privacy --data ../shared/data/movietweetings_100k --seed 1 --json
            """)

    @Option(name: .long, help: "The folder with the ratings and films.")
    var data: String

    @Option(name: .long, help: "Where all chance comes from.")
    var seed: UInt64 = 1

    @Option(name: .long, help: "The least members of a group, several with commas.")
    var k = "100,200"

    @Option(name: .long, help: "Genres to treat as sensitive, with commas.")
    var sensitive = "horror,romance,war"

    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        let data = try EvaluationData.movieTweetings(in: Place.path(data))
        var terms = PrivacyEvaluation.Terms()
        terms.seed = seed
        terms.ks = try k.split(separator: ",").map { part in
            guard let k = Int(part), k >= 2 else { throw ValidationError("--k has \(part): it takes numbers from 2.") }
            return k
        }
        terms.sensitive = sensitive.lowercased().split(separator: ",").map(String.init)
        for name in terms.sensitive where !data.genres.contains(name) {
            throw ValidationError("--sensitive has \(name); the genres are \(data.genres.joined(separator: ", ")).")
        }
        let evaluation = try PrivacyEvaluation(data, terms: terms, progress: Output.say)
        if json { Output.result(evaluation.json) } else { Output.print(evaluation.text) }
    }
}

extension EvaluationData {
    /// The ratings and films of a folder of MovieTweetings.
    static func movieTweetings(in folder: String) throws -> EvaluationData {
        let events = try MovieTweetings.ratings(in: folder)
        let rows = RatedRows(
            try events.map { imported in
                guard case .string(let item)? = imported.event.fields["item"], let user = imported.person?.value else {
                    throw ValidationError("A rating in \(folder) names no item or no user.")
                }
                return (user, item, imported.event.time.seconds)
            })
        let films = try MovieTweetings.films(in: folder)
        return EvaluationData(
            rows: rows, films: Dictionary(films.map { ($0.id, $0.genres) }, uniquingKeysWith: { first, _ in first }))
    }
}

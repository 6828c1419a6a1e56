import ArgumentParser
import Primitives
import Recommending

struct EvaluateQuality: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quality", abstract: "How good recommendations are, and how fast.",
        discussion: """
            DIR holds the MovieTweetings ratings (ratings.dat or ratings.dat.gz). Two tables: a static split, the first \
            80 % to train and the rest to test, and each of the last 20 % predicted from all before it. Times are of \
            this machine and this run. EASE inverts a matrix of all items, which takes most of the time: --no-ease leaves \
            it out. Then the levels of profiling, from off to personal, by k and by ε: recall@20 and NDCG@100, what is kept of \
            the personal level and of its gain over popularity, and beside each what it costs in privacy. Example:
              stamgast evaluate quality --data ../shared/data/movietweetings_100k --json
            """)

    @Option(name: .long, help: "The folder with the ratings.")
    var data: String

    @Flag(name: .long, inversion: .prefixedNo, help: "Whether EASE is measured, too.")
    var ease = true

    @Option(name: .long, help: "Where the chance of the levels comes from.")
    var seed: UInt64 = 1

    @Flag(name: .long, help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        let data = try EvaluationData.movieTweetings(in: Place.path(data))
        let report = try QualityReport(data.rows, ease: ease)
        var terms = LevelEvaluation.Terms()
        terms.seed = seed
        let levels = try LevelEvaluation(data, terms: terms, progress: Output.say)
        if json {
            var whole = report.json
            whole["levels"] = levels.json
            Output.result(whole)
        } else {
            Output.print(report.text + "\n\n" + levels.text)
        }
    }
}

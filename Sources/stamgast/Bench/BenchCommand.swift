import ArgumentParser
import Foundation
import Primitives

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure, each figure beside the machine's own limit in the same run.",
        discussion: """
            Figures of one run belong together: compare ratios, not absolutes, between machines. Build with \
            `swift build -c release` first, with the product stamgast-limit beside it.
            """,
        subcommands: [BenchAll.self, BenchLoyalty.self, BenchPages.self], defaultSubcommand: BenchAll.self)
}

/// What every set of figures is asked with.
struct BenchOptions: ParsableArguments {
    @Flag(name: .long, help: "Less of everything; ends within a minute.")
    var quick = false

    @Flag(name: .long, help: "Print a list of {name, value, unit, limit, ratio} as JSON.")
    var json = false

    @Option(name: .long, help: "Only figures whose name starts with this.")
    var only: String = ""

    @Option(name: .long, help: "Where the databases of the benchmark are made: use the disk that matters.")
    var folder: String?

    /// Makes a folder for the databases, measures, prints each figure as soon as it is there, and removes the folder.
    func run(_ body: (_ place: String, _ limit: LimitProgram?, _ board: BenchBoard) async throws -> Void) async throws {
        let place = (folder ?? NSTemporaryDirectory()) + "/stamgast-bench-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place) }
        let limit = LimitProgram()
        if limit == nil { Output.say("stamgast-limit is not beside this program: figures come without their limit.") }
        let board = BenchBoard(only: only, json: json)
        try await body(place, limit, board)
        if json { Output.result(.array(board.results.map(\.json))) }
    }
}

/// The figures of one run.
final class BenchBoard {
    private let only: String
    private let json: Bool
    private(set) var results: [BenchResult] = []

    init(only: String, json: Bool) {
        self.only = only
        self.json = json
    }

    /// Measures several figures whose names start alike, unless others were asked for.
    func measureAll(_ name: String, _ body: () async throws -> [BenchResult]) async throws {
        guard name.hasPrefix(only) || only.hasPrefix(name) else { return }
        for result in try await body() {
            results.append(result)
            if json { Output.say(result.line) } else { print(result.line) }
        }
    }

    func measure(_ name: String, _ body: () async throws -> BenchResult) async throws {
        try await measureAll(name) { [try await body()] }
    }
}

struct BenchAll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "all", abstract: "Every figure of the spine: CEL, ingest, postings, latency, memory.",
        discussion: """
            Give --folder on the disk that matters. Example:
              stamgast bench all --quick --json
            """)

    @OptionGroup var options: BenchOptions

    func run() async throws {
        try await options.run { place, limit, board in
            try await measure(in: place, limit, board)
        }
    }

    private func measure(in place: String, _ limit: LimitProgram?, _ board: BenchBoard) async throws {
        let quick = options.quick
        let engine = EngineBench(folder: place, quick: quick, limit: limit)
        if let limit {
            try await board.measure("disk.fsync") {
                let outcome = try limit.fsync(in: place, seconds: quick ? 1 : 5)
                return BenchResult(name: "disk.fsync", value: outcome.fsyncs / outcome.seconds, unit: "syncs/s")
            }
        }
        try await board.measure("cel.eval.five_conditions") { try await CELBench.run(quick: quick) }
        try await board.measure("engine.decide.rules1000.p99") { try engine.decide() }
        for count in quick ? [1, 1_000] : [1, 100, 1_000] {
            try await board.measure("ledger.postings.batch\(count)") { try await engine.postings(perCommit: count) }
        }
        try await board.measure("ingest.engine.batch20.rules20") {
            try await engine.ingest(rules: 20, perRequest: 20, concurrency: 64)
        }
        try await board.measure("ingest.engine.single.rules20") {
            try await engine.ingest(rules: 20, perRequest: 1, concurrency: 256)
        }
        let http = HTTPBench(folder: place, quick: quick, limit: limit)
        for rules in quick ? [20] : [0, 20, 1_000] {
            try await board.measure("ingest.http.batch20.rules\(rules)") {
                try await http.ingest(rules: rules, perRequest: 20, connections: 64)
            }
            try await board.measure("ingest.http.single.rules\(rules)") {
                try await http.ingest(rules: rules, perRequest: 1, connections: 256)
            }
        }
        for rate in quick ? [1_000] : [1_000, 3_000] {
            try await board.measureAll("ingest.http.single.open\(rate).p99") {
                try await http.openLoop(perSecond: Double(rate))
            }
        }
        try await board.measureAll("memory") { try await http.memory() }
    }
}

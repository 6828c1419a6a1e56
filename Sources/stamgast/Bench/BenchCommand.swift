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
        subcommands: [BenchAll.self], defaultSubcommand: BenchAll.self)
}

struct BenchAll: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "all", abstract: "Every figure.",
        discussion: """
            Give --folder on the disk that matters. Example:
              stamgast bench all --quick --json
            """)

    @Flag(name: .long, help: "Less of everything; ends within a minute.")
    var quick = false

    @Flag(name: .long, help: "Print a list of {name, value, unit, limit, ratio} as JSON.")
    var json = false

    @Option(name: .long, help: "Only figures whose name starts with this.")
    var only: String = ""

    @Option(name: .long, help: "Where the databases of the benchmark are made: use the disk that matters.")
    var folder: String?

    func run() async throws {
        let base = folder ?? NSTemporaryDirectory()
        let place = base + "/stamgast-bench-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place) }
        var results: [BenchResult] = []
        let limit = LimitProgram()
        if limit == nil { Output.say("stamgast-limit is not beside this program: figures come without their limit.") }
        func measureAll(_ name: String, _ body: () async throws -> [BenchResult]) async throws {
            guard name.hasPrefix(only) else { return }
            for result in try await body() {
                results.append(result)
                if json { Output.say(result.line) } else { print(result.line) }
            }
        }
        func measure(_ name: String, _ body: () async throws -> BenchResult) async throws {
            try await measureAll(name) { [try await body()] }
        }
        let engine = EngineBench(folder: place, quick: quick, limit: limit)
        if let limit {
            try await measure("disk.fsync") {
                let outcome = try limit.fsync(in: place, seconds: quick ? 1 : 5)
                return BenchResult(name: "disk.fsync", value: outcome.fsyncs / outcome.seconds, unit: "syncs/s")
            }
        }
        try await measure("cel.eval.five_conditions") { try await CELBench.run(quick: quick) }
        try await measure("engine.decide.rules1000.p99") { try engine.decide() }
        for count in quick ? [1, 1_000] : [1, 100, 1_000] {
            try await measure("ledger.postings.batch\(count)") { try await engine.postings(perCommit: count) }
        }
        try await measure("ingest.engine.batch20.rules20") {
            try await engine.ingest(rules: 20, perRequest: 20, concurrency: 64)
        }
        try await measure("ingest.engine.single.rules20") {
            try await engine.ingest(rules: 20, perRequest: 1, concurrency: 256)
        }
        let http = HTTPBench(folder: place, quick: quick, limit: limit)
        for rules in quick ? [20] : [0, 20, 1_000] {
            try await measure("ingest.http.batch20.rules\(rules)") {
                try await http.ingest(rules: rules, perRequest: 20, connections: 64)
            }
            try await measure("ingest.http.single.rules\(rules)") {
                try await http.ingest(rules: rules, perRequest: 1, connections: 256)
            }
        }
        for rate in quick ? [1_000] : [1_000, 3_000] {
            try await measureAll("ingest.http.single.open\(rate).p99") {
                try await http.openLoop(perSecond: Double(rate))
            }
        }
        try await measureAll("memory") { try await http.memory() }
        if json { Output.result(.array(results.map(\.json))) }
    }
}

import API
import ArgumentParser
import Catalogue
import Foundation
import Loyalty
import Primitives
import Runtime
import Settings

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring in a history of events, or what the catalogue is to hold.",
        discussion: """
            Histories are replayed on event time through the same pipeline as HTTP: every event counts as of its own moment, \
            in the order of time, whatever their order in the file. Importing twice changes nothing. Rows that do not fit \
            are named with line and column; events whose fields do not fit go into quarantine. Files may be gzip.
            """,
        subcommands: [
            CSVImport.self, EventsImport.self, ItemsImport.self, FeedImport.self, MovieTweetingsImport.self,
        ])
}

struct CSVImport: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "csv", abstract: "Replay a file of comma-separated values, as a mapping says.",
        discussion: """
            The mapping is YAML: which column names the person, what happened and when, and which columns are fields.
              source: shop
              user: customer
              type: purchase.made
              time: { column: bought_at, format: dd-MM-yyyy HH:mm, zone: Europe/Amsterdam }
              id: order
              fields:
                amount_cents: { column: price, decimal: ",", multiply: 100 }
            Then:
              stamgast import csv orders.csv.gz --mapping orders.yaml --home /srv/regulars
            Files of millions of rows are put in order on the home's disk with 64 MiB of memory. See docs/guides/import.md.
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption
    @OptionGroup var settings: ImportOptions

    @Argument(help: "The file.")
    var file: String

    @Option(name: .long, help: "The mapping (YAML or JSON).")
    var mapping: String

    func run() async throws {
        _ = try settings.end()
        let report = try await options.withHome { home in
            let id = try await programme.own(in: home)
            guard let compiled = home.engine.host[id] else { throw PipelineProblem.unknownProgramme(id) }
            let mapping = try MappingFileProblem.read(mapping) { value throws(MappingProblem) in
                try EventMapping(document: value)
            }
            let chunks = try FileChunks(path: Place.path(file))
            let source = try CSVEvents(
                chunks.chunks, mapping: mapping, programme: compiled, offsets: home.engine.zones)
            return try await settings.run(source, of: chunks, into: id, of: home)
        }
        options.report(report)
    }
}

struct EventsImport: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Replay a file of JSON lines: CloudEvents, or Segment messages.",
        discussion: """
            One event, or one batch of them, a line, as POST /v1/events and /v1/batch take them; identify and alias join \
            persons in their time. Example:
              stamgast simulate --people 100 --days 7 > week.ndjson
              stamgast import events week.ndjson --programme avondpost --home /tmp/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption
    @OptionGroup var settings: ImportOptions

    @Argument(help: "The file.")
    var file: String

    func run() async throws {
        _ = try settings.end()
        let report = try await options.withHome { home in
            let id = try await programme.own(in: home)
            guard let compiled = home.engine.host[id] else { throw PipelineProblem.unknownProgramme(id) }
            let chunks = try FileChunks(path: Place.path(file))
            let source = EventLines(chunks.chunks, programme: compiled)
            return try await settings.run(source, of: chunks, into: id, of: home)
        }
        options.report(report)
    }
}

struct ItemsImport: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "items", abstract: "Put a file of items into the catalogue.",
        discussion: """
            .csv and .tsv are read with a mapping (without one the columns are called as the fields), .json is the body of \
            PUT /v1/items, .ndjson and .jsonl hold one item a line; each may be gzip. What is in order is taken, the rest is \
            named. In the report `accepted` are items that are new or changed, `duplicates` were there as they are. Example:
              stamgast import items articles.csv --mapping articles.yaml --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    @Argument(help: "The file.")
    var file: String

    @Option(name: .long, help: "The mapping of a CSV file (YAML or JSON).")
    var mapping: String?

    @Option(name: .long, help: "Write every fault to this file, one JSON object a line.")
    var problems: String?

    enum Form: String, ExpressibleByArgument, CaseIterable { case csv, json, ndjson }

    @Option(name: .long, help: "csv, json or ndjson; else the file's name says.")
    var form: Form?

    func run() async throws {
        let report = try await options.withHome { home in
            try await put(into: home.catalogue.store, try await programme.own(in: home), now: home.engine.clock.now())
        }
        options.report(report, "members")
    }

    private func put(into store: CatalogueStore, _ programme: ProgrammeID, now: Instant) async throws -> ImportReport {
        let chunks = try FileChunks(path: Place.path(file))
        let rows = try rows(chunks)
        let log = try ProblemLog(path: problems.map { Place.path($0) })
        var bar = ProgressBar("read", total: chunks.size)
        var report = ImportReport()
        var batch: [ItemDraft] = []
        func flush() async throws {
            let result = try await store.putAcceptable(programme, batch, now: now)
            report.accepted += Int64(result.created + result.filled + result.updated)
            report.duplicates += Int64(result.unchanged)
            report.quarantined += Int64(Set(result.faults.map(\.index)).count)
            for fault in result.faults { log.add(fault) }
            batch.removeAll(keepingCapacity: true)
            bar.show(chunks.position)
            try Task.checkCancellation()
        }
        while let row = rows.next() {
            switch row {
            case .item(let draft): batch.append(draft)
            case .faults(let faults):
                report.quarantined += 1
                for fault in faults { log.add(fault) }
            }
            if batch.count == store.limits.itemsPerCall { try await flush() }
        }
        try await flush()
        try log.finish()
        return report
    }

    private func rows(_ chunks: FileChunks) throws -> AnyIterator<ItemRow> {
        switch try form ?? Self.form(of: file) {
        case .csv:
            let mapping = try mapping.map { path in
                try MappingFileProblem.read(path) { value throws(MappingProblem) in try ItemMapping(document: value) }
            }
            return ItemImport.csv(chunks.chunks, mapping: mapping ?? .standard)
        case .json: return ItemImport.json(try JSONValue(parsing: try chunks.contents(limit: 256 << 20)))
        case .ndjson: return ItemImport.jsonLines(chunks.chunks)
        }
    }

    private static func form(of file: String) throws -> Form {
        let name = file.hasSuffix(".gz") ? String(file.dropLast(3)) : file
        switch name.split(separator: ".").last?.lowercased() {
        case "csv", "tsv", "txt": return .csv
        case "json": return .json
        case "ndjson", "jsonl": return .ndjson
        default: throw ValidationError("The file's name does not say what it holds: give --form csv, json or ndjson.")
        }
    }
}

struct FeedImport: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "feed", abstract: "Put what an RSS, Atom or JSON Feed offers into the catalogue, once.",
        discussion: """
            FEED is a file or an address. For a feed that is to be followed see PUT /v1/feeds/{feed}. Examples:
              stamgast import feed https://example.org/podcast.xml --home /srv/regulars
              stamgast import feed archive.xml --programme avondpost --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    @Argument(help: "The file, or the http or https address.")
    var feed: String

    @Flag(
        name: .customLong("allow-private-addresses"),
        help: "Also read from this machine and its own network, which feeds of strangers may not reach.")
    var allowsPrivateAddresses = false

    func run() async throws {
        let report = try await options.withHome { home in
            let id = try await programme.own(in: home)
            let store = home.catalogue.store
            let feed = try await read(limits: store.limits)
            let result = try await store.put(id, feed, now: home.engine.clock.now())
            let log = try ProblemLog(path: nil)
            for fault in feed.faults + result.faults { log.add(fault) }
            try log.finish()
            var report = ImportReport()
            report.accepted = Int64(result.created + result.filled + result.updated)
            report.duplicates = Int64(result.unchanged)
            report.quarantined = Int64(feed.faults.count + Set(result.faults.map(\.index)).count)
            return report
        }
        options.report(report)
    }

    private func read(limits: CatalogueLimits) async throws -> Feed {
        let reader = FeedReader(catalogueLimits: limits)
        guard let url = WebAddress(feed) else {
            return try reader.read(try FileChunks(path: Place.path(feed)).contents(limit: FeedReader.Limits().bytes))
        }
        let fetcher = HTTPFeedFetcher(allowsPrivateAddresses ? .anywhere : .publicInternet)
        guard case .document(let document) = try await fetcher.fetch(FeedRequest(url: url)) else {
            throw ImportProblem("The feed answers without a document", fix: "Try again later")
        }
        return try reader.read(document.bytes, contentType: document.contentType, base: document.address)
    }
}

struct MovieTweetingsImport: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "movietweetings",
        abstract: "Replay the MovieTweetings ratings through the pipeline.",
        discussion: """
            DIR holds ratings.dat and movies.dat (or .gz). The programme `movietweetings` is put in force if the home \
            does not have it yet. Importing twice changes nothing. Example:
              stamgast import movietweetings movietweetings_100k --home /tmp/ratings --json
            """)

    @OptionGroup var options: HomeOptions

    @Argument(help: "The folder with ratings.dat and movies.dat.")
    var folder: String

    @Option(name: .customLong("as-of"), help: "Carry out the calendar up to this time (RFC 3339); else the last event.")
    var asOf: String?

    func run() async throws {
        let end = try asOf.map { text in
            guard let instant = RFC3339.parse(text) else {
                throw ValidationError("--as-of takes a time such as 2013-09-01T00:00:00Z.")
            }
            return instant
        }
        let events = try MovieTweetings.ratings(in: Place.path(folder))
        let report = try await options.withHome { home in
            let programme = try await home.install(demo: "movietweetings")
            var bar = ProgressBar("ratings", total: events.count)
            return try await Importer(home: home, programme: programme).run(events, asOf: end) { bar.show($0) }
        }
        options.report(report)
    }
}

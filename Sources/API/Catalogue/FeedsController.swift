import Catalogue
import Primitives

/// The feeds that a programme follows. What they offer comes into the catalogue on their schedule.
struct FeedsController: Sendable {
    let feeds: FeedSchedule
    let idempotency: Idempotency

    func list(_ call: Call) async throws -> Reply {
        let page = try Page(call.query)
        let all = try await feeds.feeds(try call.programme)
        let rest = page.after.map { after in all.drop { $0.source.id <= after } } ?? all[...]
        let part = Array(rest.prefix(page.limit))
        return ListReply.json(part, next: rest.count > page.limit ? part.last?.source.id : nil) {
            Self.write($0, into: &$1)
        }
    }

    func get(_ call: Call) async throws -> Reply {
        guard let feed = try await find(call["feed"], try call.programme) else { throw Problem.notFound("feed") }
        return .json { Self.write(feed, into: &$0) }
    }

    /// The names of feeds over HTTP.
    static let namePattern = "^[a-z0-9][a-z0-9-]{0,63}$"

    private static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let isWord = { (byte: UInt8) in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        return (1...64).contains(bytes.count) && isWord(bytes[0])
            && bytes.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
    }

    func put(_ call: Call) async throws -> Reply {
        guard Self.isName(call["feed"]) else {
            throw Problem.invalid("id", "Use 1 to 64 small letters, digits and hyphens.")
        }
        let body = try call.json()
        var fields = try Fields(body)
        let url = fields.text("url", required: true, limit: 2_048) ?? ""
        let seconds = fields.integer(
            "interval_seconds", in: Int64(FeedSource.minimumSeconds)...Int64(FeedSource.maximumSeconds))
        let isEnabled = fields.flag("enabled") ?? true
        let defaults = fields.value("defaults")
        try fields.finish()
        let source = try FeedSource(
            id: call["feed"], url: url, intervalSeconds: seconds.map { Int($0) } ?? 900, isEnabled: isEnabled,
            defaults: try defaults.map { try FeedDefaults(document: $0) } ?? FeedDefaults())
        let programme = try call.programme
        return try await idempotency.once(call, body: body) {
            let isNew = try await find(source.id, programme) == nil
            try await feeds.put(programme, source, now: call.now)
            guard let feed = try await find(source.id, programme) else { throw Problem.notFound("feed") }
            return .json(isNew ? 201 : 200) { Self.write(feed, into: &$0) }
        }
    }

    func delete(_ call: Call) async throws -> Reply {
        let (programme, id) = (try call.programme, call["feed"])
        return try await idempotency.once(call, body: nil) {
            guard try await feeds.remove(programme, id: id) else { throw Problem.notFound("feed") }
            return .noContent
        }
    }

    private func find(_ id: String, _ programme: ProgrammeID) async throws -> FeedStatus? {
        try await feeds.feeds(programme).first { $0.source.id == id }
    }

    private static func write(_ feed: FeedStatus, into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("id", feed.source.id)
        writer.member("url", feed.source.url.text)
        writer.member("interval_seconds", feed.source.intervalSeconds)
        writer.member("enabled", feed.source.isEnabled)
        writer.member("defaults", feed.source.defaults.document)
        writer.member("next_run_at", RFC3339.format(feed.nextRunAt))
        MemberDocument.write("last_run_at", feed.lastRunAt, into: &writer)
        writer.key("last_outcome")
        if let outcome = feed.lastOutcome { writer.string(outcome) } else { writer.null() }
        writer.member("failures", feed.failures)
        writer.endObject()
    }
}

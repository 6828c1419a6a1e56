import Primitives

/// Reads requests of the Segment HTTP API: one message, or a batch of them.
enum SegmentBatchReader {
    struct Batch: Sendable {
        var messages: [JSONValue] = []
        var sentAt: Instant?
        /// The size of the largest message in bytes.
        var largest = 0
    }

    /// - Throws: `.wrongKind` if it is no object.
    static func batch(_ reader: inout JSONReader) throws(JSONProblem) -> Batch? {
        var batch: Batch?
        var sentAt: Instant?
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "batch":
                guard try reader.peek() == .array else { break }
                var found = Batch()
                try reader.beginArray()
                while try reader.nextElement() {
                    let start = reader.offset
                    found.messages.append(try reader.value())
                    found.largest = max(found.largest, reader.offset - start)
                }
                batch = found
            case "sentAt":
                if try reader.peek() == .string { sentAt = RFC3339.parse(try reader.string()) }
            // `writeKey`, `context`, `integrations`: nothing of ours.
            default: break
            }
        }
        batch?.sentAt = sentAt
        return batch
    }
}

import Primitives

/// Reads CloudEvents in the JSON format, straight from the bytes into what the engine takes.
struct CloudEventReader {
    /// The time of events that have none.
    let received: Instant

    /// Reads the value that comes next as one event. A wrong kind somewhere is the event's own problem; what is no JSON
    /// is thrown.
    func read(_ reader: inout JSONReader) throws(JSONProblem) -> EventAttributes.Outcome {
        guard try reader.peek() == .object else {
            try reader.skip()
            return .refused(id: "", [Problem.FieldError("", "An event is a JSON object.")])
        }
        var attributes = EventAttributes()
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "specversion": attributes.specversion = try text("specversion", &reader, &attributes)
            case "id": attributes.id = try text("id", &reader, &attributes)
            case "source": attributes.source = try text("source", &reader, &attributes)
            case "type": attributes.type = try text("type", &reader, &attributes)
            case "subject": attributes.subject = try text("subject", &reader, &attributes)
            case "time": attributes.time = try text("time", &reader, &attributes)
            case "channel": attributes.channel = try text("channel", &reader, &attributes)
            case "anonymousid": attributes.anonymousID = try text("anonymousid", &reader, &attributes)
            case "pass": attributes.pass = try text("pass", &reader, &attributes)
            case "traceless":
                switch try reader.value() {
                case .bool(let flag): attributes.isTraceless = flag
                case .null: break
                default: attributes.fault("traceless", "Send true or false.")
                }
            case "datacontenttype": attributes.dataMediaType = try text("datacontenttype", &reader, &attributes)
            case "data":
                switch try reader.value() {
                case .object(let fields): attributes.fields = fields
                case .null: break
                default: attributes.fault("data", "Data must be a JSON object of the event's fields.")
                }
            case "data_base64":
                guard try !reader.nullIfPresent() else { break }
                attributes.fault("data_base64", "Send `data` as a JSON object.")
            // `dataschema` and extensions that nobody here knows.
            default: break
            }
        }
        return attributes.outcome(received: received)
    }

    /// A text; `nil` for `null`, which counts as absent (JSON format, section 2.2).
    private func text(
        _ field: String, _ reader: inout JSONReader, _ attributes: inout EventAttributes
    ) throws(JSONProblem) -> String? {
        switch try reader.peek() {
        case .string: return try reader.string()
        case .null: try reader.null()
        default:
            try reader.skip()
            attributes.fault(field, "Send a text.")
        }
        return nil
    }

    /// Reads a batch.
    ///
    /// - Throws: `.wrongKind` if it is no array.
    func readBatch(_ reader: inout JSONReader, limit: Int) throws(JSONProblem) -> Batch {
        var outcomes: [EventAttributes.Outcome] = []
        try reader.beginArray()
        while try reader.nextElement() {
            guard outcomes.count < limit else { return .tooMany }
            outcomes.append(try read(&reader))
        }
        return .events(outcomes)
    }

    enum Batch: Sendable {
        case events([EventAttributes.Outcome])
        case tooMany
    }
}

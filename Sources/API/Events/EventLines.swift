public import Catalogue
public import Loyalty
import Primitives
public import Runtime

/// Events from a file of JSON lines: CloudEvents 1.0, one or a batch a line, and messages of the Segment HTTP API, as their
/// exports and `stamgast simulate` have them. They are read by what reads requests, so they mean the same.
public struct EventLines: ImportSource {
    private let programme: CompiledProgramme
    private var lines: LineReader
    private var waiting: [ImportedRow] = []

    public init(_ chunks: ByteChunks, programme: CompiledProgramme) {
        self.programme = programme
        lines = LineReader(chunks)
    }

    public mutating func next() throws -> ImportedRow? {
        while waiting.isEmpty {
            switch lines.next() {
            case nil: return nil
            case .broken(let problem)?: throw problem
            case .text(let bytes, let line)?: waiting = rows(bytes, line).reversed()
            }
        }
        return waiting.removeLast()
    }

    private func rows(_ bytes: [UInt8], _ line: Int) -> [ImportedRow] {
        let value: JSONValue
        do throws(JSONProblem) {
            value = try JSONValue(parsing: bytes)
        } catch {
            return [
                .refused([
                    RowProblem(
                        line: line, column: "column \(error.column)", problem: "\(error.reason)",
                        fix: "Write one JSON object a line")
                ])
            ]
        }
        if let batch = value.arrayValue { return batch.map { row($0, line, sentAt: nil) } }
        if let batch = value["batch"]?.arrayValue {
            return batch.map { row($0, line, sentAt: value["sentAt"]?.stringValue.flatMap { RFC3339.parse($0) }) }
        }
        return [row(value, line, sentAt: value["sentAt"]?.stringValue.flatMap { RFC3339.parse($0) })]
    }

    private func row(_ value: JSONValue, _ line: Int, sentAt: Instant?) -> ImportedRow {
        value["specversion"] == nil ? segment(value, line) : cloudEvent(value, line)
    }

    private func refusal(_ line: Int, _ field: String, _ detail: String) -> ImportedRow {
        .refused([RowProblem(line: line, column: field, problem: "it cannot be taken", fix: detail.withoutFullStop)])
    }

    private func cloudEvent(_ value: JSONValue, _ line: Int) -> ImportedRow {
        // What has no time has no place in a history.
        guard value["time"]?.stringValue != nil else {
            return refusal(line, "time", "Write when it happened, as in 2026-11-21T20:15:00Z")
        }
        let outcome: EventAttributes.Outcome
        do throws(JSONProblem) {
            let bytes = value.bytes()
            var reader = JSONReader(bytes.span)
            outcome = try CloudEventReader(received: .earliest).read(&reader)
        } catch {
            return refusal(line, "", "Write one JSON object a line")
        }
        switch outcome {
        case .refused(_, let faults):
            return .refused(
                faults.map {
                    RowProblem(
                        line: line, column: $0.field, problem: "it cannot be taken", fix: $0.detail.withoutFullStop)
                })
        case .event(let envelope, _):
            return .entry(.event(ImportedEvent(person: envelope.user ?? envelope.anonymous, event: envelope.event)))
        }
    }

    private func segment(_ value: JSONValue, _ line: Int) -> ImportedRow {
        let message: SegmentMessage
        do throws(Problem) {
            message = try SegmentMessage(value, kind: nil)
        } catch {
            return refusal(line, error.errors.first?.field ?? "", error.errors.first?.detail ?? error.detail)
        }
        // The sender's clock is not put right: nobody knows any more how far it was off.
        guard let time = message.timestamp else {
            return refusal(line, "timestamp", "Write when it happened, as in 2026-11-21T20:15:00Z")
        }
        switch message.kind {
        case .group: return .ignored
        case .identify, .alias:
            guard let subject = message.user ?? message.anonymous else { return .ignored }
            let traits = SegmentTraits(message.traits, programme: programme.programme)
            let previous = message.kind == .alias ? message.previous : message.user == nil ? nil : message.anonymous
            return .entry(
                .link(
                    ImportedLink(
                        id: message.messageID, time: time, subject: subject, previous: previous, change: traits.change,
                        personal: traits.personal)))
        case .track, .page, .screen:
            let isTrack = message.kind == .track
            let name = isTrack ? message.event : message.kind.rawValue
            let type = SegmentNames.eventType(name, in: programme.eventTypes)
            guard type != nil || isTrack else { return .ignored }
            guard let id = message.messageID else {
                return refusal(line, "messageId", "Write what tells the message from all others")
            }
            let fields = type.map { SegmentNames.fields(message.properties, of: $0).fields } ?? message.properties
            return .entry(
                .event(
                    ImportedEvent(
                        person: message.user ?? message.anonymous,
                        event: IncomingEvent(
                            source: SegmentController.source, id: id, type: type?.declaration.id ?? name, time: time,
                            channel: message.channel, fields: fields))))
        }
    }
}

extension String {
    fileprivate var withoutFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}

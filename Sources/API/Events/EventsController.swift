import Loyalty
import NIOCore
import Primitives
import Runtime

/// `POST /v1/events`: CloudEvents 1.0 over HTTP.
struct EventsController: Sendable {
    static let structured = "application/cloudevents+json"
    static let batched = "application/cloudevents-batch+json"

    let engine: Runtime.Engine
    let wording: EffectWording
    let limit: Int

    func take(_ call: Call) async throws -> Reply {
        let outcomes = try read(call)
        var envelopes: [EventEnvelope] = []
        envelopes.reserveCapacity(outcomes.count)
        for case .event(let envelope) in outcomes { envelopes.append(envelope) }
        if envelopes.isEmpty, !outcomes.isEmpty { throw refusal(outcomes) }
        let programme = try call.programme
        let results = envelopes.isEmpty ? [] : try await engine.take(envelopes, in: programme, now: nil)
        let isTold = results.contains { !$0.effects.isEmpty }
        return EventAnswer.reply(
            outcomes, results,
            texts: isTold ? wording.texts(programme, acceptLanguage: call.acceptLanguage) : nil)
    }

    private func read(_ call: Call) throws(Problem) -> [EventAttributes.Outcome] {
        let reader = CloudEventReader(received: call.now)
        switch call.mediaType {
        case Self.structured: return [try one(call, reader)]
        case Self.batched: return try several(call, reader)
        case _ where call.mediaType.hasPrefix("application/cloudevents"):
            throw Problem(.unsupportedMediaType, "CloudEvents are taken in the JSON format.")
        case _ where CloudEventHeaders.areThere(call.headers): return [try CloudEventHeaders.read(call)]
        case "application/json": return isArray(call) ? try several(call, reader) : [try one(call, reader)]
        default:
            throw Problem(
                .unsupportedMediaType,
                "Send \(Self.structured), \(Self.batched) or application/json, or the attributes as ce- headers.")
        }
    }

    private func one(_ call: Call, _ reader: CloudEventReader) throws(Problem) -> EventAttributes.Outcome {
        try call.body.readingJSON(maximumDepth: call.maximumDepth) { json throws(JSONProblem) in
            try reader.read(&json)
        }
    }

    private func several(_ call: Call, _ reader: CloudEventReader) throws(Problem) -> [EventAttributes.Outcome] {
        let batch = try call.body.readingBatch(maximumDepth: call.maximumDepth, limit: limit, reader)
        switch batch {
        case .events(let outcomes): return outcomes
        case .tooMany:
            throw Problem(.contentTooLarge, "One request takes at most \(limit) events. Send several requests.")
        }
    }

    private func isArray(_ call: Call) -> Bool {
        call.body.readableBytesView.first {
            $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\t")
        } == UInt8(ascii: "[")
    }

    /// No event of the request can be taken: then the request as a whole is refused.
    private func refusal(_ outcomes: [EventAttributes.Outcome]) -> Problem {
        var errors: [Problem.FieldError] = []
        for (index, outcome) in outcomes.enumerated() {
            guard case .refused(_, let faults) = outcome else { continue }
            for fault in faults {
                let field = outcomes.count == 1 ? fault.field : "[\(index)].\(fault.field)"
                errors.append(Problem.FieldError(field, fault.detail))
            }
            if errors.count >= 50 { break }
        }
        return .invalid(errors)
    }
}

extension ByteBuffer {
    /// As ``readingJSON(maximumDepth:_:)``, but a batch that is too long ends at once instead of being read to its end.
    fileprivate func readingBatch(
        maximumDepth: Int, limit: Int, _ reader: CloudEventReader
    ) throws(Problem) -> CloudEventReader.Batch {
        let result: Result<CloudEventReader.Batch, JSONProblem> = withUnsafeReadableBytes { bytes in
            var json = JSONReader(bytes.bytes, maximumDepth: maximumDepth)
            do throws(JSONProblem) {
                let batch = try reader.readBatch(&json, limit: limit)
                if case .events = batch { try json.finish() }
                return .success(batch)
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let batch): return batch
        case .failure(let problem): throw Problem(problem)
        }
    }
}

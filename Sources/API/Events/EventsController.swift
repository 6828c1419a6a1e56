import Access
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
    let speaker: Speaker
    let limit: Int

    func take(_ call: Call) async throws -> Reply {
        var (outcomes, isBatch) = try read(call)
        var envelopes: [EventEnvelope] = []
        envelopes.reserveCapacity(outcomes.count)
        for index in outcomes.indices {
            guard case .event(var envelope, let pass) = outcomes[index] else { continue }
            if let key = call.key, pass != nil || key.kind != .live {
                switch try await speaker.verdict(user: envelope.user, pass: pass, key: key, now: call.now) {
                case .may(let member): envelope.member = member
                case .mayNot(let fault):
                    if !isBatch { throw Problem(.passRefused, "Correct what `errors` names.", errors: [fault]) }
                    outcomes[index] = .refused(id: envelope.event.id, [fault])
                    continue
                }
            }
            envelopes.append(envelope)
        }
        if !isBatch, case .refused(_, let faults) = outcomes.first { throw Problem.invalid(faults) }
        let programme = try call.programme
        let results = envelopes.isEmpty ? [] : try await engine.take(envelopes, in: programme, now: nil)
        let isTold = results.contains { !$0.effects.isEmpty }
        return EventAnswer.reply(
            outcomes, results,
            texts: isTold ? wording.texts(programme, acceptLanguage: call.acceptLanguage) : nil)
    }

    private func read(_ call: Call) throws(Problem) -> (outcomes: [EventAttributes.Outcome], isBatch: Bool) {
        let reader = CloudEventReader(received: call.now)
        switch call.mediaType {
        case Self.structured: return ([try one(call, reader)], false)
        case Self.batched: return (try several(call, reader), true)
        case _ where call.mediaType.hasPrefix("application/cloudevents"):
            throw Problem(.unsupportedMediaType, "CloudEvents are taken in the JSON format.")
        case _ where CloudEventHeaders.areThere(call.headers): return ([try CloudEventHeaders.read(call)], false)
        case "application/json" where isArray(call): return (try several(call, reader), true)
        case "application/json": return ([try one(call, reader)], false)
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

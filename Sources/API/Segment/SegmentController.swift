import Access
import Loyalty
import NIOCore
import Primitives
import Runtime
import Storage
import Vault

/// The Segment HTTP API, so that its client libraries work unchanged against this server.
struct SegmentController: Sendable {
    /// The `source` of events that came this way; with `messageId` it makes an event the same one.
    static let source = "segment"

    let engine: Runtime.Engine
    let persons: Persons
    let speaker: Speaker
    let random: any RandomBytes
    let metrics: SegmentMetrics

    func one(_ kind: SegmentMessage.Kind, _ call: Call) async throws -> Reply {
        let value = try call.json()
        let message = try SegmentMessage(value, kind: kind)
        try await take([message], sentAt: value["sentAt"]?.stringValue.flatMap { RFC3339.parse($0) }, call)
        return Self.success
    }

    /// - Parameter messageBytes: the most of one message.
    func batch(_ call: Call, messageBytes: Int) async throws -> Reply {
        let batch = try call.body.readingJSON(maximumDepth: call.maximumDepth) { reader throws(JSONProblem) in
            try SegmentBatchReader.batch(&reader)
        }
        guard let batch else { throw Problem.invalid("batch", "Send an array of messages.") }
        guard batch.largest <= messageBytes else { throw Problem.tooLarge("A message", limit: messageBytes) }
        var messages: [SegmentMessage] = []
        messages.reserveCapacity(batch.messages.count)
        for value in batch.messages {
            do {
                messages.append(try SegmentMessage(value, kind: nil))
            } catch {
                metrics.add(.refused)
            }
        }
        try await take(messages, sentAt: batch.sentAt, call)
        return Self.success
    }

    private static var success: Reply {
        .json { writer in
            writer.beginObject()
            writer.member("success", true)
            writer.endObject()
        }
    }

    /// Takes messages in their order. Events go to the engine together, but never past a link that moves them to somebody
    /// else.
    private func take(_ messages: [SegmentMessage], sentAt: Instant?, _ call: Call) async throws {
        let programme = try call.programme
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        var waiting: [EventEnvelope] = []
        for message in messages {
            switch message.kind {
            case .track, .page, .screen:
                guard let event = event(message, sentAt: sentAt, received: call.now, in: compiled) else {
                    metrics.add(.ignored)
                    continue
                }
                guard let envelope = try await envelope(event, message, call) else { continue }
                metrics.add(.taken)
                waiting.append(envelope)
            case .group: metrics.add(.ignored)
            case .identify, .alias:
                if waiting.contains(where: { message.moves($0.user ?? $0.anonymous) }) {
                    _ = try await engine.take(waiting, in: programme)
                    waiting = []
                }
                try await link(message, compiled, call)
            }
        }
        if !waiting.isEmpty { _ = try await engine.take(waiting, in: programme) }
    }

    /// An event with those whom it may speak for. Segment's libraries send the `userId` of an earlier `identify` along
    /// with everything: where a publishable key cannot prove it, the event is the visitor's.
    private func envelope(
        _ event: IncomingEvent, _ message: SegmentMessage, _ call: Call
    ) async throws -> EventEnvelope? {
        let named = EventEnvelope(event: event, user: message.user, anonymous: message.anonymous)
        switch try await verdict(message, call) {
        case .may(let member):
            var envelope = named
            envelope.member = message.user == nil ? nil : member
            return envelope
        case .mayNot:
            guard message.anonymous != nil else {
                metrics.add(.refused)
                return nil
            }
            metrics.add(.unproven)
            return EventEnvelope(event: event, user: nil, anonymous: message.anonymous)
        }
    }

    private func verdict(_ message: SegmentMessage, _ call: Call) async throws -> Speaker.Verdict {
        guard let key = call.key else { throw Problem.badKey }
        // A server's key needs no pass, and what a page made of one does not matter to it.
        guard key.kind != .live else { return .may(nil) }
        return try await speaker.verdict(user: message.user, pass: message.pass, key: key, now: call.now)
    }

    private func event(
        _ message: SegmentMessage, sentAt: Instant?, received: Instant, in programme: CompiledProgramme
    ) -> IncomingEvent? {
        let isTrack = message.kind == .track
        let name = isTrack ? message.event : message.kind.rawValue
        let type = SegmentNames.eventType(name, in: programme.eventTypes)
        guard type != nil || isTrack else { return nil }
        var fields = message.properties
        if let type {
            let (declared, dropped) = SegmentNames.fields(fields, of: type)
            fields = declared
            metrics.add(.droppedProperty, dropped)
        }
        return IncomingEvent(
            source: Self.source, id: message.messageID ?? random.id().description,
            type: type?.declaration.id ?? name, time: message.time(sentAt: sentAt, received: received),
            channel: message.channel, fields: fields)
    }

    /// `identify` and `alias`: the same message a second time changes nothing, even where others came between.
    private func link(_ message: SegmentMessage, _ programme: CompiledProgramme, _ call: Call) async throws {
        guard let subject = message.user ?? message.anonymous else { return }
        // A publishable key stands in the source of pages: whoever reads it must not write into anybody's profile, nor
        // join two users.
        let isSecret = call.key?.kind == .live
        guard isSecret || message.kind == .identify, case .may = try await verdict(message, call) else {
            metrics.add(.refused)
            return
        }
        var traits = SegmentTraits(message.traits, programme: programme.programme)
        if !isSecret {
            traits = SegmentTraits(JSONObject(), programme: programme.programme)
            traits.dropped = message.traits.count
        }
        metrics.add(.droppedTrait, traits.dropped)
        let request = message.messageID.map { id in
            let owner = engine.claim(programme: programme.id, source: Self.source, id: "link:" + id)
            return engine.records.request(programme.id, owner: owner, key: id, request: Array("link".utf8))
        }
        if let request, try await isKnown(request) { return }
        let previous = try await previous(of: message, in: programme.id)
        let member: MemberID
        do {
            member = try await engine.identify(user: subject, previous: previous, in: programme.id)
        } catch VaultProblem.notMergeable {
            metrics.add(.refused)
            return
        }
        if !traits.personal.isEmpty {
            try await persons.store([Persons.Change(member, traits.personal)], programme: programme.id)
        }
        do {
            _ = try await engine.perform(
                .profile(traits.change), member: member, in: programme.id,
                record: request.map { RequestRecord(request: $0) { _ in (200, []) } })
        } catch PipelineProblem.keyReused {
            // Another request with this message was faster.
        }
        metrics.add(.taken)
    }

    private func isKnown(_ request: IdempotencyRecords.Request) async throws -> Bool {
        let records = engine.records
        return try await engine.database.read { try records.find($0, request) } != .new
    }

    /// Whom the message says the subject to be the same as: the visitor of an `identify`, the earlier identifier of an
    /// `alias`. That one may have been a visitor's: then it is known as such and not as a user.
    private func previous(of message: SegmentMessage, in programme: ProgrammeID) async throws -> ExternalIdentity? {
        guard message.kind == .alias, let previous = message.previous else {
            return message.user == nil ? nil : message.anonymous
        }
        guard let anonymous = ExternalIdentity(.anonymous, previous.value) else { return previous }
        if try await engine.identities.find(previous, programme: programme) != nil { return previous }
        return try await engine.identities.find(anonymous, programme: programme) != nil ? anonymous : previous
    }
}

extension SegmentMessage {
    /// Whether what `identity` did may belong to somebody else after this message.
    fileprivate func moves(_ identity: ExternalIdentity?) -> Bool {
        guard let identity else { return false }
        if kind == .alias { return identity.value == previous?.value }
        return user != nil && identity == anonymous
    }
}

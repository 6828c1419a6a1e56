import Loyalty
import NIOCore
import Primitives
import Runtime
import Testing
import Vault

@testable import API

/// The pull reader against the plainest reading of the same text: as a JSON value.
@Suite struct CloudEventReaderTests {
    /// What both ways must agree on.
    struct Reading: Equatable, CustomStringConvertible {
        var text: String
        var description: String { text }
    }

    static func slow(_ value: JSONValue, received: Instant) -> EventAttributes.Outcome {
        guard let object = value.objectValue else {
            return .refused(id: "", [Problem.FieldError("", "An event is a JSON object.")])
        }
        var attributes = EventAttributes()
        func text(_ name: String) -> String? {
            switch object[name] {
            case .string(let text): return text
            case nil, .null: return nil
            default:
                attributes.fault(name, "Send a text.")
                return nil
            }
        }
        // In the order of the text, as faults are told in that order.
        for member in object.members {
            switch member.key {
            case "specversion": attributes.specversion = text("specversion")
            case "id": attributes.id = text("id")
            case "source": attributes.source = text("source")
            case "type": attributes.type = text("type")
            case "subject": attributes.subject = text("subject")
            case "time": attributes.time = text("time")
            case "channel": attributes.channel = text("channel")
            case "anonymousid": attributes.anonymousID = text("anonymousid")
            case "datacontenttype": attributes.dataMediaType = text("datacontenttype")
            case "data":
                if let fields = member.value.objectValue {
                    attributes.fields = fields
                } else if member.value != .null {
                    attributes.fault("data", "Data must be a JSON object of the event's fields.")
                }
            case "data_base64" where member.value != .null:
                attributes.fault("data_base64", "Send `data` as a JSON object.")
            default: break
            }
        }
        return attributes.outcome(received: received)
    }

    static func describe(_ outcome: EventAttributes.Outcome) -> Reading {
        switch outcome {
        case .refused(let id, let faults): Reading(text: "refused \(id) \(faults)")
        case .event(let envelope, _):
            Reading(
                text: """
                    \(envelope.event.source)|\(envelope.event.id)|\(envelope.event.type)|\(envelope.event.time)|\
                    \(envelope.event.channel)|\(JSONValue.object(envelope.event.fields).text())|\
                    \(envelope.user?.value ?? "-")|\(envelope.anonymous?.value ?? "-")
                    """)
        }
    }

    /// An event that is right, with up to four things about it changed.
    static func event(_ random: inout Xoshiro256) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("specversion", "1.0"), ("id", .string("é-\(random.next() % 1_000)")), ("source", "https://ex.ample/ü"),
            ("type", "article.read"), ("subject", "ann"),
            ("data", ["share": 0.5, "seconds": 1e3, "deep": [["x": .null, "\u{1F600}": [true]]]]),
        ]
        for _ in 0..<Int(random.next() % 5) {
            let name = names[Int(random.next() % UInt64(names.count))]
            let value = values[Int(random.next() % UInt64(values.count))]
            if let place = members.firstIndex(where: { $0.0 == name }) {
                if random.next() % 3 == 0 { members.remove(at: place) } else { members[place].1 = value }
            } else {
                members.insert((name, value), at: Int(random.next() % UInt64(members.count + 1)))
            }
        }
        return .object(JSONObject(members))
    }

    private static let names = [
        "specversion", "id", "source", "type", "subject", "time", "channel", "anonymousid", "datacontenttype", "data",
        "data_base64", "traceparent", "dataschema",
    ]
    private static let values: [JSONValue] = [
        .null, "", "1.0", "anonymous:v", "anonymous:", "a\u{7}b", 7, -1.5, true, [], [:], ["a": "b"], "ë\"\\\n",
        "2026-11-21T20:15:00+01:00", "2026-13-21T20:15:00Z", "application/json; charset=utf-8", "text/xml",
        .string(String(repeating: "長", count: 90)),
    ]

    @Test(arguments: [1, 2, 3, 20_260_101])
    func readsWhatASlowReaderReads(seed: UInt64) throws {
        var random = Xoshiro256(seed: seed)
        let received = Instant(seconds: 1_750_000_000)
        let reader = CloudEventReader(received: received)
        for round in 0..<500 {
            let value = Self.event(&random)
            let bytes = random.next() % 2 == 0 ? value.bytes() : Array(value.text(pretty: true).utf8)
            let fast = try ByteBuffer(bytes: bytes).readingJSON(maximumDepth: 32) { json throws(JSONProblem) in
                try reader.read(&json)
            }
            let slow = Self.slow(try JSONValue(parsing: bytes), received: received)
            #expect(Self.describe(fast) == Self.describe(slow), "seed \(seed), round \(round): \(value.text())")
        }
    }

    @Test(arguments: [4, 5]) func readsBatchesAsSingleEvents(seed: UInt64) throws {
        var random = Xoshiro256(seed: seed)
        let received = Instant(seconds: 1_750_000_000)
        let reader = CloudEventReader(received: received)
        for _ in 0..<50 {
            let values = (0..<Int(random.next() % 12)).map { _ in
                random.next() % 8 == 0 ? JSONValue.integer(3) : Self.event(&random)
            }
            let batch = try ByteBuffer(bytes: JSONValue.array(values).bytes()).readingJSON(maximumDepth: 32) {
                json throws(JSONProblem) in try reader.readBatch(&json, limit: 100)
            }
            guard case .events(let outcomes) = batch else {
                Issue.record("seed \(seed): the batch was too many")
                return
            }
            #expect(outcomes.map(Self.describe) == values.map { Self.describe(Self.slow($0, received: received)) })
        }
    }
}

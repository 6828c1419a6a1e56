import HTTPTypes
import HummingbirdTesting
import Primitives
import Testing

@testable import API

@Suite struct OpenAPITests {
    @Test func everyRegisteredRouteIsInTheServedDocument() async throws {
        try await World.with { world, client in
            let answer = try await client.send(.get, "/openapi.json")
            #expect(answer.status == 200)
            let document = try answer.json
            #expect(document["openapi"] == "3.1.0")
            #expect(document == world.api.openAPI)
            var described: Set<String> = []
            for path in try #require(document["paths"]?.objectValue).members {
                for operation in try #require(path.value.objectValue).members {
                    described.insert("\(operation.key.uppercased()) \(path.key)")
                }
            }
            let registered = Set(world.api.endpoints.map { "\($0.method.rawValue) \($0.template)" })
            #expect(registered == described)
            #expect(registered.count == world.api.endpoints.count)
        }
    }

    @Test func documentIsWhole() async throws {
        try await World.with { world, _ in
            let document = world.api.openAPI
            var references: Set<String> = []
            Self.collect(document, into: &references)
            #expect(references.count > 30)
            for reference in references {
                var value: JSONValue? = document
                for part in reference.dropFirst(2).split(separator: "/") { value = value?[String(part)] }
                #expect(value != nil, "\(reference) leads nowhere")
            }
            // What nobody refers to is a left-over.
            for kind in ["schemas", "responses", "headers", "parameters"] {
                for member in document["components"]?[kind]?.objectValue?.members ?? [] {
                    #expect(references.contains("#/components/\(kind)/\(member.key)"), "\(member.key) is not used")
                }
            }
            var operations: Set<String> = []
            for endpoint in world.api.endpoints {
                #expect(operations.insert(endpoint.operation).inserted, "\(endpoint.operation) is there twice")
                let paths = endpoint.parameters.filter { $0.place == .path }.map(\.name)
                #expect(paths == endpoint.pathParameters, "\(endpoint.operation)")
                #expect(!endpoint.summary.isEmpty && !endpoint.summary.hasSuffix("."))
            }
        }
    }

    private static func collect(_ value: JSONValue, into references: inout Set<String>) {
        switch value {
        case .object(let object):
            if let reference = object["$ref"]?.stringValue { references.insert(reference) }
            for member in object.members { collect(member.value, into: &references) }
        case .array(let array): for element in array { collect(element, into: &references) }
        default: break
        }
    }

    @Test func problemTypesAreStable() {
        #expect(
            ProblemType.allCases.map(\.rawValue).sorted() == [
                "already-amended", "amount-out-of-range", "code-used", "condition-not-met", "content-too-large",
                "contradiction", "event-in-future", "event-missing-field", "event-out-of-range", "event-too-late",
                "event-unknown-field", "event-unknown-type", "event-wrong-type", "fault", "fulfilment-order",
                "gate-closed", "goal-not-offered", "hold-ended", "idempotency-key-in-use", "idempotency-key-reused",
                "insufficient-balance", "invalid", "invalid-programme", "invitation-holds", "letter-ended",
                "malformed-json",
                "malformed-request", "member-limit", "method-not-allowed", "missing-scope", "no-attempt",
                "no-longer-available", "no-try-left",
                "not-as-sent", "not-found", "not-invited", "not-reversible", "not-waiting", "not-yet", "other-question",
                "out-of-stock",
                "outdated-version", "overloaded", "pass-refused", "pause-out-of-range", "play-closed",
                "proposal-refused",
                "raffle-refused", "rate-limited", "read-only", "referral-refused", "signer-refused",
                "transfer-refused", "unauthenticated", "unavailable", "undecided-changes", "unknown-effect",
                "unknown-event", "unknown-reward", "unknown-streak", "unknown-tier", "unknown-unit",
                "unsupported-media-type", "wallet-refused",
            ])
        for type in ProblemType.allCases {
            #expect((400..<600).contains(type.status))
            #expect(!type.title.hasSuffix("."))
        }
    }

    @Test func problemsHaveTheShapeOfTheStandard() async throws {
        try await World.with { world, client in
            let answer = try await client.send(.put, "/v1/items", key: world.keys.all, json: ["items": 7])
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(
                try answer.json == [
                    "type": "https://stamgast.dev/problems/invalid",
                    "title": "The request does not fit its description",
                    "status": 422, "detail": "Correct what `errors` names and send the request again.",
                    "errors": [["field": "items", "detail": "Send an array."]],
                ])
        }
    }
}

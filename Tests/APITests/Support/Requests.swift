import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Primitives
import Testing

@testable import API

/// An answer, easy to look into.
struct TestAnswer: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    var json: JSONValue {
        get throws { try JSONValue(parsing: body) }
    }

    /// The last part of a problem's `type`.
    var problem: String? {
        guard headers[.contentType] == "application/problem+json" else { return nil }
        return (try? json)?["type"]?.stringValue.map { String($0.dropFirst(ProblemType.base.count)) }
    }

    /// The fields that a problem names.
    var faultyFields: [String] {
        ((try? json)?["errors"]?.arrayValue ?? []).compactMap { $0["field"]?.stringValue }
    }

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
}

extension TestClientProtocol {
    /// Sends a request.
    ///
    /// - Parameter key: for `Authorization: Bearer`.
    func send(
        _ method: HTTPRequest.Method, _ path: String, key: String? = nil, body: [UInt8]? = nil,
        type: String? = nil, headers extra: [String: String] = [:]
    ) async throws -> TestAnswer {
        var headers = HTTPFields()
        if let key { headers[.authorization] = "Bearer " + key }
        if let type { headers[.contentType] = type }
        for (name, value) in extra { headers[try #require(HTTPField.Name(name))] = value }
        let response = try await execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) })
        return TestAnswer(
            status: response.status.code, headers: response.headers, body: Array(buffer: response.body))
    }

    /// Sends a JSON value.
    func send(
        _ method: HTTPRequest.Method, _ path: String, key: String? = nil, json: JSONValue,
        type: String = "application/json", headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        try await send(method, path, key: key, body: json.bytes(), type: type, headers: headers)
    }

    /// Sends one event as a structured CloudEvent.
    func event(
        _ key: String, user: String = "ann", id: String, type: String = "article.read",
        data: JSONValue = ["item": "a-1", "share": 0.9, "seconds": 60], time: String? = nil
    ) async throws -> TestAnswer {
        var event: JSONValue = [
            "specversion": "1.0", "id": .string(id), "source": "https://post.example", "type": .string(type),
            "subject": .string(user), "data": data,
        ]
        event["time"] = time.map { .string($0) }
        return try await send(
            .post, "/v1/events", key: key, json: event, type: "application/cloudevents+json")
    }
}

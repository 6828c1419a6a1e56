import Access
import HTTPTypes
import Primitives

/// The OpenAPI 3.1 document, made from the route table: a route is in it because it is registered.
struct OpenAPIDocument {
    let endpoints: [Endpoint]
    let configuration: APIConfiguration

    static let version = "1.0"

    var json: JSONValue {
        var paths = JSONObject()
        for endpoint in endpoints {
            var path = paths[endpoint.template] ?? .object(JSONObject())
            path[endpoint.method.rawValue.lowercased()] = operation(endpoint)
            paths[endpoint.template] = path
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Stamgast", "version": .string(Self.version),
                "summary": "Loyalty for media houses: events in, effects with their reasons out.",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": .string(configuration.publicAddress ?? "/")]],
            "tags": .array(tags.map { ["name": .string($0)] }),
            "paths": .object(paths),
            "components": [
                "schemas": .object(JSONObject(Schemas.all)),
                "responses": .object(JSONObject(problemResponses)),
                "headers": .object(JSONObject(headers)),
                "parameters": .object(JSONObject(parameters)),
                "securitySchemes": [
                    "key": ["type": "http", "scheme": "bearer", "description": "An API key, bound to one programme."],
                    "writeKey": [
                        "type": "http", "scheme": "basic",
                        "description": "The API key as user name, an empty password.",
                    ],
                ],
            ],
        ]
    }

    private var tags: [String] {
        var seen: [String] = []
        for endpoint in endpoints where !seen.contains(endpoint.tag) { seen.append(endpoint.tag) }
        return seen
    }

    // MARK: Operations

    private func operation(_ endpoint: Endpoint) -> JSONValue {
        var object = JSONObject()
        object["operationId"] = .string(endpoint.operation)
        object["tags"] = [.string(endpoint.tag)]
        object["summary"] = .string(endpoint.summary)
        var detail = endpoint.detail
        switch endpoint.access {
        case .open: object["security"] = []
        case .key(let scopes):
            object["security"] = [["key": []], ["writeKey": []]]
            let names = scopes.sorted().map { "`\($0.rawValue)`" }.joined(separator: " and ")
            detail += (detail.isEmpty ? "" : "\n\n") + "Scope: \(names)."
        }
        if !detail.isEmpty { object["description"] = .string(detail) }
        var parameters = endpoint.parameters.map(parameter)
        if endpoint.isKeyed { parameters.append(["$ref": "#/components/parameters/IdempotencyKey"]) }
        if !parameters.isEmpty { object["parameters"] = .array(parameters) }
        if let body = endpoint.body {
            object["requestBody"] = [
                "required": .bool(body.isRequired),
                "content": .object(
                    JSONObject(body.contents.map { ($0.mediaType, ["schema": $0.schema]) })),
            ]
        }
        var responses = JSONObject()
        for success in endpoint.success {
            var written = response(success, endpoint)
            // The same answer in several media types.
            if let earlier = responses[String(success.status)]?["content"]?.objectValue {
                written["content"] = .object(
                    JSONObject(
                        earlier.members.map { ($0.key, $0.value) }
                            + (written["content"]?.objectValue?.members ?? [])
                            .map { ($0.key, $0.value) }))
            }
            responses[String(success.status)] = written
        }
        for status in statuses(endpoint) where responses[String(status)] == nil {
            responses[String(status)] = ["$ref": .string("#/components/responses/Problem\(status)")]
        }
        object["responses"] = .object(responses)
        return .object(object)
    }

    private func parameter(_ parameter: Endpoint.Parameter) -> JSONValue {
        var schema = parameter.schema
        // As ``Query`` reads it: any text but a NUL.
        if parameter.place == .query, schema["type"]?.stringValue == "string",
            ["pattern", "format", "enum"].allSatisfy({ schema[$0] == nil })
        {
            schema["pattern"] = "^[^\\u0000]*$"
        }
        return [
            "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
            "required": .bool(parameter.isRequired), "description": .string(parameter.meaning),
            "schema": schema,
        ]
    }

    private func response(_ success: Endpoint.Success, _ endpoint: Endpoint) -> JSONValue {
        var response: JSONValue = ["description": .string(success.meaning)]
        if let mediaType = success.mediaType {
            let bare = String(mediaType.prefix { $0 != ";" })
            response["content"] = .object([bare: success.schema.map { ["schema": $0] } ?? [:]])
        }
        var headers = requestIDHeader
        if case .key = endpoint.access {
            for name in ["RateLimit", "RateLimit-Policy"] {
                headers[name] = ["$ref": .string("#/components/headers/" + name)]
            }
        }
        if endpoint.isKeyed { headers["Idempotency-Replayed"] = ["$ref": "#/components/headers/Idempotency-Replayed"] }
        response["headers"] = .object(headers)
        return response
    }

    private var requestIDHeader: JSONObject { ["X-Request-Id": ["$ref": "#/components/headers/X-Request-Id"]] }

    /// The statuses of all problems that a route can answer with.
    private func statuses(_ endpoint: Endpoint) -> [Int] {
        var statuses = Set(endpoint.problems.map(\.status))
        statuses.insert(500)
        if case .key = endpoint.access { statuses.formUnion([400, 401, 403, 429, 503]) }
        if endpoint.parameters.contains(where: { $0.place == .path || $0.name == "after" }) { statuses.insert(404) }
        if endpoint.body != nil { statuses.formUnion([400, 413, 415, 422]) }
        if endpoint.isKeyed { statuses.insert(409) }
        return statuses.sorted()
    }

    // MARK: Components

    private var problemResponses: [(String, JSONValue)] {
        Set(endpoints.flatMap(statuses)).sorted().map { status in
            let types = ProblemType.allCases.filter { $0.status == status && !$0.rawValue.hasPrefix("event-") }
            let list = types.map { "- `\($0.uri)`: \($0.title)." }.joined(separator: "\n")
            return (
                "Problem\(status)",
                [
                    "description": .string(list), "headers": .object(requestIDHeader),
                    "content": [Problem.mediaType: ["schema": JSONSchema.ref("Problem")]],
                ]
            )
        }
    }

    private var headers: [(String, JSONValue)] {
        [
            (
                "RateLimit",
                [
                    "description": "What is left (r) and in how many seconds all is back (t).",
                    "schema": JSONSchema.text(),
                ]
            ),
            (
                "RateLimit-Policy",
                ["description": "How many requests (q) in how many seconds (w).", "schema": JSONSchema.text()]
            ),
            (
                "X-Request-Id",
                [
                    "description": "The server's name for this request, as it stands in its log.",
                    "schema": JSONSchema.text(),
                ]
            ),
            (
                "Idempotency-Replayed",
                ["description": "`true` when the answer was given before.", "schema": JSONSchema.text()]
            ),
        ]
    }

    private var parameters: [(String, JSONValue)] {
        [
            (
                "IdempotencyKey",
                [
                    "name": "Idempotency-Key", "in": "header", "required": false,
                    "description":
                        "Up to 255 characters. The same request under the same key is carried out once, and answered the same, forever; another request under the same key is refused with 409.",
                    "schema": JSONSchema.text(atMost: 255, atLeast: 1, pattern: "^[!-~]+$"),
                ]
            )
        ]
    }
}

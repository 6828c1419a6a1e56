import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// As much of a browser as a test needs: cookies, forms, and no redirects of its own.
final class Browser {
    struct Page {
        var status: Int
        var location: String?
        var text: String

        /// The value of an attribute or of a form's field.
        func value(after mark: String) -> String? {
            guard let start = text.range(of: mark + "=\"") else { return nil }
            return String(text[start.upperBound...].prefix { $0 != "\"" })
        }
    }

    private let address: String
    private var cookies: [String: String] = [:]

    init(_ address: String) {
        self.address = address
    }

    func get(_ path: String) async throws -> Page { try await send(.GET, path) }

    func post(_ path: String, form: [String: String]) async throws -> Page {
        let body = form.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        return try await send(.POST, path, body: body, type: "application/x-www-form-urlencoded")
    }

    func send(
        _ method: HTTPMethod, _ path: String, body: String? = nil, type: String? = nil, key: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> Page {
        var request = HTTPClientRequest(url: path.hasPrefix("http") ? path : address + path)
        request.method = method
        request.headers.add(
            name: "accept", value: type == "application/cloudevents+json" ? "application/json" : "text/html")
        if !cookies.isEmpty {
            request.headers.add(name: "cookie", value: cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; "))
        }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let key { request.headers.add(name: "authorization", value: "Bearer " + key) }
        if let body {
            request.headers.add(name: "content-type", value: type ?? "text/plain")
            request.body = .bytes(ByteBuffer(string: body))
        }
        let answer = try await Self.client.execute(request, timeout: .seconds(60))
        for cookie in answer.headers["set-cookie"] {
            let pair = cookie.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
        }
        let text = String(buffer: try await answer.body.collect(upTo: 4 << 20))
        return Page(status: Int(answer.status.code), location: answer.headers.first(name: "location"), text: text)
    }

    private static let client = HTTPClient(
        eventLoopGroupProvider: .singleton, configuration: .init(redirectConfiguration: .disallow))
}

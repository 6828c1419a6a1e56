import Access
import Foundation
import HTTPTypes
import HummingbirdTesting
import Primitives
import Testing

@testable import API

/// What the documentation shows is what the server does: the examples of the pages are carried out, the tables are
/// written from the code.
///
/// An example is a fence of `http` with a request, and the next fence of `http` is its answer. `$NAME` stands for a key,
/// or for what an earlier answer had at that place; `…` for anything. An answer shows as much as matters.
@Suite struct DocumentedExamplesTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func url(_ page: String) -> URL { root.appending(path: page) }

    @Test(arguments: [("docs/reference/api.md", 37), ("docs/guides/catalogue.md", 10)])
    func everyExampleIsTrue(page: String, atLeast: Int) async throws {
        let examples = try Example.all(in: try String(contentsOf: Self.url(page), encoding: .utf8))
        #expect(examples.count >= atLeast)
        try await World.with { world, client in
            var names = Names(world)
            for example in examples {
                let answer = try await example.send(to: client, names)
                for fault in example.faults(of: answer, &names) {
                    Issue.record("\(page):\(example.line): \(fault)\n\(answer.status) \(answer.text.prefix(1_500))")
                }
            }
        }
    }

    @Test func theTableOfProblemsIsWhatTheAPIAnswers() throws {
        let rows = ProblemType.allCases.map { "| `\($0.rawValue)` | \($0.status) | \($0.title) |" }
        try Self.check("problems", ["| `type` ends in | Status | Means |", "|---|---|---|"] + rows)
    }

    @Test func theListOfRoutesIsTheRouteTable() async throws {
        try await World.with { world, _ in
            let rows = world.api.endpoints.map { endpoint in
                let needs =
                    switch endpoint.access {
                    case .open: "no key"
                    case .key(let scopes): scopes.sorted().map { "`\($0.rawValue)`" }.joined(separator: " and ")
                    }
                let marks = [endpoint.allowsPages ? "pages" : nil, endpoint.isKeyed ? "`Idempotency-Key`" : nil]
                let template = "`\(endpoint.method.rawValue) \(endpoint.template)`"
                return "| \(template) | \(needs) | \(marks.compactMap(\.self).joined(separator: ", ")) | "
                    + "\(endpoint.summary) |"
            }
            try Self.check("routes", ["| Route | Needs | Takes | |", "|---|---|---|---|"] + rows)
        }
    }

    @Test func everyScopeIsExplained() throws {
        let text = try String(contentsOf: Self.url("docs/reference/api.md"), encoding: .utf8)
        for scope in Scope.allCases { #expect(text.contains("| `\(scope.rawValue)` | "), "\(scope.rawValue)") }
    }

    /// The lines between the marks of a table that is written from the code.
    private static func check(_ name: String, _ expected: [String]) throws {
        let page = url("docs/reference/api.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = try #require(lines.firstIndex { $0.hasPrefix("<!-- \(name): ") })
        let end = try #require(lines[start...].firstIndex(of: "<!-- end of \(name) -->"))
        let wanted = [""] + expected + [""]
        if ProcessInfo.processInfo.environment["STAMGAST_TEST_RECORD"] == "1", Array(lines[start + 1..<end]) != wanted {
            lines.replaceSubrange(start + 1..<end, with: wanted)
            try lines.joined(separator: "\n").write(to: page, atomically: true, encoding: .utf8)
            return
        }
        #expect(
            Array(lines[start + 1..<end]) == wanted,
            "docs/reference/api.md: STAMGAST_TEST_RECORD=1 swift test --filter DocumentedExamplesTests")
    }
}

/// What stands for what in the examples of a page.
private struct Names {
    private var values: [String: JSONValue]

    init(_ world: World) {
        values = [
            "KEY": .string(world.keys.all), "PAGE_KEY": .string(world.keys.page),
            "READING_KEY": .string(world.keys.only[.membersRead] ?? ""),
        ]
    }

    /// The name that a text is; `nil` for an ordinary text.
    static func name(_ text: String) -> String? {
        guard text.hasPrefix("$"), text.count > 1, text.dropFirst().allSatisfy({ $0 == "_" || $0.isUppercase }) else {
            return nil
        }
        return String(text.dropFirst())
    }

    /// A line of a request with the names in it replaced. The longest first, so that none is taken for the start of another.
    func filled(_ text: String) -> String {
        var text = text
        for (name, value) in values.sorted(by: { $0.key.count > $1.key.count }) {
            if let value = value.stringValue { text = text.replacing("$" + name, with: value) }
        }
        return text
    }

    /// A body with its names replaced. `"…": "$NAME"` puts in the members of an object that the others are added to.
    func filled(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): return Self.name(text).flatMap { values[$0] } ?? value
        case .array(let elements): return .array(elements.map { filled($0) })
        case .object(let object):
            var filled = object["…"].flatMap { self.filled($0).objectValue } ?? JSONObject()
            for member in object.members where member.key != "…" { filled[member.key] = self.filled(member.value) }
            return .object(filled)
        default: return value
        }
    }

    /// Where an answer is not as shown; takes over what a new name stands for.
    mutating func differences(_ shown: JSONValue, _ found: JSONValue?, at place: String = "") -> [String] {
        guard let found else { return ["\(place) is not there"] }
        switch shown {
        case .string("…"): return []
        case .string(let text):
            if let name = Self.name(text) {
                guard let known = values[name] else {
                    values[name] = found
                    return []
                }
                return known == found ? [] : ["\(place) is not \(text)"]
            }
        case .object(let members):
            guard let object = found.objectValue else { break }
            return members.members.flatMap { differences($0.value, object[$0.key], at: place + "." + $0.key) }
        case .array(var elements):
            guard let all = found.arrayValue else { break }
            let isOpen = elements.last == .string("…")
            if isOpen { elements.removeLast() }
            guard isOpen ? all.count >= elements.count : all.count == elements.count else {
                return ["\(place) has \(all.count) elements"]
            }
            return zip(elements, all).enumerated().flatMap { differences($1.0, $1.1, at: place + "[\($0)]") }
        default: break
        }
        return shown == found ? [] : ["\(place) is \(found.text()) and not \(shown.text())"]
    }
}

/// A request and its answer, as a page shows them.
private struct Example {
    let line: Int
    private let request: Message
    private let answer: Message

    private struct Message {
        var line: Int
        /// `POST /v1/events`, `HTTP/1.1 200 OK`.
        var start = ""
        var headers: [(name: String, value: String)] = []
        var body = ""

        init(line: Int, _ lines: [Substring]) {
            self.line = line
            start = String(lines.first ?? "")
            let rest = lines.dropFirst()
            let end = rest.firstIndex { $0.isEmpty } ?? rest.endIndex
            for header in rest[..<end] {
                let parts = header.split(separator: ":", maxSplits: 1)
                headers.append((String(parts[0]), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""))
            }
            body = rest[end...].dropFirst().joined(separator: "\n")
        }

        var isAnswer: Bool { start.hasPrefix("HTTP/1.1 ") }
    }

    static func all(in page: String) throws -> [Example] {
        var messages: [Message] = []
        var block: (line: Int, lines: [Substring])?
        for (index, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if let open = block {
                if line == "```" {
                    messages.append(Message(line: open.line, open.lines))
                    block = nil
                } else {
                    block?.lines.append(line)
                }
            } else if line == "```http" {
                block = (index + 1, [])
            }
        }
        #expect(block == nil && messages.count.isMultiple(of: 2))
        return try stride(from: 0, to: messages.count - 1, by: 2).map { index in
            let (request, answer) = (messages[index], messages[index + 1])
            try #require(!request.isAnswer && answer.isAnswer, "line \(request.line): a request needs its answer next")
            return Example(line: request.line, request: request, answer: answer)
        }
    }

    func send(to client: any TestClientProtocol, _ names: Names) async throws -> TestAnswer {
        let parts = request.start.split(separator: " ")
        try #require(parts.count == 2, "line \(line)")
        var headers: [String: String] = [:]
        for header in request.headers { headers[header.name] = names.filled(header.value) }
        let body = request.body.isEmpty ? nil : Array(request.body.utf8)
        let filled = body.map { (try? JSONValue(parsing: $0)).map { names.filled($0).bytes() } ?? $0 }
        return try await client.send(
            try #require(HTTPRequest.Method(rawValue: String(parts[0]))), names.filled(String(parts[1])), body: filled,
            headers: headers)
    }

    func faults(of found: TestAnswer, _ names: inout Names) -> [String] {
        var faults: [String] = []
        let status = answer.start.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        if status != found.status { faults.append("the status is \(found.status)") }
        for (name, value) in answer.headers {
            let there = found.header(name)
            if there == nil || (value != "…" && there != value) { faults.append("\(name) is \(there ?? "not there")") }
        }
        guard !answer.body.isEmpty else { return faults }
        guard let body = try? found.json else {
            let lines = Set(found.text.split(separator: "\n"))
            return faults
                + answer.body.split(separator: "\n").filter { !lines.contains($0) }.map { "there is no line \($0)" }
        }
        guard let shown = try? JSONValue(parsing: Array(answer.body.utf8)) else {
            return faults + ["the answer that is shown is no JSON"]
        }
        return faults + names.differences(shown, body)
    }
}

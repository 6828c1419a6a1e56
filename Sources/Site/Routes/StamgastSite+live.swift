internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle

/// What a member's browser is told of `MemberNews`.
struct MemberNewsNote: Encodable, Equatable {
    var title: String
    var text: String
    var lang: String
    /// The balance line as it now reads.
    var balance: String?

    init(_ news: MemberNews, texts: Texts) {
        switch news.effect {
        case .earned(let amount): title = texts.member.toastEarned(texts.amount(amount))
        case .spent(let amount): title = texts.member.toastSpent(texts.amount(amount))
        case .badge(let badge): title = texts.member.toastBadge(badge.text)
        case .progress(let done, let target):
            title = texts.member.toastProgress(texts.number(done), texts.number(target))
        }
        text = news.why.text
        lang = news.why.language
        balance = news.balance.map { texts.member.balance(texts.amount($0.active, $0.unit)) }
    }
}

/// What a console is told of a `ConsoleEvent`: the cells of a row.
struct ConsoleEventNote: Encodable, Equatable {
    var time: String
    var type: String
    var rules: String
    var outcome: String
    var tone: String
    var points: String

    init(_ event: ConsoleEvent, texts: Texts) {
        let row = ConsoleOverview.row(of: event, texts: texts)
        time = row.time
        type = row.type
        rules = row.rules
        outcome = row.outcome
        tone = row.tone
        points = row.points
    }
}

extension StamgastSite {
    func lastEventID(of request: Request) -> String? {
        let value = HTTPField.Name("last-event-id").flatMap { request.headers[$0] }
        return value.flatMap { $0.isEmpty || $0.utf8.count > 128 ? nil : $0 }
    }

    /// A response of Server-Sent Events (WHATWG HTML, section 9.2) that lasts until the browser leaves, the stream ends
    /// or the server shuts down.
    func eventStream<Message, Note: Encodable>(
        _ stream: AsyncStream<LiveSignal<Message>>, request: Request, name: String,
        note: @escaping @Sendable (Message) -> Note
    ) -> Response {
        Response(
            status: .ok,
            headers: SecurityHeaders.fields([
                ("content-type", "text/event-stream"), ("cache-control", "no-store"),
                ("x-content-type-options", "nosniff"), ("x-accel-buffering", "no"),
            ]),
            body: ResponseBody { writer in
                // The browser waits three seconds before it comes back.
                try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    for await signal in stream.cancelOnGracefulShutdown() {
                        try await writer.write(ByteBuffer(string: EventStreamText.of(signal, name: name, note: note)))
                    }
                }
                try await writer.finish(nil)
            })
    }
}

/// The text of one event on a stream.
enum EventStreamText {
    static func of<Message, Note: Encodable>(
        _ signal: LiveSignal<Message>, name: String, note: (Message) -> Note
    ) throws -> String {
        switch signal {
        case .heartbeat: return ":\n\n"
        // An event without data is not delivered.
        case .missed: return "event: missed\ndata: {}\n\n"
        case .message(let id, let message):
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            // JSON escapes line breaks, so the data stays on one line.
            let data = String(decoding: try encoder.encode(note(message)), as: UTF8.self)
            let safeID = id.filter { !$0.isNewline && $0 != "\0" }
            return "id: \(safeID)\nevent: \(name)\ndata: \(data)\n\n"
        }
    }
}

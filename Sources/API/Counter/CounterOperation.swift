import Access
import Loyalty
import Primitives

/// Something that a till does, now or while it was offline.
struct CounterOperation: Sendable {
    enum Kind: Sendable {
        case earn(type: String, fields: JSONObject)
        case redeem(reward: String)
        case confirm(receipt: String)
        case refund(receipt: String)
    }

    /// Whom it is about, where the receipt does not say.
    enum Person: Sendable {
        case visit(String)
        case code(String)
        case receipt
    }

    /// The till's own name for it, which makes it count once.
    var id: String
    var kind: Kind
    var person: Person
    /// When it happened; `nil`: now.
    var at: Instant?

    /// Reads an operation that is done now: the route says what it is.
    init(_ name: String, _ body: JSONValue) throws(Problem) {
        var fields = try Fields(body)
        let operation = Self.read(name, &fields, isOffline: false)
        try fields.finish()
        guard let operation else { throw .invalid("body", "Send an operation.") }
        self = operation
    }

    private init(id: String, kind: Kind, person: Person, at: Instant?) {
        self.id = id
        self.kind = kind
        self.person = person
        self.at = at
    }

    /// Reads an operation of a batch: it says itself what it is, and when.
    static func offline(_ value: JSONValue) -> (id: String, result: Result<CounterOperation, Problem>) {
        do throws(Problem) {
            var fields = try Fields(value)
            let id = value["id"]?.stringValue.map { String($0.prefix(255)) } ?? ""
            let name = fields.text("operation", required: true, limit: 10) ?? ""
            let operation = read(name, &fields, isOffline: true)
            do throws(Problem) { try fields.finish() } catch { return (id, .failure(error)) }
            guard let operation else { return (id, .failure(.invalid("operation", "Send one of: \(names)."))) }
            return (id, .success(operation))
        } catch {
            return ("", .failure(error))
        }
    }

    static let names = "earn, redeem, confirm, refund"

    private static func read(_ name: String, _ fields: inout Fields, isOffline: Bool) -> CounterOperation? {
        var at: Instant?
        if isOffline, let text = fields.text("at", required: true, limit: 64) {
            at = RFC3339.parse(text)
            if at == nil { fields.fault("at", "Send a time such as 2026-11-21T20:15:00Z.") }
        }
        let needsPerson = name == "earn" || name == "redeem"
        let id = fields.text("id", required: needsPerson || isOffline) ?? ""
        var person = Person.receipt
        if needsPerson {
            let visit = fields.text("visit", limit: 1_024)
            let code = isOffline ? fields.text("code", limit: 32) : nil
            switch (visit, code) {
            case (let visit?, nil): person = .visit(visit)
            case (nil, let code?): person = .code(code)
            default:
                fields.fault(
                    isOffline ? "code" : "visit",
                    isOffline ? "Send the `code` that was scanned, or a `visit`." : "Send the `visit` of a look-up.")
            }
        }
        switch name {
        case "earn":
            let type = fields.text("type", required: true, limit: 100) ?? ""
            let data = fields.value("data")
            if data != nil, data?.objectValue == nil { fields.fault("data", "Send a JSON object.") }
            return CounterOperation(
                id: id, kind: .earn(type: type, fields: data?.objectValue ?? JSONObject()), person: person, at: at)
        case "redeem":
            let reward = fields.text("reward", required: true, limit: 100) ?? ""
            return CounterOperation(id: id, kind: .redeem(reward: reward), person: person, at: at)
        case "confirm", "refund":
            let receipt = fields.text("receipt", required: true, limit: 4_096) ?? ""
            return CounterOperation(
                id: id, kind: name == "confirm" ? .confirm(receipt: receipt) : .refund(receipt: receipt),
                person: person, at: at)
        default: return nil
        }
    }
}

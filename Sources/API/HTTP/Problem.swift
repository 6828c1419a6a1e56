import HTTPTypes
import Loyalty
public import Primitives

/// Why a request is refused, as it is answered: a problem document (RFC 9457). It quotes no value of the request.
public struct Problem: Error, Sendable {
    /// What is wrong with one field, and what to do.
    public struct FieldError: Sendable, Hashable {
        /// Its place: `data.share`, `items[3].title.nl`, or the name of a parameter or header.
        public var field: String
        public var detail: String

        public init(_ field: String, _ detail: String) {
            self.field = field
            self.detail = detail
        }
    }

    public var type: ProblemType
    /// What is wrong this time, and what to do.
    public var detail: String
    public var errors: [FieldError]
    /// Members beside the standard ones.
    public var extras: JSONObject
    var headers: HTTPFields

    public init(
        _ type: ProblemType, _ detail: String, errors: [FieldError] = [], extras: JSONObject = JSONObject()
    ) {
        self.init(type, detail, errors: errors, extras: extras, headers: [:])
    }

    init(
        _ type: ProblemType, _ detail: String, errors: [FieldError] = [], extras: JSONObject = JSONObject(),
        headers: HTTPFields
    ) {
        self.type = type
        self.detail = detail
        self.errors = errors
        self.extras = extras
        self.headers = headers
    }

    static let mediaType = "application/problem+json"

    func write(into writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("type", type.uri)
        writer.member("title", type.title)
        writer.member("status", type.status)
        writer.member("detail", detail)
        if !errors.isEmpty {
            writer.key("errors")
            writer.beginArray()
            for error in errors {
                writer.beginObject()
                writer.member("field", error.field)
                writer.member("detail", error.detail)
                writer.endObject()
            }
            writer.endArray()
        }
        for extra in extras.members {
            writer.key(extra.key)
            writer.value(extra.value)
        }
        writer.endObject()
    }

    var reply: Reply {
        var writer = JSONWriter(reservingCapacity: 256)
        write(into: &writer)
        return Reply(
            status: type.status, mediaType: Self.mediaType, body: writer.bytes,
            headers: headers)
    }
}

// MARK: The usual ones

extension Problem {
    static func notFound(_ what: String) -> Problem { Problem(.notFound, "There is no such \(what) here.") }

    /// - Parameter errors: at least one.
    static func invalid(_ errors: [FieldError]) -> Problem {
        Problem(.invalid, "Correct what `errors` names and send the request again.", errors: errors)
    }

    static func invalid(_ field: String, _ detail: String) -> Problem { invalid([FieldError(field, detail)]) }

    static func parameter(_ name: String, _ detail: String) -> Problem {
        Problem(
            .malformedRequest, "The parameter `\(name)` cannot be used.", errors: [FieldError(name, detail)])
    }

    static func tooLarge(_ what: String, limit: Int) -> Problem {
        Problem(.contentTooLarge, "\(what) may have at most \(limit) bytes. Send less at once.")
    }

    static func retry(_ type: ProblemType, _ detail: String, afterSeconds seconds: Int) -> Problem {
        var headers = HTTPFields()
        headers[.retryAfter] = String(seconds)
        return Problem(type, detail, headers: headers)
    }

    init(_ problem: JSONProblem) {
        self.init(
            .malformedJSON,
            "Line \(problem.line), column \(problem.column): \(problem.reason).",
            errors: [FieldError("body", "Byte \(problem.offset): \(problem.reason).")])
    }

    /// Why an event went into quarantine.
    init(_ problem: EventProblem) {
        let type: ProblemType =
            switch problem.code {
            case .unknownType: .eventUnknownType
            case .missingField: .eventMissingField
            case .unknownField: .eventUnknownField
            case .wrongType: .eventWrongType
            case .outOfRange: .eventOutOfRange
            case .tooLate: .eventTooLate
            case .inFuture: .eventInFuture
            }
        self.init(
            type, problem.detail, errors: problem.field.map { [FieldError($0, problem.detail)] } ?? [])
    }
}

import Access
import HTTPTypes
import NIOCore
import Primitives
import Vault

/// A request as a handler gets it: authenticated, its body read whole and within its limit.
struct Call: Sendable {
    let method: HTTPRequest.Method
    /// The path as it was sent.
    let path: String
    let parameters: [String: String]
    let query: Query
    let headers: HTTPFields
    let body: ByteBuffer
    /// Without content coding parameters, in lower case: `application/json`; empty if there is none.
    let mediaType: String
    let idempotencyKey: String?
    let now: Instant
    let maximumDepth: Int
    /// Who asks; `nil` on routes that are open to all.
    let key: APIKey?

    /// The programme that the key is bound to.
    var programme: ProgrammeID {
        get throws(Problem) {
            guard let key else { throw Problem(.unauthenticated, "Send an API key.") }
            return key.programme
        }
    }

    /// A parameter of the path.
    subscript(name: String) -> String { parameters[name] ?? "" }

    /// The languages that the caller wants.
    var acceptLanguage: String? { headers[.acceptLanguage] }

    /// Whether the member's browser asked that nobody is profiled; whoever asks in its name passes its header on.
    var globalPrivacyControl: Bool {
        GlobalPrivacyControl.isOn(HTTPField.Name(GlobalPrivacyControl.header).flatMap { headers[$0] })
    }

    func member() throws(Problem) -> MemberID {
        // Only our own writing of an identifier is one: another would be a second name for the same thing.
        guard let member = MemberID(self["member"]), member.description == self["member"] else {
            throw .notFound("member")
        }
        return member
    }

    /// An identifier in the path.
    func id(_ name: String, of what: String) throws(Problem) -> ID128 {
        guard let id = ID128(self[name]), id.description == self[name] else { throw .notFound(what) }
        return id
    }

    /// The body as JSON.
    func json() throws(Problem) -> JSONValue {
        try body.readingJSON(maximumDepth: maximumDepth) { reader throws(JSONProblem) in try reader.value() }
    }
}

extension ByteBuffer {
    /// Reads the buffer as one JSON text, in place.
    ///
    /// - Throws: a problem with line and column if it is none.
    func readingJSON<T>(
        maximumDepth: Int, _ body: (inout JSONReader) throws(JSONProblem) -> T
    ) throws(Problem) -> T {
        let result: Result<T, JSONProblem> = withUnsafeReadableBytes { bytes in
            var reader = JSONReader(bytes.bytes, maximumDepth: maximumDepth)
            do throws(JSONProblem) {
                let value = try body(&reader)
                try reader.finish()
                return .success(value)
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let value): return value
        case .failure(let problem): throw Problem(problem)
        }
    }
}

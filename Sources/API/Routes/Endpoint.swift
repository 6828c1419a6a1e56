public import Access
public import HTTPTypes
import Primitives

/// One line of the route table: what is registered with the router, what the OpenAPI document says, and what the tests
/// walk. There is no route beside it.
public struct Endpoint: Sendable {
    /// Who may call.
    public enum Guard: Sendable, Hashable {
        /// Anyone.
        case open
        /// An API key with all of these scopes.
        case key(Set<Scope>)
    }

    /// What a request may carry.
    struct Body: Sendable {
        /// Media types with their schemas; the first is the one to use.
        var contents: [(mediaType: String, schema: JSONValue)]
        var isRequired = true
        /// In bytes, unpacked.
        var limit: Int
        /// Whether any media type reaches the handler, which judges by itself.
        var acceptsAny = false
    }

    /// A parameter of the path, the query or the header.
    struct Parameter: Sendable {
        enum Place: String, Sendable { case path, query, header }

        var name: String
        var place: Place
        var isRequired: Bool
        var meaning: String
        var schema: JSONValue
    }

    /// An answer when all is well.
    struct Success: Sendable {
        var status: Int
        var meaning: String
        var mediaType: String? = Reply.json
        var schema: JSONValue?
    }

    public let method: HTTPRequest.Method
    /// The path with its parameters in braces: `/v1/members/{member}`. It starts with a slash.
    public let template: String
    /// Its name in the OpenAPI document and in generated clients.
    public let operation: String
    /// The part of the document that it stands in.
    let tag: String
    let summary: String
    var detail = ""
    public let access: Guard
    var parameters: [Parameter] = []
    var body: Body?
    var success: [Success]
    /// Problems beside those that every such route has.
    var problems: [ProblemType] = []
    /// Whether an `Idempotency-Key` is honoured.
    var isKeyed = false
    /// Whether pages of other origins may call it with a publishable key.
    var allowsPages = false
    /// Whether it is about the server that was asked and not about a programme.
    var isAboutServer = false
    let handle: @Sendable (Call) async throws -> Reply

    init(
        _ method: HTTPRequest.Method, _ template: String, operation: String, tag: String, summary: String,
        detail: String = "", access: Guard, parameters: [Parameter] = [], body: Body? = nil, success: [Success],
        problems: [ProblemType] = [], isKeyed: Bool = false, allowsPages: Bool = false,
        isAboutServer: Bool = false, handle: @escaping @Sendable (Call) async throws -> Reply
    ) {
        self.method = method
        self.template = template
        self.operation = operation
        self.tag = tag
        self.summary = summary
        self.detail = detail
        self.access = access
        self.parameters = parameters
        self.body = body
        self.success = success
        self.problems = problems
        self.isKeyed = isKeyed
        self.allowsPages = allowsPages
        self.isAboutServer = isAboutServer
        self.handle = handle
    }

    /// The names of the path's parameters, in order.
    var pathParameters: [String] {
        template.split(separator: "/").compactMap { part in
            part.first == "{" ? String(part.dropFirst().dropLast()) : nil
        }
    }

    /// The endpoints of a path, whatever the method: where a plain and a parameterised template fit, the plain one.
    static func matching(_ path: String, in endpoints: [Endpoint]) -> [Endpoint] {
        let parts = path.split(separator: "/")
        let fitting = endpoints.filter { endpoint in
            let own = endpoint.template.split(separator: "/")
            return parts.count == own.count && zip(parts, own).allSatisfy { $1.first == "{" || $0 == $1 }
        }
        let fewest = fitting.map(\.pathParameters.count).min()
        return fitting.filter { $0.pathParameters.count == fewest }
    }
}

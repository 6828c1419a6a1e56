/// Gets a feed's document. The port through which the schedule reaches the network; tests fill it with documents.
public protocol FeedFetching: Sendable {
    func fetch(_ request: FeedRequest) async throws(FeedFetchProblem) -> FeedResponse
}

/// What to get, and what is known from last time (RFC 9110, section 13.1).
public struct FeedRequest: Hashable, Sendable {
    public var url: WebAddress
    /// The entity tag of the document we have, as the server wrote it.
    public var entityTag: String?
    /// The Last-Modified of the document we have, as the server wrote it.
    public var lastModified: String?

    public init(url: WebAddress, entityTag: String? = nil, lastModified: String? = nil) {
        self.url = url
        self.entityTag = entityTag
        self.lastModified = lastModified
    }
}

public enum FeedResponse: Hashable, Sendable {
    /// 304: what we have is current.
    case unchanged
    case document(FeedDocument)
}

/// A document as it came.
public struct FeedDocument: Hashable, Sendable {
    public var bytes: [UInt8]
    /// The Content-Type with its parameters.
    public var contentType: String?
    public var entityTag: String?
    public var lastModified: String?
    /// Where it came from in the end.
    public var address: WebAddress
    /// Set when every redirect on the way was permanent: ask there from now on.
    public var movedTo: WebAddress?

    public init(
        bytes: [UInt8], contentType: String? = nil, entityTag: String? = nil, lastModified: String? = nil,
        address: WebAddress, movedTo: WebAddress? = nil
    ) {
        self.bytes = bytes
        self.contentType = contentType
        self.entityTag = entityTag
        self.lastModified = lastModified
        self.address = address
        self.movedTo = movedTo
    }
}

/// Why a document could not be got.
public enum FeedFetchProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The host has an address inside a private network, on this machine or otherwise not on the public internet.
    case addressNotAllowed(host: String)
    case unknownHost(String)
    case badRedirect
    case tooManyRedirects(limit: Int)
    /// `retryAfterSeconds` as the server asked (RFC 9110, section 10.2.3).
    case status(Int, retryAfterSeconds: Int?)
    /// 410: the publisher took the feed away for good.
    case gone
    case tooLarge(limit: Int)
    case timeout(seconds: Int)
    /// The connection failed; `kind` names the failure, never an address.
    case connection(kind: String)

    public var description: String {
        switch self {
        case .addressNotAllowed(let host): "\(host) is not on the public internet, so it is not asked"
        case .unknownHost(let host): "the host \(host) is not known"
        case .badRedirect: "the server redirects to something that is no web address"
        case .tooManyRedirects(let limit): "there are more than \(limit) redirects"
        case .status(let status, _): "the server answered \(status)"
        case .gone: "the feed is gone for good (410)"
        case .tooLarge(let limit): "the document has more than \(limit) bytes"
        case .timeout(let seconds): "the server took longer than \(seconds) s"
        case .connection(let kind): "the connection failed: \(kind)"
        }
    }
}

import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOHTTPCompression

/// Gets feeds over HTTP from hosts that strangers may have named.
///
/// Against requests that a feed's address could forge in our name it asks through ``GuardedHTTP``, for each redirect anew.
/// Against the rest: limits of size, also after decompression, and of time.
public struct HTTPFeedFetcher: FeedFetching {
    public struct Limits: Hashable, Sendable {
        /// Of the document, decompressed.
        public var bytes = 10_000_000
        /// For all of it, redirects included.
        public var seconds = 30
        /// Between two pieces.
        public var idleSeconds = 10
        public var redirects = 5

        public init() {}
    }

    private let http: GuardedHTTP
    private let limits: Limits

    /// - Parameter policy: besides the public internet, the publisher's own network where the operator allows it.
    public init(_ policy: NetworkPolicy = .publicInternet, limits: Limits = Limits()) {
        http = GuardedHTTP(policy)
        self.limits = limits
    }

    init(limits: Limits, resolver: any AddressResolving, allows: @escaping @Sendable (NetworkAddress) -> Bool) {
        http = GuardedHTTP(resolver: resolver, allows: allows)
        self.limits = limits
    }

    public func fetch(_ request: FeedRequest) async throws(FeedFetchProblem) -> FeedResponse {
        let deadline = NIODeadline.now() + .seconds(Int64(limits.seconds))
        var address = request.url
        var isPermanent = true
        for _ in 0...limits.redirects {
            switch try await hop(request, to: address, deadline: deadline) {
            case .response(.document(var document)):
                if isPermanent, address != request.url { document.movedTo = address }
                return .document(document)
            case .response(.unchanged):
                return .unchanged
            case .redirect(let location, let permanent):
                guard let next = FeedLink.resolve(location, base: address) else { throw .badRedirect }
                address = next
                isPermanent = isPermanent && permanent
            }
        }
        throw .tooManyRedirects(limit: limits.redirects)
    }

    private enum Hop {
        case response(FeedResponse)
        case redirect(String, permanent: Bool)
    }

    private func hop(
        _ request: FeedRequest, to address: WebAddress, deadline: NIODeadline
    ) async throws(FeedFetchProblem) -> Hop {
        let result: Result<Hop, FeedFetchProblem>
        do throws(GuardedHTTP.Problem) {
            result = try await http.with(
                address.text, idleSeconds: limits.idleSeconds, decompressedBytes: limits.bytes
            ) { client in await answer(request, address, client, deadline) }
        } catch {
            switch error {
            case .addressNotAllowed: throw .addressNotAllowed(host: address.host)
            case .unknownHost: throw .unknownHost(address.host)
            case .badAddress: throw .badRedirect
            }
        }
        return try result.get()
    }

    private func answer(
        _ request: FeedRequest, _ address: WebAddress, _ client: HTTPClient, _ deadline: NIODeadline
    ) async -> Result<Hop, FeedFetchProblem> {
        var message = HTTPClientRequest(url: address.text)
        message.headers.add(name: "User-Agent", value: "Stamgast (feed reader)")
        message.headers.add(
            name: "Accept",
            value: "application/feed+json, application/rss+xml, application/atom+xml, application/json;q=0.9, */*;q=0.5"
        )
        if let tag = request.entityTag { message.headers.add(name: "If-None-Match", value: tag) }
        if let date = request.lastModified { message.headers.add(name: "If-Modified-Since", value: date) }
        do {
            let response = try await client.execute(message, deadline: deadline)
            let headers = response.headers
            switch response.status.code {
            case 200:
                let bytes = try await collect(response, deadline)
                return .success(
                    .response(
                        .document(
                            FeedDocument(
                                bytes: bytes, contentType: headers.first(name: "content-type"),
                                entityTag: token(headers, "etag"), lastModified: token(headers, "last-modified"),
                                address: address))))
            case 304: return .success(.response(.unchanged))
            case 301, 302, 303, 307, 308:
                guard let location = headers.first(name: "location") else { return .failure(.badRedirect) }
                let isPermanent = response.status.code == 301 || response.status.code == 308
                return .success(.redirect(location, permanent: isPermanent))
            case 410: return .failure(.gone)
            default:
                let seconds = headers.first(name: "retry-after").flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
                return .failure(.status(Int(response.status.code), retryAfterSeconds: seconds))
            }
        } catch let problem as FeedFetchProblem {
            return .failure(problem)
        } catch let error as HTTPClientError {
            switch error {
            case .deadlineExceeded, .readTimeout, .connectTimeout, .requestStreamCancelled,
                .getConnectionFromPoolTimeout:
                return .failure(.timeout(seconds: limits.seconds))
            default: return .failure(.connection(kind: error.shortDescription))
            }
        } catch NIOHTTPDecompression.DecompressionError.limit {
            return .failure(.tooLarge(limit: limits.bytes))
        } catch {
            return .failure(.connection(kind: "\(type(of: error))"))
        }
    }

    private func collect(_ response: HTTPClientResponse, _ deadline: NIODeadline) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in response.body {
            guard bytes.count + piece.readableBytes <= limits.bytes else {
                throw FeedFetchProblem.tooLarge(limit: limits.bytes)
            }
            guard NIODeadline.now() < deadline else { throw FeedFetchProblem.timeout(seconds: limits.seconds) }
            bytes.append(contentsOf: piece.readableBytesView)
        }
        return bytes
    }

    /// A header that we send back one day: kept only when it is short and one line.
    private func token(_ headers: HTTPHeaders, _ name: String) -> String? {
        headers.first(name: name).flatMap { value in
            value.utf8.count <= 500 && value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } ? value : nil
        }
    }
}

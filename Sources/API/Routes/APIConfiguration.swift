public import Logging

/// What an operator sets.
public struct APIConfiguration: Sendable {
    /// The largest body, unpacked, in bytes.
    public var bodyBytes = 4 << 20
    /// The largest body of `POST /v1/events`, unpacked, in bytes; never more than ``bodyBytes``.
    public var eventBodyBytes = 1 << 20
    public var eventsPerRequest = 1_000
    /// Segment's own limits: 32 KB for one message, 500 KB for a batch.
    public var segmentMessageBytes = 32 << 10
    public var segmentBatchBytes = 500 << 10
    /// Arrays and objects inside each other.
    public var jsonDepth = 32
    /// Requests that a key may make at once, and per second in the long run.
    public var rateBurst = 20_000
    public var ratePerSecond = 10_000
    /// Where this server is reached from outside, for the OpenAPI document; without a slash at the end.
    public var publicAddress: String?
    /// Where one line per request goes. It carries method, route template, status, duration and request identifier, and
    /// nothing else.
    public var logger: Logger
    /// The level of that line for answers below 500; the others are errors.
    public var accessLogLevel: Logger.Level = .info

    public init(logger: Logger) {
        self.logger = logger
    }
}

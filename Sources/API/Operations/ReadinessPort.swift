/// Whether this server can do its work, part by part. Filled by the composition root, which holds the parts.
public protocol ReadinessPort: Sendable {
    func checks() async -> [ReadinessCheck]
}

/// One thing that must be well before requests are sent here: the database writable, the lease held, the lag small.
public struct ReadinessCheck: Sendable, Hashable {
    /// Such as `database`, `lease`, `lag`: lower-case letters and underscores.
    public var name: String
    public var isOK: Bool
    /// A number that belongs to it, its unit last in the name of the metric: `lag_milliseconds`.
    public var measure: Measure?

    public struct Measure: Sendable, Hashable {
        public var name: String
        public var value: Int64

        public init(name: String, value: Int64) {
            self.name = name
            self.value = value
        }
    }

    public init(name: String, isOK: Bool, measure: Measure? = nil) {
        self.name = name
        self.isOK = isOK
        self.measure = measure
    }
}

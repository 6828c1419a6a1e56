internal import Crypto
public import Primitives
internal import Vault

/// Limits sign-in attempts per subject (an address, an account) and per source (a network address).
///
/// It holds keyed hashes only, under a key that ends with the process: neither addresses nor people can be read from
/// memory.
public final class SignInLimiter: Sendable {
    private let buckets: TokenBuckets<ID128>
    private let hash = KeyedHash(key: SymmetricKey(size: .bits256))

    public init(perHour: Int, maximumKeys: Int = 50_000) {
        buckets = TokenBuckets(burst: perHour, count: perHour, perMilliseconds: 3_600_000, maximumKeys: maximumKeys)
    }

    /// Counts an attempt.
    ///
    /// - Returns: `nil` when it may go on, otherwise the milliseconds until the next may.
    public func attempt(subject: String, source: String, now: Instant) -> Int64? {
        // Both are taken, so that trying many subjects from one place costs as much as trying one.
        let decisions = [
            buckets.take(hash.id(of: "source|" + source), now: now),
            buckets.take(hash.id(of: "subject|" + subject.lowercased()), now: now),
        ]
        let wait = decisions.map(\.retryAfterMilliseconds).max() ?? 0
        return decisions.allSatisfy(\.isAllowed) ? nil : wait
    }

    /// Counts an attempt of a source, whoever it is about.
    ///
    /// - Returns: as above.
    public func attempt(source: String, now: Instant) -> Int64? {
        wait(buckets.take(hash.id(of: "source|" + source), now: now))
    }

    /// Counts an attempt about a subject, wherever it comes from.
    ///
    /// - Returns: as above.
    public func attempt(subject: String, now: Instant) -> Int64? {
        wait(buckets.take(hash.id(of: "subject|" + subject.lowercased()), now: now))
    }

    private func wait(_ decision: TokenBuckets<ID128>.Decision) -> Int64? {
        decision.isAllowed ? nil : decision.retryAfterMilliseconds
    }
}

import Primitives
import Synchronization

/// Identifiers 1, 2, 3 …: repeatable, and never used for anything secret.
final class Counter: Sendable {
    private let value = Mutex<UInt64>(0)

    func next() -> ID128 {
        value.withLock { value in
            value += 1
            return ID128(high: value &* 0x9E37_79B9_7F4A_7C15, low: value)
        }
    }
}

import Loyalty
import Synchronization

/// The programmes that documents say, by what stands in them: the console's editor asks for the same two again and again, and to read
/// one takes longer than to draw its page.
final class KeptReadings: Sendable {
    private static let most = 16

    private let kept = Mutex<[[UInt8]: Programme?]>([:])

    /// See ``ProgrammeDocument/reading``.
    func reading(_ document: ProgrammeDocument) -> Programme? {
        let digest = document.digest
        if let known = kept.withLock({ $0[digest] }) { return known }
        let reading = document.reading
        kept.withLock { all in
            if all.count >= Self.most { all.removeAll() }
            all.updateValue(reading, forKey: digest)
        }
        return reading
    }
}

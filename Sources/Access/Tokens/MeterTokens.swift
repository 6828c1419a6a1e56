internal import Crypto
internal import Foundation
public import Primitives
internal import Vault

/// How often a visitor has opened a metered gate, kept on the visitor's own device and nowhere else.
///
/// A token says gate, period and count, and a keyed hash of these. It has no identifier and no randomness: everybody who
/// has opened as many has the same token, byte for byte, so it links nobody to anything. A visitor who throws it away, or
/// keeps an older one, starts from that count: that is the limit of any meter that keeps no dossier, and the threat model
/// says so.
///
/// A receipt says that an item behind a gate was opened in a period, so that reading it again is not counted again. It
/// lies on the device too, and is the same for everybody who opened that item.
public struct MeterTokens: Sendable {
    private let current: KeyedHash
    private let hashes: [KeyedHash]

    init(ring: Keyring) throws(VaultProblem) {
        current = KeyedHash(root: try ring.current, use: "meter")
        var hashes: [KeyedHash] = []
        for id in ring.ids.reversed() { hashes.append(KeyedHash(root: try ring.key(id), use: "meter")) }
        self.hashes = hashes
    }

    /// - Parameter period: such as the first day of the period, as days since 1970.
    public func token(_ programme: ProgrammeID, gate: String, period: Int32, count: Int64) -> String {
        "\(period).\(count)." + Self.text(Self.count(current, programme, gate, period, count))
    }

    /// The count that a token proves for a period; `nil` if it is not ours, or of another gate or period.
    public func count(_ token: String, _ programme: ProgrammeID, gate: String, period: Int32) -> Int64? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard token.utf8.count <= 100, parts.count == 3, parts[0] == "\(period)", let count = Int64(parts[1]),
            count >= 0,
            "\(count)" == parts[1], let mark = Base64URL.decode(parts[2])
        else { return nil }
        let isOurs = hashes.contains { ConstantTime.areEqual(Self.count($0, programme, gate, period, count), mark) }
        return isOurs ? count : nil
    }

    public func receipt(_ programme: ProgrammeID, gate: String, period: Int32, item: String) -> String {
        "\(period)." + Self.text(Self.opened(current, programme, gate, period, item))
    }

    /// Whether a receipt is of this item, gate and period.
    public func isReceipt(
        _ receipt: String, _ programme: ProgrammeID, gate: String, period: Int32, item: String
    ) -> Bool {
        let parts = receipt.split(separator: ".", omittingEmptySubsequences: false)
        guard receipt.utf8.count <= 100, parts.count == 2, parts[0] == "\(period)",
            let mark = Base64URL.decode(parts[1])
        else { return false }
        return hashes.contains { ConstantTime.areEqual(Self.opened($0, programme, gate, period, item), mark) }
    }

    private static func text(_ mark: [UInt8]) -> String { Base64URL.encode(mark) }

    private static func count(
        _ hash: KeyedHash, _ programme: ProgrammeID, _ gate: String, _ period: Int32, _ count: Int64
    ) -> [UInt8] {
        Array(hash.bytes(ofParts: parts("count", programme, gate, period, "\(count)")).prefix(16))
    }

    private static func opened(
        _ hash: KeyedHash, _ programme: ProgrammeID, _ gate: String, _ period: Int32, _ item: String
    ) -> [UInt8] {
        Array(hash.bytes(ofParts: parts("opened", programme, gate, period, item)).prefix(16))
    }

    private static func parts(
        _ use: String, _ programme: ProgrammeID, _ gate: String, _ period: Int32, _ last: String
    ) -> [[UInt8]] {
        [Array(use.utf8), Array(programme.name.utf8), Array(gate.utf8), Array("\(period)".utf8), Array(last.utf8)]
    }
}

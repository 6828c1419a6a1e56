import Crypto
import Foundation
public import Primitives
public import Vault

/// Carries what was decided from the page that shows a reward to the form that redeems it, in the page itself: so the server
/// needs to keep no line about who saw what.
///
/// Encrypted and authenticated with AES-256-GCM (NIST SP 800-38D) under a key of the day, bound to programme, member and
/// reward: it tells nothing to whoever reads the address, and is worth nothing to anybody else.
public struct ChoiceSeal: Sendable {
    /// How many days after it was shown something counts as taken because of it.
    public static let windowDays: Int32 = 3
    /// The most hexadecimal digits of a seal.
    public static let mostDigits = 1_000

    public struct Content: Sendable, Hashable {
        public var cell: ChoiceCell
        /// The exact probability of the kind.
        public var propensity: Double
        /// The place on the page.
        public var slot: UInt8

        public init(cell: ChoiceCell, propensity: Double, slot: UInt8) {
            self.cell = cell
            self.propensity = propensity
            self.slot = slot
        }
    }

    private let keys: KeyedHash

    /// - Parameter keys: gives a key for each day.
    public init(keys: KeyedHash) {
        self.keys = keys
    }

    /// In hexadecimal digits; another one each time.
    public func seal(
        _ content: Content, programme: ProgrammeID, member: MemberID, reward: String
    ) throws -> String {
        let day = Self.bytes(UInt64(UInt32(bitPattern: content.cell.day)), 4)
        let persona = Array((content.cell.arm.persona ?? "").utf8)
        let kind = Array(content.cell.arm.kind.utf8)
        guard persona.count <= 200, kind.count <= 100 else { throw CryptoKitError.incorrectParameterSize }
        let flags: UInt8 = (content.cell.isHeldOut ? 1 : 0) | (content.cell.arm.persona == nil ? 0 : 2)
        let plain =
            [flags, content.slot] + Self.bytes(content.propensity.bitPattern, 8) + [UInt8(persona.count)] + persona
            + kind
        let box = try AES.GCM.seal(
            plain, using: key(day), authenticating: Self.binding(programme, member, reward))
        return Self.hex(day + Array(box.nonce) + Array(box.ciphertext) + Array(box.tag))
    }

    /// - Parameter day: the member's, when the reward is redeemed.
    /// - Returns: `nil` for what we did not make, made for something else, or made too long ago.
    public func open(
        _ text: String, programme: ProgrammeID, member: MemberID, reward: String, day today: Int32
    ) -> Content? {
        guard let bytes = Self.bytes(hex: text), bytes.count >= 4 + 12 + 11 + 16 else { return nil }
        let day = Int32(bitPattern: bytes[..<4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
        let age = Int64(today) - Int64(day)
        // A member who moves west can be a day before themselves.
        guard (-1...Int64(Self.windowDays)).contains(age),
            let nonce = try? AES.GCM.Nonce(data: bytes[4..<16]),
            let box = try? AES.GCM.SealedBox(
                nonce: nonce, ciphertext: bytes[16..<bytes.count - 16], tag: bytes[(bytes.count - 16)...]),
            let data = try? AES.GCM.open(
                box, using: key(Array(bytes[..<4])), authenticating: Self.binding(programme, member, reward))
        else { return nil }
        let plain = Array(data)
        let propensity = Double(bitPattern: plain[2..<10].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        let end = 11 + Int(plain[10])
        guard end <= plain.count, propensity > 0, propensity <= 1 else { return nil }
        let arm = ChoiceArm(
            persona: plain[0] & 2 == 0 ? nil : String(decoding: plain[11..<end], as: UTF8.self),
            kind: String(decoding: plain[end...], as: UTF8.self))
        return Content(
            cell: ChoiceCell(
                day: day, arm: arm, isHeldOut: plain[0] & 1 == 1, bucket: ChoiceCell.bucket(of: propensity)),
            propensity: propensity, slot: plain[1])
    }

    private func key(_ day: [UInt8]) -> SymmetricKey {
        SymmetricKey(data: keys.bytes(ofParts: [Array("day".utf8), day]))
    }

    private static func binding(_ programme: ProgrammeID, _ member: MemberID, _ reward: String) -> [UInt8] {
        Array((programme.name + "\n" + member.description + "\n" + reward).utf8)
    }

    private static func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * (count - 1 - $0))) }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard digits.count <= mostDigits, digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[start...start + 1], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }
}

public import Primitives
internal import Vault

/// The code that a member's card shows: nine letters and digits that change every half minute.
///
/// It is the card's number under a permutation of 45 bits that follows from the home's key, the programme and the half
/// minute: 30 bits of number and 15 that must come out as zero. So nothing needs to be searched or stored to read one, two
/// codes of a card have nothing in common, and a guess is right with a probability of cards / 2^45 for each of the three
/// half minutes that are accepted.
///
/// The permutation is a Feistel network (Luby and Rackoff 1988) of eight rounds over halves of 22 and 23 bits with
/// HMAC-SHA256 as the round function, as in NIST SP 800-38G.
public struct CardCodes: Sendable {
    public static let stepMilliseconds: Int64 = 30_000
    /// How many steps a till's clock, or a finger, may be early or late.
    public static let skewSteps: Int64 = 1
    public static let numberBits: Int64 = 30
    static let length = 9
    private static let zeroBits: UInt64 = 15
    private static let rounds: UInt8 = 8
    /// Crockford's alphabet: no I, L, O and U.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    private let hash: KeyedHash

    init(ring: Keyring) throws(VaultProblem) {
        // The first version, always: a code that was scanned before a rotation and is sent after it still counts.
        hash = KeyedHash(root: try ring.key(ring.ids.first ?? ring.currentID), use: "card code")
    }

    public static func step(at instant: Instant) -> Int64 {
        let (step, rest) = instant.milliseconds.quotientAndRemainder(dividingBy: stepMilliseconds)
        return rest < 0 ? step - 1 : step
    }

    /// When the code of a moment changes.
    public static func end(of instant: Instant) -> Instant {
        Instant(milliseconds: (step(at: instant) + 1) * stepMilliseconds)
    }

    /// The code of a card at a moment: nine characters.
    public func code(number: Int64, in programme: ProgrammeID, at instant: Instant) -> String {
        let step = Self.step(at: instant)
        var value = permuted(UInt64(bitPattern: number) << Self.zeroBits, programme, step, forward: true)
        var digits: [UInt8] = []
        for _ in 0..<Self.length {
            digits.append(Self.alphabet[Int(value & 31)])
            value >>= 5
        }
        return String(decoding: digits.reversed(), as: UTF8.self)
    }

    /// For people: `7KX 3W9 QPD`.
    public static func grouped(_ code: String) -> String {
        var text = ""
        for (index, character) in code.enumerated() {
            if index > 0, index % 3 == 0 { text += " " }
            text.append(character)
        }
        return text
    }

    /// The cards that a code may be of at a moment, each with its step: none for a code that is of no card, one as a rule.
    public func cards(_ code: String, in programme: ProgrammeID, at instant: Instant) -> [(number: Int64, step: Int64)]
    {
        guard let value = Self.value(code) else { return [] }
        let now = Self.step(at: instant)
        return (now - Self.skewSteps...now + Self.skewSteps).compactMap { step in
            let plain = permuted(value, programme, step, forward: false)
            guard plain & (1 << Self.zeroBits - 1) == 0 else { return nil }
            return (Int64(plain >> Self.zeroBits), step)
        }
    }

    /// Reads what was typed or scanned: capitals or not, with spaces and hyphens, and with the letters that look like
    /// digits.
    static func value(_ code: String) -> UInt64? {
        guard code.utf8.count <= 32 else { return nil }
        var value: UInt64 = 0
        var count = 0
        for byte in code.uppercased().utf8 {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "-"): continue
            case UInt8(ascii: "O"): digit = UInt8(ascii: "0")
            case UInt8(ascii: "I"), UInt8(ascii: "L"): digit = UInt8(ascii: "1")
            default: digit = byte
            }
            guard let place = alphabet.firstIndex(of: digit), count < length else { return nil }
            value = value << 5 | UInt64(place)
            count += 1
        }
        return count == length ? value : nil
    }

    private func permuted(_ value: UInt64, _ programme: ProgrammeID, _ step: Int64, forward: Bool) -> UInt64 {
        let (leftMask, rightMask): (UInt64, UInt64) = (1 << 22 - 1, 1 << 23 - 1)
        var left = value >> 23 & leftMask
        var right = value & rightMask
        let prefix = Array(programme.name.utf8) + [0] + Self.bytes(UInt64(bitPattern: step))
        for index in 0..<Self.rounds {
            let round = forward ? index : Self.rounds - 1 - index
            if round % 2 == 0 {
                left ^= hash.id(of: prefix + [round] + Self.bytes(right)).high & leftMask
            } else {
                right ^= hash.id(of: prefix + [round] + Self.bytes(left)).high & rightMask
            }
        }
        return left << 23 | right
    }

    private static func bytes(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
    }
}

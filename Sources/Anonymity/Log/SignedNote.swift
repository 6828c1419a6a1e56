public import Crypto
internal import Foundation

/// A text with signatures under it that name their keys (C2SP signed-note), with Ed25519.
public struct SignedNote: Hashable, Sendable {
    /// One line of a signature.
    public struct Signature: Hashable, Sendable {
        public let name: String
        /// The key's four bytes and the signature itself.
        public let bytes: [UInt8]
    }

    /// The most signatures that are read.
    public static let largestSignatureCount = 100

    /// Ends in a line break.
    public let text: String
    public let signatures: [Signature]

    /// Signs a text; nil when the text does not end in a line break.
    public init?(text: String, name: NoteKeyName, key: Curve25519.Signing.PrivateKey) throws {
        guard text.utf8.last == UInt8(ascii: "\n") else { return nil }
        self.text = text
        let verifier = NoteVerifier(name: name, key: key.publicKey)
        signatures = [
            Signature(name: name.value, bytes: verifier.id + [UInt8](try key.signature(for: Data(text.utf8))))
        ]
    }

    /// Reads a note; nil for what is not one.
    public init?(encoded: String) {
        // The signatures follow the last empty line.
        guard let gap = encoded.range(of: "\n\n", options: .backwards), encoded.utf8.last == UInt8(ascii: "\n") else {
            return nil
        }
        text = encoded[..<gap.lowerBound] + "\n"
        let lines = encoded[gap.upperBound...].dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count <= Self.largestSignatureCount else { return nil }
        var read: [Signature] = []
        for line in lines {
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 3, words[0] == "—", let name = NoteKeyName(String(words[1])),
                let data = Data(base64Encoded: String(words[2])), data.count > 4
            else { return nil }
            read.append(Signature(name: name.value, bytes: [UInt8](data)))
        }
        signatures = read
    }

    public var encoded: String {
        text + "\n"
            + signatures.map { "— \($0.name) \(Data($0.bytes).base64EncodedString())\n" }.joined()
    }
}

/// The name of a key in a signed note: no white space, no plus sign, not empty.
public struct NoteKeyName: Hashable, Sendable {
    public let value: String

    public init?(_ value: String) {
        guard !value.isEmpty, !value.contains("+"), !value.contains(where: \.isWhitespace) else { return nil }
        self.value = value
    }
}

/// A key that notes are verified with.
public struct NoteVerifier: Sendable {
    public let name: NoteKeyName
    private let key: Curve25519.Signing.PublicKey

    public init(name: NoteKeyName, key: Curve25519.Signing.PublicKey) {
        self.name = name
        self.key = key
    }

    /// Reads `name+id+base64(0x01 ‖ key)`; nil for another form or an id that does not belong to the key.
    public init?(encoded: String) {
        let parts = encoded.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let name = NoteKeyName(parts[0]), let data = Data(base64Encoded: parts[2]),
            data.first == 1, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: data.dropFirst())
        else { return nil }
        self.init(name: name, key: key)
        guard hexadecimalID == parts[1] else { return nil }
    }

    public var encoded: String {
        "\(name.value)+\(hexadecimalID)+\(Data([1] + key.rawRepresentation).base64EncodedString())"
    }

    /// The first four bytes of SHA-256(name ‖ "\n" ‖ 0x01 ‖ key).
    var id: [UInt8] {
        Array(SHA256.hash(data: Array(name.value.utf8) + [0x0A, 0x01] + key.rawRepresentation).prefix(4))
    }

    private var hexadecimalID: String {
        id.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Whether this key signed the note.
    public func verifies(_ note: SignedNote) -> Bool {
        note.signatures.contains { signature in
            signature.name == name.value && signature.bytes.starts(with: id)
                && key.isValidSignature(Data(signature.bytes.dropFirst(4)), for: Data(note.text.utf8))
        }
    }
}

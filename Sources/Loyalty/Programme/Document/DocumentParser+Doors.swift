internal import Foundation

/// `doors.yaml`: how readers come in.
extension DocumentParser {
    func doors(_ node: DocumentNode) -> Doors? {
        guard
            let section = DocumentSection(reader, node, what: "the doors", name: "doors", keys: ["join", "hand-over"])
        else { return nil }
        reader.remember("doors", node)
        var doors = Doors()
        if let joining: Doors.Joining = section.node("join").flatMap({ reader.choice($0, "open or closed") }) {
            doors.joining = joining
        }
        if let handOver = section.section("hand-over", what: "the hand-over", keys: ["issuer", "audience", "keys"]) {
            let issuer = handOver.need("issuer").flatMap { reader.text($0, "who signs (iss)", maximum: 255) }
            let audience = handOver.need("audience").flatMap { reader.text($0, "for whom it is (aud)", maximum: 255) }
            let keys = handOver.list("keys", of: "keys")
            if keys.count > Doors.mostKeys {
                reader.report("There are more than \(Doors.mostKeys) keys.", at: handOver.node("keys")?.mark)
            }
            let known = keys.compactMap { key($0.node, $0.name) }
            if let issuer, let audience {
                doors.handOver = Doors.HandOver(issuer: issuer, audience: audience, keys: known)
            }
        }
        return doors
    }

    private func key(_ node: DocumentNode, _ name: String) -> Doors.HandOver.Key? {
        guard let section = DocumentSection(reader, node, what: "a key", name: name, keys: ["id", "ed25519"]) else {
            return nil
        }
        let id = section.node("id").flatMap { reader.text($0, "the name of a key (kid)", maximum: 100) }
        guard let value = section.need("ed25519"),
            let text = reader.text(value, "the public half of an Ed25519 key", maximum: 100)
        else { return nil }
        guard let bytes = Self.bytes(base64URL: text), bytes.count == 32 else {
            reader.report(
                "This is no public key of Ed25519.", at: value.mark,
                fix: "Write its 32 bytes in base64url: the 'x' of the JWK, 43 characters.")
            return nil
        }
        return Doors.HandOver.Key(id: id, ed25519: bytes)
    }

    /// Base 64 in either alphabet, with or without padding.
    private static func bytes(base64URL text: String) -> [UInt8]? {
        var standard = text.replacing("-", with: "+").replacing("_", with: "/").filter { $0 != "=" }
        while standard.utf8.count % 4 != 0 { standard += "=" }
        return Data(base64Encoded: standard).map { Array($0) }
    }
}

internal import Foundation

extension DocumentTree {
    static func doors(_ doors: Doors) -> DocumentTree {
        .mapping(
            ("join", .raw(doors.joining.rawValue)),
            (
                "hand-over",
                doors.handOver.map { handOver in
                    .mapping(
                        ("issuer", .text(handOver.issuer)), ("audience", .text(handOver.audience)),
                        ("keys", handOver.keys.isEmpty ? nil : .list(handOver.keys.map(key))))
                }
            ))
    }

    private static func key(_ key: Doors.HandOver.Key) -> DocumentTree {
        let text = Data(key.ed25519).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        return .mapping(("id", key.id.map { .text($0) }), ("ed25519", .text(text.filter { $0 != "=" })))
    }
}

import Primitives

/// What Segment's libraries send.
extension Schemas {
    /// A message that says who it is about; everything that is not named here is taken as it comes.
    private static func segmentMessage(
        _ fields: [(String, JSONValue)] = [], required: [String] = []
    ) -> JSONValue {
        var schema = JSONSchema.object(fields, required: required, isOpen: true)
        schema["anyOf"] = [
            ["required": ["userId"], "properties": ["userId": someone]],
            ["required": ["anonymousId"], "properties": ["anonymousId": someone]],
        ]
        return JSONSchema.described(
            schema,
            "As in Segment's HTTP API: `userId` or `anonymousId`, `messageId`, `timestamp`, `sentAt`. Of `context` only `pass` is read, and `integrations` is not."
        )
    }

    /// Some clients send numbers.
    private static let someone: JSONValue = ["anyOf": [identity, JSONSchema.integer(from: .min, to: .max)]]

    static var segment: [(String, JSONValue)] {
        let name = JSONSchema.text(atMost: EventAttributes.Limit.type, atLeast: 1)
        return [
            (
                "SegmentTrack",
                segmentMessage(
                    [
                        (
                            "event",
                            JSONSchema.described(
                                name, "Finds the declared event type: `Article Read` is `article.read`.")
                        )
                    ],
                    required: ["event"])
            ),
            ("SegmentMessage", segmentMessage()),
            (
                "SegmentAlias",
                JSONSchema.object(
                    [("userId", someone), ("previousId", someone)], required: ["userId", "previousId"], isOpen: true)
            ),
            (
                "SegmentBatch",
                JSONSchema.object(
                    [
                        (
                            "batch",
                            JSONSchema.described(
                                JSONSchema.array([:]),
                                "Messages with their `type`: track, identify, page, screen, group or alias. One that cannot be read is passed over."
                            )
                        )
                    ], isOpen: true)
            ),
            ("SegmentSuccess", JSONSchema.object([("success", ["type": "boolean", "const": true])])),
        ]
    }
}

import Primitives

/// The programme and its versions.
extension Schemas {
    static var programme: [(String, JSONValue)] {
        let bundle = JSONSchema.described(
            JSONSchema.map(JSONSchema.text()),
            "The files of the document: path to text, such as `rules/curious-reader.yaml`.")
        let version: [(String, JSONValue)] = [
            ("version", JSONSchema.integer(from: 1)), ("applied_at", JSONSchema.time),
            ("digest", JSONSchema.described(JSONSchema.text(), "SHA-256 of the document, in hexadecimal.")),
        ]
        return [
            ("Programme", JSONSchema.object([("programme", JSONSchema.text())] + version + [("document", bundle)])),
            (
                "DocumentProblem",
                JSONSchema.object([
                    ("path", JSONSchema.text()), ("line", JSONSchema.integer()), ("column", JSONSchema.integer()),
                    ("severity", JSONSchema.choice(["error", "warning"])), ("message", JSONSchema.text()),
                    ("fix", JSONSchema.orNull(JSONSchema.text())),
                ])
            ),
            (
                "ProgrammeDocument",
                JSONSchema.object([
                    (
                        "document",
                        JSONSchema.described(
                            [:], "The files of the document: path to text. Anything else is a problem.")
                    )
                ])
            ),
            (
                "ProgrammeCheck",
                JSONSchema.object([
                    ("ok", JSONSchema.boolean), ("problems", JSONSchema.array(JSONSchema.ref("DocumentProblem"))),
                ])
            ),
            (
                "ProgrammeChange",
                JSONSchema.object([
                    (
                        "based_on",
                        JSONSchema.described(
                            JSONSchema.integer(from: 0, to: .max), "The version that the author had; 0 for the first.")
                    ), ("document", bundle),
                ])
            ),
            (
                "ProgrammeChanged",
                JSONSchema.object(
                    version + [
                        ("changed", JSONSchema.boolean),
                        (
                            "difference",
                            JSONSchema.described(
                                JSONSchema.orNull(JSONSchema.anyObject), "From the version before, thing by thing.")
                        ),
                        ("warnings", JSONSchema.array(JSONSchema.ref("DocumentProblem"))),
                    ])
            ),
            (
                "ProgrammeVersions",
                JSONSchema.page(
                    JSONSchema.object(
                        version + [("based_on", JSONSchema.integer(from: 0)), ("applied_by", JSONSchema.text())]))
            ),
        ]
    }
}

internal import Primitives

extension DocumentTree {
    static func persona(_ persona: Persona, _ languages: [Language]) -> DocumentTree {
        .mapping(
            ("persona", .text(persona.id)), ("name", localized(persona.name, languages)),
            ("about", localized(persona.about, languages)),
            (
                "topics",
                .mapping(persona.topics.map { DocumentTree.Entry(key: $0.id, value: .raw(String($0.weight))) })
            ),
            ("members", persona.minimum == Persona.standardMinimum ? nil : .raw(String(persona.minimum))))
    }
}

internal import Primitives

/// `personas/*.yaml`.
extension DocumentParser {
    static let personaKeys = ["persona", "name", "about", "topics", "members"]

    func persona(_ node: DocumentNode, _ stem: String) -> Persona? {
        guard let id = declaredID(node, "persona", .thing, stem) else { return nil }
        let name = "persona:\(id)"
        guard
            let section = DocumentSection(reader, node, what: "the persona", name: name, keys: Self.personaKeys)
        else { return nil }
        reader.remember(name, node)
        var persona = Persona(id: id)
        _ = section.need("name")
        persona.name = localized(section, "name")
        persona.about = localized(section, "about")
        if let topics = section.need("topics") { persona.topics = topicWeights(topics) }
        if let node = section.node("members"),
            let least = reader.integer(node, Int64(Persona.leastMembers)...1_000_000)
        {
            persona.minimum = Int(least)
        }
        return persona
    }

    private func topicWeights(_ node: DocumentNode) -> [Persona.Topic] {
        guard case .mapping(let entries, let mark) = node else {
            reader.report(
                "The topics are \(node.kind), but a persona says how much each one weighs.", at: node.mark,
                fix: "Write it as in 'topics: { opera: 100, theatre: 60 }'.")
            return []
        }
        if entries.isEmpty {
            reader.report("A persona is about at least one topic.", at: mark, fix: "Add one, as in 'opera: 100'.")
        }
        let topics = entries.compactMap { entry -> Persona.Topic? in
            guard let weight = reader.integer(entry.value, 1...100) else { return nil }
            return Persona.Topic(entry.key.text, weight: Int(weight))
        }
        return topics.sorted { $0.weight == $1.weight ? $0.id < $1.id : $0.weight > $1.weight }
    }
}

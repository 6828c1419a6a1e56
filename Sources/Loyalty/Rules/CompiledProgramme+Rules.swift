extension CompiledProgramme {
    /// A rule made ready, by name.
    public func rule(_ id: String) -> CompiledRule? {
        for type in eventTypes.values {
            if let rule = type.rules.first(where: { $0.rule.id == id }) { return rule }
        }
        return nil
    }

    /// All rules made ready, by name.
    var rules: [String: CompiledRule] {
        Dictionary(eventTypes.values.flatMap(\.rules).map { ($0.rule.id, $0) }) { first, _ in first }
    }
}

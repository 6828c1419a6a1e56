/// Personas held against each other.
extension ProgrammeChecker {
    mutating func checkPersonas() {
        var seen: [[Persona.Topic]: String] = [:]
        for persona in programme.personas {
            let place = "persona:\(persona.id)"
            if let twin = seen[persona.topics], !persona.topics.isEmpty {
                report(
                    "The persona '\(persona.id)' is about the same as '\(twin)'.", at: "\(place).topics",
                    fix: "Remove one of them, or let their topics differ.")
            }
            seen[persona.topics] = persona.id
            if persona.topics.count > 12 {
                warn(
                    "A persona of \(persona.topics.count) topics is hard to picture.", at: "\(place).topics",
                    fix: "Keep those that say what somebody comes for.")
            }
        }
    }
}

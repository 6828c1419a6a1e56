internal import Primitives

/// Checks for `simulation/`: what it names exists, and what it sends is what the event types take.
extension ProgrammeChecker {
    mutating func check(_ simulation: Behaviour) {
        let place = "simulation"
        let channels = simulation.channels.map(\.id)
        let events = simulation.events.map(\.id)
        let rhythms = simulation.rhythms.map(\.id)
        for channel in simulation.channels {
            for one in channel.does {
                resolveSimulated("event", one.id, events, at: "\(place).channels.\(channel.id).does")
            }
            if let then = channel.then {
                resolveSimulated("channel", then.channel, channels, at: "\(place).channels.\(channel.id).then")
            }
        }
        for group in simulation.groups {
            for channel in group.channels.keys.sorted() {
                resolveSimulated("channel", channel, channels, at: "\(place).groups.\(group.id).channels")
            }
            for rhythm in group.hours.keys.sorted() {
                resolveSimulated("rhythm", rhythm, rhythms, at: "\(place).groups.\(group.id).hours")
            }
        }
        for subject in simulation.moves {
            resolveSimulated("subject", subject, simulation.subjects, at: "\(place).moves")
        }
        for event in simulation.events { check(event, of: simulation, channels, events) }
        for trait in simulation.traits {
            resolve("trait", trait.id, among: programme.traits.map(\.id), at: "\(place).traits.\(trait.id)")
        }
        for join in simulation.joins { check(join) }
    }

    private mutating func resolveSimulated(_ what: String, _ id: String, _ known: [String], at name: String) {
        guard !known.contains(id) else { return }
        report(
            "The simulation has no \(what) '\(id)'.", at: name,
            fix: DocumentSuggestion.fix(for: id, in: known) ?? "Add it, or name another.")
    }

    private mutating func check(_ join: Behaviour.ChallengeJoin) {
        let name = "simulation.joins.\(join.challenge)"
        guard resolve("challenge", join.challenge, among: programme.challenges.map(\.id), at: name),
            let challenge = programme.challenges.first(where: { $0.id == join.challenge })
        else { return }
        if !challenge.isJoined {
            report("Nobody joins the challenge '\(join.challenge)': it counts for all.", at: name)
        }
        if let goal = join.goal,
            challenge.goal.map({ $0.contains(goal.lowerBound) && $0.contains(goal.upperBound) }) != true
        {
            report("The goal lies outside what members may choose.", at: "\(name).goal")
        }
    }

    private mutating func check(
        _ event: Behaviour.Event, of simulation: Behaviour, _ channels: [String], _ events: [String]
    ) {
        let name = "simulation.events.\(event.id)"
        for channel in [event.rate?.channel, event.attends?.channel].compactMap({ $0 }) {
            resolveSimulated("channel", channel, channels, at: name)
        }
        if let after = event.after {
            resolveSimulated("event", after.event, events, at: "\(name).after.event")
            if after.event == event.id { report("An event does not follow itself.", at: "\(name).after.event") }
        }
        // What the programme does not declare is sent to nobody: a house does more than its programme sees.
        guard !sources.broken.contains("event:\(event.id)"),
            let type = programme.acceptedEvents.first(where: { $0.id == event.id })
        else { return }
        var given = Set(event.fields.map(\.id)).union(["channel"])
        if event.item != nil { given.formUnion(["item", "topics", "series"]) }
        for field in type.fields where field.required && !given.contains(field.id) {
            report(
                "'\(event.id)' needs the field '\(field.id)', which the simulation does not give.",
                at: "\(name).fields",
                fix: "Say where its value comes from.")
        }
        for field in event.fields {
            // A house says more than its programme asks: what is not declared is left out.
            guard let declared = type.fields.first(where: { $0.id == field.id }) else { continue }
            for value in values(of: field.draw, simulation.subjects) {
                do throws(EventProblem) {
                    _ = try EventReader.value(value, of: declared.type, field: declared)
                } catch {
                    report(
                        "'\(field.id)' of '\(event.id)' does not fit. \(error.detail)", at: "\(name).fields.\(field.id)"
                    )
                }
            }
        }
    }

    /// The values at the edges of what a draw gives.
    private func values(of draw: Behaviour.Draw, _ subjects: [String]) -> [JSONValue] {
        func edges(_ span: Behaviour.Span) -> [JSONValue] {
            span.isWhole
                ? [.integer(Int64(span.from)), .integer(Int64(span.to))] : [.double(span.from), .double(span.to)]
        }
        return switch draw {
        case .value(let value): [value]
        case .oneOf(let choices): choices.map(\.value)
        case .span(let span): edges(span)
        case .taste: subjects.map { .string($0) }
        case .finished(let done, let other): edges(done) + edges(other)
        case .by(_, let cases, let other):
            cases.flatMap { values(of: $0.draw, subjects) } + (other.map { values(of: $0, subjects) } ?? [])
        case .list(let one): values(of: one, subjects).map { .array([$0]) }
        case .length, .moment: []
        }
    }
}

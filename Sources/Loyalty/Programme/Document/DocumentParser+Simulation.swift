internal import Primitives

/// `simulation/*.yaml`: how the people behave whom the simulator invents.
extension DocumentParser {
    private static let simulationKeys = [
        "simulation", "house", "places", "joining", "visits", "personal", "rhythms", "groups", "channels", "events",
        "subscription", "responses", "moves", "traits", "joins",
    ]
    /// So many of each kind of thing; the simulator looks at all of them for each person.
    static let simulatedThings = 100

    func behaviour(_ node: DocumentNode, _ stem: String, source: String) -> Behaviour? {
        guard let id = declaredID(node, "simulation", .thing, stem),
            let section = DocumentSection(
                reader, node, what: "the simulation", name: "simulation", keys: Self.simulationKeys)
        else { return nil }
        reader.remember("simulation", node)
        let rhythms = entries(section, "rhythms", "the rhythms").compactMap { rhythm($0) }
        let groups = entries(section, "groups", "the groups").compactMap { group($0) }
        let channels = entries(section, "channels", "the channels").compactMap { channel($0) }
        let events = entries(section, "events", "the events").compactMap { simulatedEvent($0) }
        let places = section.list("places", of: "places").compactMap { place($0.node, $0.name) }
        for (key, isEmpty) in [
            ("places", places.isEmpty), ("groups", groups.isEmpty), ("channels", channels.isEmpty),
            ("events", events.isEmpty),
        ] where isEmpty {
            reader.report("The simulation has no \(key).", at: section.node(key)?.mark ?? section.mark)
            return nil
        }
        var subjects: [String] = []
        for group in groups {
            for subject in group.order where !subjects.contains(subject) { subjects.append(subject) }
        }
        var behaviour = Behaviour(
            id: id, source: source, subjects: subjects, places: places, rhythms: rhythms, groups: groups.map(\.group),
            channels: channels, events: events)
        if let node = section.node("house") { behaviour.house = reader.choice(node, "a media house") }
        behaviour.personal = number(section, "personal", 0...1) ?? behaviour.personal
        if let joining = section.section("joining", what: "the joining", keys: ["new", "within", "mean"]) {
            behaviour.joining.new = number(joining, "new", 0...1) ?? behaviour.joining.new
            behaviour.joining.newDays = whole(joining, "within", 1...3_650) ?? behaviour.joining.newDays
            behaviour.joining.meanDays = number(joining, "mean", 1...36_500) ?? behaviour.joining.meanDays
        }
        if let visits = section.section("visits", what: "the visits", keys: ["spread", "weekend"]) {
            behaviour.visits.spread = number(visits, "spread", 0...3) ?? behaviour.visits.spread
            behaviour.visits.weekend = number(visits, "weekend", 0...1) ?? behaviour.visits.weekend
        }
        behaviour.subscription = subscription(section)
        let responses = entries(section, "responses", "the responses").compactMap { response($0) }
        if !responses.isEmpty { behaviour.responses = responses }
        behaviour.moves = section.list("moves", of: "subjects").compactMap {
            reader.word($0.node, "a subject", .foreign)
        }
        behaviour.traits = entries(section, "traits", "the traits").compactMap { traitDraw($0) }
        behaviour.joins = entries(section, "joins", "the joins").compactMap { join($0) }
        return behaviour
    }

    // MARK: Parts

    struct NamedEntry {
        var id: String
        var node: DocumentNode
        var name: String
    }

    /// The entries of a mapping, at most a hundred.
    func entries(_ section: DocumentSection, _ key: String, _ what: String) -> [NamedEntry] {
        guard let all = section.section(key, what: what, keys: []) else { return [] }
        if all.entries.count > Self.simulatedThings {
            reader.report("There are more than \(Self.simulatedThings) of \(what).", at: all.mark)
            return []
        }
        return all.entries.compactMap { entry in
            guard let id = reader.word(.scalar(entry.key), "a name", .event) else { return nil }
            reader.remember("\(all.name).\(id)", entry.value)
            return NamedEntry(id: id, node: entry.value, name: "\(all.name).\(id)")
        }
    }

    func number(_ section: DocumentSection, _ key: String, _ range: ClosedRange<Double>) -> Double? {
        guard let node = section.node(key), let value = reader.number(node) else { return nil }
        guard range.contains(value) else {
            reader.report(
                "'\(key)' goes from \(DocumentTree.number(range.lowerBound)) to \(DocumentTree.number(range.upperBound)).",
                at: node.mark)
            return nil
        }
        return value
    }

    func whole(_ section: DocumentSection, _ key: String, _ range: ClosedRange<Int64>) -> Int? {
        section.node(key).flatMap { reader.integer($0, range) }.map { Int($0) }
    }

    /// `{ web: 0.4, app: 0.6 }`, in the order they are written.
    func weights(_ section: DocumentSection, _ key: String) -> [Behaviour.Weighted] {
        guard let all = section.section(key, what: "the weights", keys: []) else { return [] }
        let found = all.entries.prefix(Self.simulatedThings).compactMap { entry -> Behaviour.Weighted? in
            guard let id = reader.word(.scalar(entry.key), "a name", .foreign),
                let weight = number(all, entry.key.text, 0...1_000_000)
            else { return nil }
            return Behaviour.Weighted(id, weight)
        }
        if !found.contains(where: { $0.weight > 0 }) {
            reader.report("None of the weights is above zero.", at: all.mark)
        }
        return found
    }

    func span(_ section: DocumentSection, _ key: String) -> Behaviour.Span? {
        section.need(key).flatMap { span($0, "\(section.name).\(key)") }
    }

    /// `{ from: 5, to: 60 }`; whole numbers when both are written as such.
    func span(_ node: DocumentNode, _ name: String) -> Behaviour.Span? {
        guard
            let section = DocumentSection(reader, node, what: "a span", name: name, keys: ["from", "to", "power"]),
            let from = section.need("from").flatMap({ reader.number($0) }),
            let to = section.need("to").flatMap({ reader.number($0) })
        else { return nil }
        guard from <= to, abs(from) <= 1e9, abs(to) <= 1e9 else {
            reader.report("'from' lies above 'to', or one of them is beyond a thousand million.", at: section.mark)
            return nil
        }
        func isWhole(_ key: String) -> Bool {
            if case .scalar(let scalar)? = section.node(key), case .integer = scalar.plainMeaning {
                true
            } else {
                false
            }
        }
        return Behaviour.Span(
            from, to, power: number(section, "power", 0.1...10) ?? 1, isWhole: isWhole("from") && isWhole("to"))
    }

    private func place(_ node: DocumentNode, _ name: String) -> Behaviour.Place? {
        guard
            let section = DocumentSection(
                reader, node, what: "a place", name: name, keys: ["language", "zone", "share"]),
            let language: Language = section.need("language").flatMap({ reader.choice($0, "a language") }),
            let zone = section.need("zone").flatMap({ self.zone($0) }), section.need("share") != nil,
            let share = number(section, "share", 0...1)
        else { return nil }
        return Behaviour.Place(language, zone, share: share)
    }

    func zone(_ node: DocumentNode) -> SimulatedZone? {
        guard let scalar = reader.scalar(node, "a time zone") else { return nil }
        if let zone = SimulatedZone(scalar.text) { return zone }
        reader.report(
            "The simulator does not know the time zone '\(scalar.text.prefix(80))'.", at: scalar.mark,
            fix: DocumentSuggestion.nearest(to: scalar.text, in: SimulatedZone.names).map { "Did you mean '\($0)'?" }
                ?? "Known: \(SimulatedZone.names.joined(separator: ", ")).")
        return nil
    }

    private func rhythm(_ entry: NamedEntry) -> Behaviour.Rhythm? {
        guard case .list(let nodes, let mark) = entry.node else {
            reader.report("A rhythm is a list of 24 weights.", at: entry.node.mark)
            return nil
        }
        let hours = nodes.compactMap { reader.number($0) }
        guard hours.count == 24, hours.allSatisfy({ (0...1_000_000).contains($0) }), hours.contains(where: { $0 > 0 })
        else {
            reader.report("A rhythm has 24 weights, one for each hour, and one of them is above zero.", at: mark)
            return nil
        }
        return Behaviour.Rhythm(id: entry.id, hours: hours)
    }

    private func group(_ entry: NamedEntry) -> (group: Behaviour.Group, order: [String])? {
        guard
            let section = DocumentSection(
                reader, entry.node, what: "the group", name: entry.name,
                keys: ["share", "visits", "tastes", "channels", "hours"]),
            section.need("share") != nil, section.need("visits") != nil
        else { return nil }
        func table(_ weights: [Behaviour.Weighted]) -> [String: Double] {
            Dictionary(weights.map { ($0.id, $0.weight) }, uniquingKeysWith: { first, _ in first })
        }
        let tastes = section.node("tastes") == nil ? [] : weights(section, "tastes")
        var group = Behaviour.Group(
            id: entry.id, share: number(section, "share", 0...1_000) ?? 0,
            visits: number(section, "visits", 0...24) ?? 0)
        group.tastes = table(tastes)
        if section.node("channels") != nil { group.channels = table(weights(section, "channels")) }
        if section.node("hours") != nil { group.hours = table(weights(section, "hours")) }
        return (group, tastes.map(\.id))
    }

    private func channel(_ entry: NamedEntry) -> Behaviour.Channel? {
        guard
            let section = DocumentSection(
                reader, entry.node, what: "the channel", name: entry.name, keys: ["does", "again", "most", "then"])
        else { return nil }
        var channel = Behaviour.Channel(id: entry.id, does: section.node("does") == nil ? [] : weights(section, "does"))
        channel.again = number(section, "again", 0...0.99) ?? 0
        channel.most = whole(section, "most", 1...50) ?? (channel.again > 0 ? 8 : 1)
        if let then = section.section("then", what: "what follows", keys: ["channel", "chance"]),
            let next = then.need("channel").flatMap({ reader.word($0, "a channel", .event) })
        {
            channel.then = Behaviour.Then(channel: next, chance: number(then, "chance", 0...1) ?? 1)
        }
        return channel
    }

    private func traitDraw(_ entry: NamedEntry) -> Behaviour.TraitDraw? {
        guard
            let section = DocumentSection(
                reader, entry.node, what: "the trait", name: entry.name, keys: ["one-of", "tastes", "share"])
        else { return nil }
        let share = number(section, "share", 0...1) ?? 1
        if let count = whole(section, "tastes", 1...10) {
            return Behaviour.TraitDraw(id: entry.id, value: .tastes(count), share: share)
        }
        guard section.need("one-of") != nil else { return nil }
        return Behaviour.TraitDraw(id: entry.id, value: .oneOf(weights(section, "one-of")), share: share)
    }

    private func join(_ entry: NamedEntry) -> Behaviour.ChallengeJoin? {
        guard
            let section = DocumentSection(
                reader, entry.node, what: "the joining", name: entry.name, keys: ["share", "goal"])
        else { return nil }
        var join = Behaviour.ChallengeJoin(challenge: entry.id, share: number(section, "share", 0...1) ?? 1)
        if section.node("goal") != nil, let span = span(section, "goal"), span.isWhole {
            join.goal = Int64(span.from)...Int64(span.to)
        }
        return join
    }
}

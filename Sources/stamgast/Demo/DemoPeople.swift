import Assignment
import Loyalty
import Primitives
import Runtime
import Simulation
import Vault

/// The simulated people as members of a home.
struct DemoPeople {
    let home: Home
    let programme: ProgrammeID

    /// Makes members of people, with what they chose: zone, language, what they state, what they join and the goal they set
    /// themselves.
    func introduce(_ people: some Sequence<SimulatedMember>, at start: Instant) async throws {
        var slice: [SimulatedMember] = []
        for person in people {
            slice.append(person)
            guard slice.count == 1_000 else { continue }
            try await introduce(slice, start)
            slice.removeAll(keepingCapacity: true)
        }
        try await introduce(slice, start)
    }

    private func introduce(_ slice: [SimulatedMember], _ start: Instant) async throws {
        try Task.checkCancellation()
        let names = slice.compactMap { ExternalIdentity(.user, $0.key) }
        let ids = try await home.engine.identities.resolve(names, programme: programme, now: start)
        let declared = Set(home.engine.host[programme]?.programme.traits.map(\.id) ?? [])
        try await send(
            zip(slice, ids).map { member, id in
                var choices = member.choices
                choices.traits = choices.traits.filter { declared.contains($0.key) }
                return Command(programme: programme, member: id, action: .profile(choices), now: start)
            })
        let joins = zip(slice, ids).flatMap { person, id in person.joins.map { (person: person, id: id, join: $0) } }
        try await send(
            joins.map { one in
                Command(
                    programme: programme, member: one.id,
                    action: .achievement(
                        .join(challenge: one.join.challenge, id: effect(one.person, one.join.challenge, "join"))),
                    now: start)
            }, allowing: true)
        try await send(
            joins.compactMap { one in
                one.join.goal.map { goal in
                    Command(
                        programme: programme, member: one.id,
                        action: .achievement(
                            .goal(
                                challenge: one.join.challenge, target: goal,
                                id: effect(one.person, one.join.challenge, "goal"))), now: start)
                }
            }, allowing: true)
    }

    /// A demo that is made again asks for the same things again.
    private func effect(_ person: SimulatedMember, _ challenge: String, _ what: String) -> ID128 {
        var seed = person.unit.low
        for byte in (challenge + what).utf8 { seed = SplitMix64.mix(seed ^ UInt64(byte)) }
        return ID128(high: person.unit.high, low: seed).asUUID(version: 8)
    }

    /// - Parameter allowing: whether a home whose programme was changed may refuse some.
    private func send(_ commands: [Command], allowing: Bool = false) async throws {
        for start in stride(from: 0, to: commands.count, by: 1_000) {
            for answer in try await home.engine.submit(Array(commands[start..<min(start + 1_000, commands.count)])) {
                if allowing { _ = try? answer.get() } else { _ = try answer.get() }
            }
        }
    }

    /// The same people, who respond to what the programme gives them from a day on; whom its hold-outs leave out does not.
    ///
    /// - Parameter quietDays: what people do so long is what they do by themselves; `nil` for people who never change.
    func responding(_ population: Population, quietDays: Int?, at start: Instant) async throws -> Population {
        guard let quietDays, let compiled = home.engine.host[programme] else { return population }
        let against = Set(compiled.programme.measures.compactMap(\.against))
        let rules = compiled.programme.rules.filter { against.contains($0.id) && $0.holdoutBasisPoints > 0 }
        var days: [Int: Int] = [:]
        for first in stride(from: 0, to: population.size, by: 1_000) {
            let people = (first..<min(first + 1_000, population.size)).map { population.member($0) }
            let ids = try await home.engine.identities.resolve(
                people.compactMap { ExternalIdentity(.user, $0.key) }, programme: programme, now: start)
            for (person, id) in zip(people, ids)
            where !rules.contains(where: { Assignment.bucket(unit: id.value, salt: $0.id) < $0.holdoutBasisPoints }) {
                days[person.index] = max(population.firstDay, person.joinedDay) + quietDays
            }
        }
        return population.treated(.since(days))
    }
}

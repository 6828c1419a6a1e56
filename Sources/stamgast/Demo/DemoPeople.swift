import Loyalty
import Primitives
import Runtime
import Simulation
import Vault

/// The simulated people as members of a home.
struct DemoPeople {
    let home: Home
    let programme: ProgrammeID

    /// Makes members of people, with what they chose: their zone, language and favourite topics.
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
        let commands = zip(slice, ids).map { member, id in
            Command(programme: programme, member: id, action: .profile(member.choices), now: start)
        }
        for answer in try await home.engine.submit(commands) { _ = try answer.get() }
    }
}

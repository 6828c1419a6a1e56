import Logging
import Loyalty
import Primitives
import Runtime
import ServiceLifecycle
import Simulation
import Vault

/// The simulated audience goes on while the demo runs: each event is sent when its moment has come.
struct DemoAudience: Service {
    let demo: Demo
    let logger: Logger

    func run() async throws {
        // Another server may own the demo's programme: then its readers are there.
        guard let (version, document) = try await demo.home.versions.loadCurrent(demo.programme) else {
            throw ProgrammeGone()
        }
        let zones = demo.home.engine.zones
        let compiled = try CompiledProgramme(
            try document.programme(zones: zones), version: version.number, zones: zones)
        let sender = SimulatedSender(compiled: compiled)
        // The person whose page is being looked at does nothing by itself.
        let silent = demo.population.member(Int(demo.record.reader)).key
        let clock = demo.home.engine.clock
        // What happened since the last stop, at most a day of it; what was sent before is a duplicate and changes nothing.
        let from = max(demo.record.until, clock.now().adding(milliseconds: -86_400_000))
        var events = demo.population.events(from: from, to: from.adding(milliseconds: 366 * 86_400_000)).makeIterator()
        var waiting = events.next()
        for await _ in Ticks(every: .seconds(1)).cancelOnGracefulShutdown() {
            guard demo.home.engine.owns(demo.programme) else { continue }
            var due: [EventEnvelope] = []
            while let simulated = waiting, simulated.arrival <= clock.now(), due.count < 1_000 {
                if simulated.person != silent, let event = sender.event(simulated) {
                    due.append(
                        EventEnvelope(event: event, user: ExternalIdentity(.user, simulated.person), anonymous: nil))
                }
                waiting = events.next()
            }
            guard !due.isEmpty else { continue }
            do {
                _ = try await demo.home.engine.take(due, in: demo.programme)
            } catch {
                logger.warning("simulated events not taken", metadata: ["error": "\(type(of: error))"])
            }
        }
    }
}

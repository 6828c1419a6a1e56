import Foundation
import Loyalty
import Primitives
import Runtime
import Simulation

/// Load over HTTP: the audience's events as their senders would send them.
extension SimulateCommand {
    /// Where a key for `--drive` stands, so that it need not stand on a command line that others can read.
    static let keyVariable = "STAMGAST_KEY"

    func drive(_ address: String) async throws {
        guard let key = ProcessInfo.processInfo.environment[Self.keyVariable], !key.isEmpty else {
            throw LoadDrive.Problem.refused(401, "Put an API key with the scope events:write into \(Self.keyVariable).")
        }
        let plan = try plan()
        let (document, zones) = (try ProgrammeSource.read(audience), SystemZones())
        let sender = SimulatedSender(
            compiled: try CompiledProgramme(try document.programme(zones: zones), version: 1, zones: zones))
        if let truth { try writeTruth(plan.population, to: truth) }
        var drive = LoadDrive(address: address.hasSuffix("/") ? String(address.dropLast()) : address, key: key)
        drive.connections = connections
        drive.perSecond = rate
        let report = try await drive.run(Stream(events(plan), sender))
        if options.json {
            Output.result(report.json)
        } else {
            Output.print(report.json.text(pretty: true))
        }
    }
}

extension SimulateCommand {
    /// What senders would send, one event after the other.
    struct Stream: Sendable {
        private var events: SimulatedEvents.Iterator
        private let sender: SimulatedSender

        init(_ events: SimulatedEvents, _ sender: SimulatedSender) {
            self.events = events.makeIterator()
            self.sender = sender
        }

        mutating func next() -> SimulatedEvent? {
            while let event = events.next() {
                // Who somebody is goes to the pages for people, not into a load test.
                guard event.type != "member.identified" else { continue }
                if let sent = sender.sent(event) { return sent }
            }
            return nil
        }
    }
}

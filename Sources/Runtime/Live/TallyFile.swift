import Foundation
import Primitives

/// The hourly counts between two runs: figures for the console, kept beside the databases because nothing depends on
/// them. A crash loses those of the run that crashed.
struct TallyFile {
    let path: String

    init(home: String) {
        path = home + "/tally.json"
    }

    func read() -> [ProgrammeID: [Int64: LiveTally]] {
        guard let data = FileManager.default.contents(atPath: path), let json = try? JSONValue(parsing: [UInt8](data)),
            case .object(let programmes) = json
        else { return [:] }
        var tallies: [ProgrammeID: [Int64: LiveTally]] = [:]
        for (name, value) in programmes.map({ ($0.key, $0.value) }) {
            guard let programme = ProgrammeID(name), case .object(let hours) = value else { continue }
            for (hour, counts) in hours.map({ ($0.key, $0.value) }) {
                guard let hour = Int64(hour), let events = counts["events"]?.intValue,
                    let awards = counts["awards"]?.intValue
                else { continue }
                tallies[programme, default: [:]][hour] = LiveTally(events: events, awards: awards)
            }
        }
        return tallies
    }

    /// A full disk costs a few figures, nothing more.
    func write(_ tallies: [ProgrammeID: [Int64: LiveTally]]) {
        let programmes = tallies.sorted { $0.key < $1.key }.map { programme, hours in
            (
                programme.name,
                JSONValue.object(
                    JSONObject(
                        hours.sorted { $0.key < $1.key }.map { hour, tally in
                            let counts: JSONValue = [
                                "events": .integer(tally.events), "awards": .integer(tally.awards),
                            ]
                            return (String(hour), counts)
                        }))
            )
        }
        let bytes = JSONValue.object(JSONObject(programmes)).bytes()
        try? Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}

import Foundation
import Primitives

/// What a home must remember of its demo: which simulated people it has, and the key that its pages carry.
struct DemoRecord {
    var seed: Int64
    var people: Int64
    /// The first simulated event.
    var start: Instant
    /// Up to here events were simulated when the demo was made.
    var until: Instant
    /// Stands in the source of the demo's pages and may only send events; empty for a demo without pages of a publisher.
    var publishableKey = ""
    /// The simulated person that the member page shows.
    var reader: Int64 = 0
    var staff = ""
    /// The account of whoever leads people; empty for none.
    var lead = ""

    private static func path(_ name: DemoName, _ home: String) -> String { home + "/" + name.file }

    static func read(_ name: DemoName, home: String) throws -> DemoRecord? {
        guard let data = FileManager.default.contents(atPath: path(name, home)) else { return nil }
        let json = try JSONValue(parsing: [UInt8](data))
        guard let seed = json["seed"]?.intValue, let people = json["people"]?.intValue,
            let start = json["start"]?.stringValue.flatMap({ RFC3339.parse($0) }),
            let until = json["until"]?.stringValue.flatMap({ RFC3339.parse($0) }),
            let key = json["publishable_key"]?.stringValue, let reader = json["reader"]?.intValue,
            let staff = json["staff"]?.stringValue
        else { throw DemoProblem.unreadable(path(name, home)) }
        return DemoRecord(
            seed: seed, people: people, start: start, until: until, publishableKey: key, reader: reader, staff: staff,
            lead: json["lead"]?.stringValue ?? "")
    }

    func write(_ name: DemoName, home: String) throws {
        let json: JSONValue = [
            "seed": .integer(seed), "people": .integer(people), "start": .string(RFC3339.format(start)),
            "until": .string(RFC3339.format(until)), "publishable_key": .string(publishableKey),
            "reader": .integer(reader), "staff": .string(staff), "lead": .string(lead),
        ]
        try Data(json.bytes()).write(to: URL(fileURLWithPath: Self.path(name, home)), options: .atomic)
    }
}

enum DemoProblem: Error, CustomStringConvertible {
    case unreadable(String)
    case catalogue(String)
    /// The programme is there, and not as a demo.
    case taken(DemoName)

    var description: String {
        switch self {
        case .unreadable(let path): "\(path) cannot be read. Delete the home to begin the demo anew."
        case .catalogue(let detail): "The demo's catalogue was refused: \(detail)."
        case .taken(let name):
            "This home has a programme `\(name.rawValue)` that is not the demo's. Use another --home for the demo."
        }
    }
}

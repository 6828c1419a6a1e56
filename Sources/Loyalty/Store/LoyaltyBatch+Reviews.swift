import Primitives
import Storage

/// Rows of suspicions in a batch.
struct ReviewRows: Sendable {
    private var cases = RowBatch(ReviewStatements.reviewCase)
    private var devices = RowBatch(ReviewStatements.device)

    var counts: [(table: String, count: Int)] {
        [("review_case", cases.count), ("review_device", devices.count)]
    }

    mutating func add(_ changes: Changes, of state: MemberState) {
        for (key, found) in changes.cases.sorted(by: { $0.key < $1.key }) {
            let held = JSONObject(
                found.held.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map {
                    ($0.key, JSONValue.integer($0.value))
                })
            cases.append(
                .id(state.id.value), .text(key.check), .integer(Int64(key.day)), .text(state.programme.name),
                .integer(found.state.rawValue), .integer(found.endsAt.milliseconds),
                .text(String(decoding: JSONValue.object(held).canonicalBytes(), as: UTF8.self)), .integer(found.badges),
                .integer(found.others))
        }
        for sighting in changes.devices.sorted(by: { ($0.check, $0.day, $0.device) < ($1.check, $1.day, $1.device) }) {
            devices.append(
                .id(state.id.value), .text(sighting.check), .integer(Int64(sighting.day)), .integer(sighting.device),
                .text(state.programme.name))
        }
    }

    func write(_ connection: any Connection) throws {
        if !cases.isEmpty { try connection.enqueue(ReviewStatements.reviewCase, cases) }
        if !devices.isEmpty { try connection.enqueue(ReviewStatements.device, devices) }
    }
}

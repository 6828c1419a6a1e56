import Catalogue
import Loyalty
import Primitives

/// Which item of the catalogue a kept event is about: the first field of type `item` of an event type that counts towards
/// popularity. Others (a vote, a purchase of something else) say nothing about reading.
struct ReadItem: Sendable {
    private let fields: [String: String]

    init(_ programme: CompiledProgramme) {
        var fields: [String: String] = [:]
        for (id, type) in programme.eventTypes where type.declaration.popularity {
            fields[id] = type.declaration.fields.first { $0.type == .item }?.id
        }
        self.fields = fields
    }

    func callAsFunction(_ event: KeptEvent) -> ItemID? {
        guard let field = fields[event.type], case .object(let object)? = try? JSONValue(parsing: event.payload) else {
            return nil
        }
        return object[field]?.stringValue.flatMap { ItemID($0) }
    }
}

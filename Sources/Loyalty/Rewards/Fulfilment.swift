/// Where a thing is on its way to the member, or whether a ticket was used. A pure state machine.
public enum Fulfilment: Int64, Sendable, Hashable, CaseIterable {
    case requested = 1
    case packed = 2
    case sent = 3
    case delivered = 4
    case returned = 5
    /// A ticket that was shown at the door.
    case admitted = 6

    /// Its name, as in the API.
    public var name: String {
        switch self {
        case .requested: "requested"
        case .packed: "packed"
        case .sent: "sent"
        case .delivered: "delivered"
        case .returned: "returned"
        case .admitted: "admitted"
        }
    }

    public init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }

    /// What may come next. Packing may be skipped: small houses send what they pack.
    public var next: Set<Fulfilment> {
        switch self {
        case .requested: [.packed, .sent]
        case .packed: [.sent]
        case .sent: [.delivered, .returned]
        case .delivered: [.returned]
        case .returned, .admitted: []
        }
    }

    /// Whether the thing lies with the publisher, so that it can be given to somebody else.
    public var isInHouse: Bool { self == .requested || self == .packed || self == .returned }
}

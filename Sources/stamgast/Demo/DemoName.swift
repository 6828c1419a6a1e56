import ArgumentParser
import Loyalty

/// The demos that come with Stamgast: each a programme with its simulated people.
enum DemoName: String, CaseIterable, ExpressibleByArgument {
    case avondpost, mobility, employees

    /// How many people it has, unless somebody says otherwise.
    var people: Int {
        switch self {
        case .avondpost: 2_500
        case .mobility: 600
        case .employees: 400
        }
    }

    /// Of a programme that measures a change, members' first four weeks are what they are compared with.
    var weeks: Int { self == .avondpost ? 3 : 8 }

    /// Days from the start until rewards change what people do: their beginning is what they do by themselves.
    var quietDays: Int? { self == .avondpost ? nil : 28 }

    /// Whether whoever leads people signs in too, and can look up nobody.
    var hasTeamLead: Bool { self != .avondpost }

    /// What the simulated people do that their page is chosen by.
    var usualEvent: String {
        switch self {
        case .avondpost: "article.read"
        case .mobility: "trip.made"
        case .employees: "commute.made"
        }
    }

    /// Where a home remembers it.
    var file: String { self == .avondpost ? "demo.json" : "demo-\(rawValue).json" }
}

public import Loyalty

/// How a programme's members keep coming, with the names of the rules that are compared.
public struct VitalSigns: Sendable, Hashable {
    public var vitals: Vitals
    /// By the rule's id.
    public var names: [String: Wording]

    public init(vitals: Vitals, names: [String: Wording]) {
        self.vitals = vitals
        self.names = names
    }
}

/// What a rule or challenge looks at, derived from its expressions.
public struct RuleSummary: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable { case rule, challenge, streak, occasion }

    public var kind: Kind
    public var id: String
    public var trigger: String
    public var facts: RuleFacts
    /// Every attribute that its expressions may read, as `event.share`.
    public var reads: [String]
    /// Those of them that earlier events change.
    public var dependsOnOrder: [String]
}

extension RuleSummary: CustomStringConvertible {
    /// `rule curious-reader: class, served at every level: …`
    public var description: String { "\(kind.rawValue) \(id): \(facts.rawValue), \(facts.sentence)" }
}

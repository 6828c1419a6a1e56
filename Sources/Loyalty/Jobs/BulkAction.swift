public import Primitives

/// What a job does to every member that it is about.
public enum BulkAction: Sendable, Hashable {
    /// Gives points, as a correction by staff does.
    case grant(unit: String, amount: Int64)
    /// Makes pending points spendable now.
    case activate(unit: String)
    /// Lets what can be spent expire now.
    case expire(unit: String)
    case revokeBadge(String)
    /// Sets a declared trait, which conditions read; `null` takes it away. This is how members are enrolled in something.
    case trait(name: String, value: JSONValue)
    /// Holds a rule of today to have been in force from an earlier day on.
    case correct(RuleCorrection)
    /// The same of a challenge or a badge.
    case correctAchievement(AchievementCorrection)

    /// Its name in jobs: `grant`, `activate`, `expire`, `revoke-badge`, `trait`, `correct`.
    public var name: String {
        switch self {
        case .grant: "grant"
        case .activate: "activate"
        case .expire: "expire"
        case .revokeBadge: "revoke-badge"
        case .trait: "trait"
        case .correct, .correctAchievement: "correct"
        }
    }

    /// The unit, badge, trait or rule that it is about.
    public var subject: String {
        switch self {
        case .grant(let unit, _), .activate(let unit), .expire(let unit): unit
        case .revokeBadge(let name), .trait(let name, _): name
        case .correct(let correction): correction.rule
        case .correctAchievement(let correction): correction.id
        }
    }

    public var json: JSONValue {
        switch self {
        case .grant(let unit, let amount):
            ["do": "grant", "unit": .string(unit), "amount": .integer(amount)]
        case .activate(let unit): ["do": "activate", "unit": .string(unit)]
        case .expire(let unit): ["do": "expire", "unit": .string(unit)]
        case .revokeBadge(let badge): ["do": "revoke-badge", "badge": .string(badge)]
        case .trait(let name, let value): ["do": "trait", "trait": .string(name), "value": value]
        case .correct(let correction): correction.json
        case .correctAchievement(let correction): correction.json
        }
    }

    /// Reads ``json``; `nil` for anything else.
    public init?(_ json: JSONValue) {
        let unit = json["unit"]?.stringValue
        switch json["do"]?.stringValue {
        case "grant":
            guard let unit, case .integer(let amount)? = json["amount"], (1...CompiledAward.maximum).contains(amount)
            else { return nil }
            self = .grant(unit: unit, amount: amount)
        case "activate":
            guard let unit else { return nil }
            self = .activate(unit: unit)
        case "expire":
            guard let unit else { return nil }
            self = .expire(unit: unit)
        case "revoke-badge":
            guard let badge = json["badge"]?.stringValue else { return nil }
            self = .revokeBadge(badge)
        case "trait":
            guard let name = json["trait"]?.stringValue, let value = json["value"] else { return nil }
            self = .trait(name: name, value: value)
        case "correct":
            if let correction = RuleCorrection(json) {
                self = .correct(correction)
            } else if let correction = AchievementCorrection(json) {
                self = .correctAchievement(correction)
            } else {
                return nil
            }
        default: return nil
        }
    }

    /// What the programme does not have of it; `nil` if all is there.
    public func missing(in programme: CompiledProgramme) -> String? {
        switch self {
        case .grant(let unit, _), .activate(let unit), .expire(let unit):
            guard let declared = programme.units[unit] else { return "There is no unit '\(unit)'." }
            if case .grant = self { return nil }
            return declared.kind == .points ? nil : "'\(unit)' is a status: it is neither pending nor spent."
        case .revokeBadge(let badge):
            return programme.badges[badge] == nil ? "There is no badge '\(badge)'." : nil
        case .trait(let name, let value):
            guard let trait = programme.programme.traits.first(where: { $0.id == name }) else {
                return "There is no trait '\(name)'."
            }
            return value == .null || trait.type.accepts(value) ? nil : "'\(name)' has values of another type."
        case .correct(let correction):
            guard programme.rule(correction.rule) != nil else { return "There is no rule '\(correction.rule)'." }
            return programme.version == correction.version ? nil : "The programme has changed since the correction."
        case .correctAchievement(let correction): return correction.missing(in: programme)
        }
    }
}

extension FieldType {
    /// Whether a value may stand in a trait of this type.
    fileprivate func accepts(_ value: JSONValue) -> Bool {
        switch (self, value) {
        case (.boolean, .bool), (.text, .string), (.topic, .string), (.timestamp, .string): true
        case (.integer, .integer), (.duration, .integer), (.number, .integer), (.number, .double): true
        case (.fraction, .double(let share)): (0...1).contains(share)
        case (.fraction, .integer(let share)): share == 0 || share == 1
        case (.list(let element), .array(let values)): values.allSatisfy { element.accepts($0) }
        default: false
        }
    }
}

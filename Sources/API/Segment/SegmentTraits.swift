import Loyalty
import Primitives
import Runtime
import Vault

/// The traits of an `identify`, by where they belong.
struct SegmentTraits {
    /// What the programme declares: for the main database.
    var change = ProfileChange()
    /// What tells who the person is: for the vault and nowhere else.
    var personal: [PersonalField: String?] = [:]
    /// Neither: forgotten.
    var dropped = 0

    /// Segment's reserved traits that identify a person and have a place in the vault.
    private static let fields: [String: PersonalField] = [
        "email": .email, "name": .name, "phone": .phone, "address": .address,
    ]

    init(_ traits: JSONObject, programme: Programme) {
        var names: [String] = []
        for member in traits.members {
            if let field = Self.fields[member.key] {
                if let text = Self.text(member.value) { personal[field] = text } else { dropped += 1 }
            } else if member.key == "firstName" || member.key == "lastName" {
                guard let text = member.value.stringValue, !text.isEmpty else {
                    dropped += 1
                    continue
                }
                if member.key == "firstName" { names.insert(text, at: 0) } else { names.append(text) }
            } else if let trait = programme.traits.first(where: { $0.id == member.key }),
                member.value == .null || TraitCheck.fault(member.value, trait.type) == nil
            {
                change.traits[member.key] = member.value
            } else {
                dropped += 1
            }
        }
        if personal[.name] == nil, !names.isEmpty { personal[.name] = names.joined(separator: " ") }
        if let email = personal[.email] ?? nil, EmailAddress(email) == nil {
            personal[.email] = nil
            dropped += 1
        }
    }

    /// A text the vault can keep; an address may be an object, which is kept as JSON.
    private static func text(_ value: JSONValue) -> String? {
        let text: String
        switch value {
        case .string(let string): text = string
        case .object: text = value.text()
        default: return nil
        }
        return (1...PersonalField.maximumBytes).contains(text.utf8.count) ? text : nil
    }
}

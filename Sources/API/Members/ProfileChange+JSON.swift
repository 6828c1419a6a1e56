import Loyalty
import Primitives
import Runtime
import Vault

extension ProfileChange {
    /// Reads a change as `PATCH /v1/members/{member}` takes it. Absent fields stay as they are; a trait that is `null`
    /// is removed.
    ///
    /// - Throws: a problem with everything that is wrong.
    init(_ document: JSONValue, programme: Programme, zones: SystemZones) throws(Problem) {
        self.init()
        var fields = try Fields(document)
        if let name = fields.text("level") {
            level = PrivacyLevel(rawValue: name)
            if level == nil { fields.fault("level", "Send one of: \(Self.names(PrivacyLevel.allCases)).") }
        }
        if let zone = fields.text("time_zone", limit: 64) {
            timeZone = zone
            if !zones.knows(zone) {
                fields.fault("time_zone", "Send the name of a time zone, such as Europe/Amsterdam.")
            }
        }
        if let text = fields.text("day_start", limit: 5) {
            dayStartMinutes = DayStartText.read(text)
            if dayStartMinutes == nil { fields.fault("day_start", "Send a time of day such as 04:00.") }
        }
        if let name = fields.text("language") {
            language = Language(rawValue: name)
            if language == nil { fields.fault("language", "Send one of: \(Self.names(Language.allCases)).") }
        }
        isPaused = fields.flag("paused")
        if let name = fields.text("age_band") {
            ageBand = AgeBand(rawValue: name)
            if ageBand == nil { fields.fault("age_band", "Send one of: \(Self.names(AgeBand.allCases)).") }
        }
        if let value = fields.value("traits") {
            if let object = value.objectValue {
                for member in object.members { readTrait(member, programme, into: &fields) }
            } else {
                fields.fault("traits", "Send a JSON object.")
            }
        }
        try fields.finish()
    }

    private mutating func readTrait(
        _ member: JSONObject.Member, _ programme: Programme, into fields: inout Fields
    ) {
        let field = "traits." + member.key.prefix(64)
        guard let trait = programme.traits.first(where: { $0.id == member.key }) else {
            fields.fault(field, "The programme declares no such trait.")
            return
        }
        if member.value != .null, let fault = TraitCheck.fault(member.value, trait.type) {
            fields.fault(field, fault)
        } else {
            traits[member.key] = member.value
        }
    }

    private static func names<T: RawRepresentable<String>>(_ cases: [T]) -> String {
        cases.map(\.rawValue).joined(separator: ", ")
    }
}

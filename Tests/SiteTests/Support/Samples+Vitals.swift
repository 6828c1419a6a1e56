import Loyalty
import Primitives
import Site

extension Samples {
    /// Twelve hundred people, of whom a tenth is left out of a rule.
    static func vitals(_ language: Site.Language) -> VitalSigns {
        let people = (0..<1_200).map { index in
            Vitals.Person(
                member: MemberID(ID128(high: 0, low: UInt64(index))), joined: 20_000,
                days: [20_070] + (index % 5 == 0 ? [] : [20_100, 20_101]))
        }
        let holdOut = Vitals.HoldOut(rule: "curious-reader") { $0.value.low % 10 == 3 }
        return VitalSigns(
            vitals: Vitals(people, today: 20_120, holdOuts: [holdOut]),
            names: [
                "curious-reader": say(language, nl: "Een nieuw onderwerp", en: "A new topic", ja: "新しい話題")
            ])
    }
}

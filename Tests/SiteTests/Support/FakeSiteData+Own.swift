import Site
import Synchronization

extension FakeSiteData {
    func ownData(of member: SiteMember, language: Language) async throws -> OwnData { Samples.ownData(language) }

    func export(of member: SiteMember, after place: String?, language: Language) async throws -> ExportPart? {
        switch place {
        case nil: ExportPart(bytes: Array("{\"history\":[1".utf8), next: "two")
        case "two": ExportPart(bytes: Array(",2]}".utf8))
        default: nil
        }
    }

    func erase(_ member: SiteMember) async throws {
        state.withLock { state in
            state.chosen.append("erase")
            state.members = [:]
        }
    }

    func sessions(of member: SiteMember, beside secret: String) async throws -> OwnSessions { Samples.sessions }

    func endSession(_ id: String?, of member: SiteMember, beside secret: String) async throws -> Bool {
        guard id == nil || id == "s2" else { return false }
        state.withLock { $0.chosen.append("end \(id ?? "others")") }
        return true
    }
}

extension Samples {
    static func ownData(_ language: Language) -> OwnData {
        OwnData(
            level: .persona,
            identifiers: ["user", "anonymous", "email", "crm"].map { OwnData.Masked(kind: $0, value: "anna-12345") },
            fields: ["name", "email", "phone", "address", "birthday", "age-band", "trait.<x>"].map {
                OwnData.Masked(kind: $0, value: "Visser <b>")
            },
            traits: [OwnData.Trait(title: Wording("Topics <i>", language), value: "a < b")],
            counts: [.points: 12, .history: 40, .counters: 7])
    }

    static let sessions = OwnSessions(
        today: today,
        sessions: [
            OwnSession(id: "s1", begun: today, lastUsed: today, isThis: true),
            OwnSession(id: "s2", begun: today, lastUsed: today),
        ])
}

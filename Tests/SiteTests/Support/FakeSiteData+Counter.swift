import Site
import Synchronization

extension FakeSiteData {
    /// The console's staff may serve too; `clerk-secret` is somebody who may do nothing else.
    func clerk(session secret: String) async throws -> SiteStaff? {
        if secret == "clerk-secret" {
            return SiteStaff(programme: Samples.programme, staff: "c1", seesMembers: false)
        }
        return state.withLock { $0.staff[secret] }
    }

    func scan(
        _ code: String, key: String, admits: Bool, for staff: SiteStaff, language: Language
    ) async throws -> CounterScan {
        state.withLock { $0.chosen.append("scan \(staff.staff) \(code) \(key.count) \(admits)") }
        switch code {
        case "7KX3W9QPD": return .member(Samples.counterVisit(language))
        case "USED": return .used
        case "MANY": return .tooMany
        case "TICKET":
            return .ticket(
                TicketFinding(
                    title: Samples.reward(language).title, quantity: 2, slot: LocalMoment(Samples.today, minute: 600),
                    state: admits ? .admitted : .good))
        default: return .unknown
        }
    }

    func visit(_ visit: String, for staff: SiteStaff, language: Language) async throws -> CounterVisit? {
        visit == "visit-1" ? Samples.counterVisit(language) : nil
    }

    func handOut(_ receipt: String, for staff: SiteStaff, language: Language) async throws -> CounterOutcome {
        state.withLock { $0.chosen.append("hand out \(receipt)") }
        return receipt == "receipt-1" ? .done(Samples.reward(language).title) : .refused(nil)
    }

    func serve(
        _ reward: String, visit: String, key: String, for staff: SiteStaff, language: Language
    ) async throws -> CounterOutcome {
        state.withLock { $0.chosen.append("serve \(reward) \(visit) \(key.count)") }
        guard visit == "visit-1" else { return .over }
        let title = Samples.reward(language).title
        return reward == "tote" ? .done(title) : .refused(title)
    }
}

extension Samples {
    static func counterVisit(_ language: Language, isEmpty: Bool = false) -> CounterVisit {
        CounterVisit(
            visit: "visit-1", tier: say(language, nl: "Goud", en: "Gold", ja: "ゴールド"),
            line: say(language, nl: "Een glas van het huis.", en: "A glass on the house.", ja: "一杯サービス。"),
            waiting: isEmpty
                ? [] : [CounterVisit.Waiting(receipt: "receipt-1", title: reward(language).title, quantity: 2)],
            offers: isEmpty
                ? []
                : [CounterVisit.Offer(reward: "tote", title: reward(language).title, price: Amount(500, ink(language)))]
        )
    }
}

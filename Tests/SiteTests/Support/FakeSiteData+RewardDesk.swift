import Site
import Synchronization

extension FakeSiteData {
    func address(ofParcel id: String, for staff: SiteStaff) async throws -> String? {
        id == "r1" ? "Kerkstraat 1 <b>" : nil
    }

    func change(_ order: StockOrder, for staff: SiteStaff, key: String) async throws -> StockOutcome {
        state.withLock { $0.chosen.append("stock \(order.reward) \(order.amount) \(order.reason)") }
        return order.reward == "print" ? order.amount < -18 ? .tooFew(18) : .changed : .refused
    }

    func add(codes: [String], to reward: String, for staff: SiteStaff) async throws -> CodesOutcome? {
        state.withLock { $0.chosen.append("codes \(reward) \(codes.joined(separator: ","))") }
        return reward == "print" ? CodesOutcome(added: Int64(codes.count), known: 0) : nil
    }

    func ticket(
        _ text: String, admits: Bool, for staff: SiteStaff, language: Language
    ) async throws -> TicketFinding? {
        TicketFinding.State(rawValue: text).map {
            TicketFinding(
                title: Samples.reward(language).title, quantity: 2, slot: LocalMoment(Samples.today, minute: 600),
                state: $0)
        }
    }
}

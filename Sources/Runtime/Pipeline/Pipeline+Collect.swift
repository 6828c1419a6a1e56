import Catalogue
import Loyalty
import Primitives
import Storage

extension Pipeline {
    func zoneData(of programme: ProgrammeID, _ work: Work) -> ZoneDataHistory.Stamp? {
        guard let compiled = host[programme], let received = work.received else { return nil }
        return host.zoneData(of: programme).stamp(on: calendars.programmeDay(compiled, received))
    }

    func collect(_ commands: [Command], _ work: inout Work) throws {
        for member in work.changes.keys.sorted() {
            guard var changes = work.changes[member], let state = work.states[member] else { continue }
            // A member is stored with their first event, even if it has no effect.
            guard !changes.isEmpty || (!state.isStored && work.touched.contains(member)) else { continue }
            let day = work.days[state.programme] ?? 0
            try sealLetters(&changes, of: state.programme)
            work.batches[state.programme, default: LoyaltyBatch(programme: state.programme)].add(
                changes, of: state, previousDue: work.due[member] ?? nil, nextDue: due(state, work), day: day,
                zoneData: zoneData(of: state.programme, work))
            for (webhook, effect) in changes.webhooks {
                work.outbox[state.programme, default: []].append(
                    WebhookMessage(
                        webhook: webhook, effect: effect, member: member,
                        reverses: changes.reversedWebhooks[effect.id]
                    ).message)
            }
        }
        collectRewards(commands, &work)
        collectPlay(&work)
        collectMeasures(&work)
        for (programme, book) in budgets {
            guard let compiled = host[programme] else { continue }
            for (key, change) in book.changes where change != 0 {
                work.batches[programme, default: LoyaltyBatch(programme: programme)].budget(
                    key, changes: change, limit: compiled.budgets[key.budget]?.amount ?? .max)
            }
        }
    }
}

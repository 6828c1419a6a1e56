import Loyalty
public import Primitives
public import Vault

extension Keeper {
    /// Congratulates whoever gave today as their day of the year. Once a year each, however often it runs.
    public static func celebrateBirthdays(
        _ engine: Engine, _ persons: Persons, _ programme: ProgrammeID, at now: Instant
    ) async throws {
        guard let compiled = engine.host[programme],
            compiled.programme.occasions.contains(where: { $0.moment == .birthday })
        else { return }
        let today = CivilDate(daysSinceEpoch: Int(compiled.calendar(offsets: engine.zones).day(of: now)))
        var last: MemberID?
        repeat {
            let page = try await persons.birthdays(
                on: days(of: today), programme: programme, after: last, limit: self.page)
            for answer in try await engine.submit(
                page.members.map { Command(programme: programme, member: $0, action: .human(.birthday), now: now) })
            {
                _ = try? answer.get()
            }
            last = page.next
        } while last != nil
    }

    /// The days of the year that are celebrated on a date: whoever was born on 29 February has 28 February in common years.
    static func days(of date: CivilDate) -> Set<String> {
        let own = String(date.description.dropFirst(5))
        return own == "02-28" && !CivilDate.isLeap(date.year) ? [own, "02-29"] : [own]
    }
}

import Primitives

extension MemberState {
    /// Moves lots that wait for the start of one of the member's days to where the calendar puts it now: to the nearest
    /// start of a day. For new rules of time zones; doing it twice changes nothing.
    ///
    /// Offsets change by less than half a day, so the nearest start is that of the same day. Lengths in hours wait for no
    /// day and stay: those of a unit that says so, and all holds.
    public mutating func reschedule(_ context: DecisionContext, into changes: inout Changes) {
        let (units, calendar) = (context.programme.units, context.calendar)
        func moved(_ instant: Instant?, isExact: Bool) -> Instant? {
            if isExact { return instant }
            return instant.map { calendar.nearestStart(to: $0) }
        }
        wallet.reschedule(
            { lot in
                (
                    moved(lot.activeAt, isExact: units[lot.unit]?.pending?.isExact ?? false),
                    moved(lot.expiresAt, isExact: units[lot.unit]?.expires?.isExact ?? false)
                )
            }, into: &changes.journal)
    }
}

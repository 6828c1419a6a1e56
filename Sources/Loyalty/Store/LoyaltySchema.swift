public import Storage

/// The tables of the engine. Rows of a member lie together, keyed by the member's pseudonym; none names an item.
public enum LoyaltySchema {
    public static let schema = Schema(
        room: "loyalty",
        migrations: [
            Migration(
                number: 1, name: "members, ledger, counters, explanations",
                statements: [
                    """
                    CREATE TABLE member (
                        member_id {id} NOT NULL, programme_id {text} NOT NULL, level {int} NOT NULL,
                        time_zone {text}, day_start {int}, language {text}, joined_day {int} NOT NULL,
                        paused {int} NOT NULL, merged_into {id}, traits {text} NOT NULL, PRIMARY KEY (member_id)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE member_due (
                        member_id {id} NOT NULL, programme_id {text} NOT NULL, due_at {int}, PRIMARY KEY (member_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX member_due_at ON member_due (due_at)",
                    """
                    CREATE TABLE account (
                        member_id {id} NOT NULL, unit {text} NOT NULL, kind {int} NOT NULL,
                        programme_id {text} NOT NULL, balance {int} NOT NULL, version {int} NOT NULL,
                        PRIMARY KEY (member_id, unit, kind)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE transfer (
                        member_id {id} NOT NULL, transfer_id {id} NOT NULL, programme_id {text} NOT NULL,
                        kind {int} NOT NULL, unit {text} NOT NULL, amount {int} NOT NULL, at {int} NOT NULL,
                        source {text} NOT NULL, source_version {int} NOT NULL, refers {id}, budget {text},
                        budget_day {int}, PRIMARY KEY (member_id, transfer_id)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE entry (
                        member_id {id} NOT NULL, unit {text} NOT NULL, kind {int} NOT NULL, version {int} NOT NULL,
                        programme_id {text} NOT NULL, transfer_id {id} NOT NULL, amount {int} NOT NULL,
                        balance {int} NOT NULL, PRIMARY KEY (member_id, unit, kind, version)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE lot (
                        member_id {id} NOT NULL, lot_id {id} NOT NULL, programme_id {text} NOT NULL,
                        unit {text} NOT NULL, granted {int} NOT NULL, remaining {int} NOT NULL, held {int} NOT NULL,
                        active_at {int}, expires_at {int}, is_open {int} NOT NULL, PRIMARY KEY (member_id, lot_id)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE lot_use (
                        member_id {id} NOT NULL, lot_id {id} NOT NULL, transfer_id {id} NOT NULL,
                        programme_id {text} NOT NULL, amount {int} NOT NULL,
                        PRIMARY KEY (member_id, lot_id, transfer_id)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE hold (
                        member_id {id} NOT NULL, hold_id {id} NOT NULL, programme_id {text} NOT NULL,
                        unit {text} NOT NULL, amount {int} NOT NULL, reward {text} NOT NULL, parts {blob} NOT NULL,
                        state {int} NOT NULL, opened_at {int} NOT NULL, expires_at {int} NOT NULL,
                        PRIMARY KEY (member_id, hold_id)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE counter (
                        member_id {id} NOT NULL, name {text} NOT NULL, programme_id {text} NOT NULL,
                        marks {blob} NOT NULL, granted {int} NOT NULL, refused {int} NOT NULL,
                        PRIMARY KEY (member_id, name)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE badge (
                        member_id {id} NOT NULL, badge {text} NOT NULL, programme_id {text} NOT NULL,
                        day {int} NOT NULL, effect_id {id} NOT NULL, PRIMARY KEY (member_id, badge)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE entitlement (
                        member_id {id} NOT NULL, name {text} NOT NULL, programme_id {text} NOT NULL,
                        day {int} NOT NULL, expires_at {int}, effect_id {id} NOT NULL, PRIMARY KEY (member_id, name)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE explanation (
                        member_id {id} NOT NULL, day {int} NOT NULL, effect_id {id} NOT NULL,
                        programme_id {text} NOT NULL, kind {text} NOT NULL, source {text} NOT NULL,
                        source_version {int} NOT NULL, subject {text} NOT NULL, amount {int} NOT NULL,
                        wanted {int} NOT NULL, refusal {text}, at {int} NOT NULL, proof {blob},
                        PRIMARY KEY (member_id, day, effect_id)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE exposure (
                        member_id {id} NOT NULL, rule {text} NOT NULL, programme_id {text} NOT NULL,
                        day {int} NOT NULL, PRIMARY KEY (member_id, rule)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE event_claim (
                        claim {id} NOT NULL, programme_id {text} NOT NULL, PRIMARY KEY (claim)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE event (
                        member_id {id} NOT NULL, at {int} NOT NULL, claim {id} NOT NULL,
                        programme_id {text} NOT NULL, type {text} NOT NULL, payload {blob} NOT NULL,
                        expires_at {int} NOT NULL, PRIMARY KEY (member_id, at, claim)
                    ) {clustered}
                    """,
                    "CREATE INDEX event_expires_at ON event (expires_at)",
                    """
                    CREATE TABLE quarantine (
                        quarantine_id {id} NOT NULL, programme_id {text} NOT NULL, day {int} NOT NULL,
                        type {text} NOT NULL, code {text} NOT NULL, field {text}, detail {text} NOT NULL,
                        sealed {blob} NOT NULL, expires_at {int} NOT NULL, PRIMARY KEY (quarantine_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX quarantine_programme ON quarantine (programme_id, day)",
                    """
                    CREATE TABLE budget_spent (
                        programme_id {text} NOT NULL, budget {text} NOT NULL, day {int} NOT NULL,
                        spent {int} NOT NULL, PRIMARY KEY (programme_id, budget, day)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE reward_stock (
                        programme_id {text} NOT NULL, reward {text} NOT NULL, taken {int} NOT NULL,
                        PRIMARY KEY (programme_id, reward)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE rule_day (
                        programme_id {text} NOT NULL, day {int} NOT NULL, source {text} NOT NULL,
                        kind {text} NOT NULL, count {int} NOT NULL, amount {int} NOT NULL,
                        PRIMARY KEY (programme_id, day, source, kind)
                    ) {clustered}
                    """,
                ]),
            // part: the first day of a budget's period, the kind of an account, else 0.
            Migration(
                number: 2, name: "what erased members leave in the books",
                statements: [
                    """
                    CREATE TABLE erased_total (
                        programme_id {text} NOT NULL, kind {text} NOT NULL, subject {text} NOT NULL,
                        part {int} NOT NULL, amount {int} NOT NULL, PRIMARY KEY (programme_id, kind, subject, part)
                    ) {clustered}
                    """
                ]),
            // explanation.zone_data: a number of the programme's zone_data.
            Migration(
                number: 3, name: "the version of the time zone data in explanations",
                statements: [
                    """
                    CREATE TABLE zone_data (
                        programme_id {text} NOT NULL, number {int} NOT NULL, version {text} NOT NULL,
                        first_day {int} NOT NULL, at {int} NOT NULL, PRIMARY KEY (programme_id, number)
                    ) {clustered}
                    """,
                    "ALTER TABLE explanation ADD COLUMN zone_data {int}",
                ]),
            // lot.terms: see LotTerms; most lots have none.
            Migration(
                number: 4, name: "lots that wait for an event or live by activity",
                statements: ["ALTER TABLE lot ADD COLUMN terms {text}"]),
            Migration(
                number: 5, name: "who was merged into whom is found without reading all members",
                statements: [
                    "CREATE INDEX member_merged ON member (merged_into) WHERE merged_into IS NOT NULL"
                ]),
        ])
}

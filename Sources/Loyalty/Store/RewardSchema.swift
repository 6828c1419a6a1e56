public import Storage

/// The tables of rewards: what is kept of a redemption beside its hold, and what all members share.
public enum RewardSchema {
    public static let schema = Schema(
        room: "rewards",
        migrations: [
            Migration(
                number: 1, name: "redemptions, slots, codes, waiting lists, gifts to causes",
                statements: [
                    """
                    CREATE TABLE redemption (
                        member_id {id} NOT NULL, hold_id {id} NOT NULL, programme_id {text} NOT NULL,
                        quantity {int} NOT NULL, slot {text} NOT NULL, day {int} NOT NULL, ended_day {int},
                        code_id {id}, fulfilment {int}, tracking {blob}, round {int},
                        PRIMARY KEY (member_id, hold_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX redemption_fulfilment ON redemption (programme_id, fulfilment)",
                    """
                    CREATE TABLE reward_slot (
                        programme_id {text} NOT NULL, reward {text} NOT NULL, slot {text} NOT NULL,
                        taken {int} NOT NULL, PRIMARY KEY (programme_id, reward, slot)
                    ) {clustered}
                    """,
                    // state: CodeState. The member and hold of a code that is reserved or given, until they are erased.
                    """
                    CREATE TABLE reward_code (
                        programme_id {text} NOT NULL, reward {text} NOT NULL, code_id {id} NOT NULL,
                        sealed {blob} NOT NULL, state {int} NOT NULL, member_id {id}, hold_id {id},
                        PRIMARY KEY (programme_id, reward, code_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX reward_code_state ON reward_code (programme_id, reward, state)",
                    """
                    CREATE TABLE waiting_place (
                        programme_id {text} NOT NULL, reward {text} NOT NULL, slot {text} NOT NULL,
                        member_id {id} NOT NULL, number {int} NOT NULL, quantity {int} NOT NULL, day {int} NOT NULL,
                        offered_until {int}, PRIMARY KEY (programme_id, reward, slot, member_id)
                    ) {clustered}
                    """,
                    "CREATE INDEX waiting_place_member ON waiting_place (member_id)",
                    // last: the number that the list gave out last.
                    """
                    CREATE TABLE waiting_list (
                        programme_id {text} NOT NULL, reward {text} NOT NULL, slot {text} NOT NULL, last {int} NOT NULL,
                        PRIMARY KEY (programme_id, reward, slot)
                    ) {clustered}
                    """,
                    """
                    CREATE TABLE donation_total (
                        programme_id {text} NOT NULL, reward {text} NOT NULL, amount {int} NOT NULL,
                        quantity {int} NOT NULL, published_amount {int} NOT NULL, published_quantity {int} NOT NULL,
                        donors {int} NOT NULL, round {int} NOT NULL, PRIMARY KEY (programme_id, reward)
                    ) {clustered}
                    """,
                ])
        ])
}

/// A balance as one quiet line.
struct BalanceView: Sendable, Equatable {
    var text: String
    var pending: String?
    var expiring: String?

    init(_ balance: Balance, today: LocalDay, texts: Texts) {
        text = texts.member.balance(texts.amount(balance.active, balance.unit))
        if balance.pending > 0 {
            let amount = texts.amount(balance.pending, balance.unit)
            pending =
                balance.pendingUntil.map { texts.member.balancePendingUntil(amount, texts.date($0, today: today)) }
                ?? texts.member.balancePending(amount)
        }
        expiring = balance.expiringNext.map { lot in
            texts.member.balanceExpiring(
                texts.amount(lot.amount, balance.unit), texts.date(lot.day, today: today))
        }
    }
}

/// A balance as one quiet line.
struct BalanceView: Sendable, Equatable {
    var text: String
    var pending: String?
    var expiring: String?

    init(_ balance: Balance, today: LocalDay, texts: Texts) {
        text = texts.member.balance(texts.amount(balance.active, balance.unit))
        pending =
            balance.pending > 0 ? texts.member.balancePending(texts.amount(balance.pending, balance.unit)) : nil
        expiring = balance.expiringNext.map { lot in
            texts.member.balanceExpiring(
                texts.amount(lot.amount, balance.unit), texts.date(lot.day, today: today))
        }
    }
}

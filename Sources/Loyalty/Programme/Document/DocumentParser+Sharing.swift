internal import Primitives

/// `transfers` and `value` of a unit, and `wallets`.
extension DocumentParser {
    func transferTerms(_ section: DocumentSection) -> TransferTerms? {
        guard
            let terms = section.section(
                "transfers", what: "the transfers", keys: ["allowed", "min", "max", "per", "fee", "deadline"]),
            let allowedNode = terms.need("allowed")
        else { return nil }
        if case .scalar(let scalar) = allowedNode, scalar.text == "none" { return nil }
        guard let allowed: TransferTerms.Allowed = reader.choice(allowedNode, "gift, any or none") else { return nil }
        var result = TransferTerms(allowed: allowed)
        if let node = terms.node("min"), let least = reader.integer(node) { result.minimum = least }
        if let node = terms.node("max"), let most = reader.integer(node) {
            result.maximum = most
            if most < result.minimum {
                reader.report("The most (\(most)) is less than the least (\(result.minimum)).", at: node.mark)
            }
        }
        if let node = terms.node("per") {
            if let period: PeriodUnit = reader.choice(node, "a period") { result.per = period }
            if result.maximum == nil {
                reader.report("'per' says for which period 'max' is, and there is no 'max'.", at: node.mark)
            }
        }
        if let node = terms.node("fee"), let fee = reader.integer(node, 0...1_000_000_000) { result.fee = fee }
        if let node = terms.node("deadline"), case .some(.some(let span)) = reader.duration(node, allowsNone: false) {
            result.deadline = span
        }
        return result
    }

    func unitValue(_ section: DocumentSection) -> UnitValue? {
        guard let value = section.section("value", what: "the value", keys: ["amount", "currency"]),
            let amountNode = value.need("amount"), let currencyNode = value.need("currency"),
            let amount = reader.number(amountNode),
            let currency = reader.text(currencyNode, "a currency", maximum: 3)
        else { return nil }
        let micros = (amount * 1_000_000).rounded()
        guard amount >= 0, amount <= 1_000, abs(micros - amount * 1_000_000) < 1e-4 else {
            reader.report(
                "The value of a point is from 0 to 1000, in at most six decimals.", at: amountNode.mark,
                fix: "Write it as in 0.01.")
            return nil
        }
        guard currency.utf8.count == 3, currency.utf8.allSatisfy({ UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }) else {
            reader.report("'\(currency)' is not a currency.", at: currencyNode.mark, fix: "Write it as in EUR.")
            return nil
        }
        return UnitValue(micros: Int64(micros), currency: currency)
    }

    func walletKind(_ id: String, _ section: DocumentSection) -> WalletKind {
        var kind = WalletKind(id: id, name: localized(section, "name"))
        if let node = section.node("max-members"), let most = reader.integer(node, 1...10_000) {
            kind.maximumMembers = most
        }
        for (node, _) in section.list("pools", of: "units") {
            guard let unit = reader.word(node, "the name of a unit", .thing) else { continue }
            if kind.pools.contains(unit) {
                reader.report("The unit '\(unit)' is given twice.", at: node.mark)
            } else {
                kind.pools.append(unit)
            }
        }
        if let node = section.node("spend"), let spend: WalletKind.Spending = reader.choice(node, "any or owner") {
            kind.spend = spend
        }
        return kind
    }
}

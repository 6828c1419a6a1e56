/// How the terms of transfers, values and wallets are written. What has its default is left out.
extension DocumentTree {
    static func transferTerms(_ terms: TransferTerms) -> DocumentTree {
        .mapping(
            ("allowed", .raw(terms.allowed.rawValue)),
            ("min", terms.minimum == 1 ? nil : .raw(String(terms.minimum))),
            ("max", terms.maximum.map { .raw(String($0)) }),
            ("per", terms.per == .day ? nil : .raw(terms.per.rawValue)),
            ("fee", terms.fee == 0 ? nil : .raw(String(terms.fee))),
            ("deadline", terms.deadline == .days(14) ? nil : .raw(terms.deadline.documentText)))
    }

    static func unitValue(_ value: UnitValue) -> DocumentTree {
        .mapping(("amount", .raw(value.decimal)), ("currency", .text(value.currency)))
    }

    static func walletKind(_ kind: WalletKind, _ languages: [Language]) -> DocumentTree {
        .mapping(
            ("name", localized(kind.name, languages)), ("max-members", .raw(String(kind.maximumMembers))),
            ("pools", kind.pools.isEmpty ? nil : .list(kind.pools.map { .text($0) })),
            ("spend", kind.spend == .any ? nil : .raw(kind.spend.rawValue)))
    }
}

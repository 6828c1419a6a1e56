/// Transfers, values and shared wallets.
extension ProgrammeChecker {
    mutating func checkSharing() {
        let names = programme.units.map(\.id)
        for unit in programme.units where unit.kind == .status {
            if unit.transfers != nil {
                report(
                    "'\(unit.id)' is a status: it cannot be given to others.", at: "unit:\(unit.id).transfers",
                    fix: "Take 'transfers' out.")
            }
            if unit.value != nil {
                report(
                    "'\(unit.id)' is a status: it cannot be spent, so it has no value.", at: "unit:\(unit.id).value",
                    fix: "Take 'value' out.")
            }
        }
        for kind in programme.walletKinds {
            for (index, unit) in kind.pools.enumerated() {
                let place = "wallet:\(kind.id).pools.\(index)"
                if resolve("unit", unit, among: names, at: place),
                    programme.units.first(where: { $0.id == unit })?.kind == .status
                {
                    report("'\(unit)' is a status: it belongs to a member.", at: place, fix: "Name a unit of points.")
                }
            }
        }
    }
}

import Loyalty
import Primitives
import Testing

/// A plain model of one member's points: a list of lots and a list of holds, no accounts, no entries.
private struct PlainModel {
    struct Lot {
        var id: ID128
        var left: Int64
        var active: Int64?
        var expires: Int64?
    }
    struct Hold {
        var id: ID128
        var parts: [(ID128, Int64)]
        var expires: Int64
    }

    var lots: [Lot] = []
    var holds: [Hold] = []
    var issued: Int64 = 0
    var redeemed: Int64 = 0
    var expired: Int64 = 0

    mutating func settle(_ now: Int64) {
        for hold in holds where hold.expires <= now { giveBack(hold) }
        holds.removeAll { $0.expires <= now }
        for index in lots.indices {
            if let active = lots[index].active, active <= now { lots[index].active = nil }
            if let expires = lots[index].expires, expires <= now {
                expired += lots[index].left
                lots[index].left = 0
            }
        }
    }

    mutating func giveBack(_ hold: Hold) {
        for (lot, amount) in hold.parts {
            if let index = lots.firstIndex(where: { $0.id == lot }) { lots[index].left += amount }
        }
    }

    func spendable(_ now: Int64) -> Int64 {
        lots.filter { ($0.active ?? 0) <= now && ($0.expires ?? .max) > now }.reduce(0) { $0 + $1.left }
    }

    mutating func take(_ amount: Int64, _ now: Int64) -> [(ID128, Int64)]? {
        guard spendable(now) >= amount else { return nil }
        var open = amount
        var parts: [(ID128, Int64)] = []
        let order = lots.indices.sorted {
            let (left, right) = (lots[$0].expires ?? .max, lots[$1].expires ?? .max)
            return left != right ? left < right : lots[$0].id < lots[$1].id
        }
        for index in order where open > 0 && lots[index].active == nil && (lots[index].expires ?? .max) > now {
            let part = min(open, lots[index].left)
            guard part > 0 else { continue }
            lots[index].left -= part
            open -= part
            parts.append((lots[index].id, part))
        }
        return parts
    }
}

@Suite struct WalletWalkTests {
    /// Every invariant of the ledger that can be seen on one wallet and its journal.
    private func check(_ wallet: Wallet, _ history: LedgerJournal, now: Instant) {
        var sums: [AccountKind: Int64] = [:]
        var counts: [AccountKind: Int64] = [:]
        var transferSums: [ID128: Int64] = [:]
        for entry in history.entries {
            sums[entry.kind, default: 0] += entry.amount
            counts[entry.kind, default: 0] += 1
            transferSums[entry.transfer, default: 0] += entry.amount
            #expect(entry.balance == sums[entry.kind])
            #expect(entry.version == counts[entry.kind])
        }
        #expect(transferSums.values.allSatisfy { $0 == 0 })
        for account in wallet.accounts {
            #expect(account.balance == sums[account.kind] ?? 0)
            #expect(account.version == counts[account.kind] ?? 0)
            if account.kind.isMembers { #expect(account.balance >= 0) }
        }
        let remaining = wallet.lots.reduce(Int64(0)) { $0 + $1.remaining }
        #expect(remaining == wallet.balance("ink", .active) + wallet.balance("ink", .pending))
        #expect(wallet.lots.reduce(Int64(0)) { $0 + $1.held } == wallet.balance("ink", .held))
        #expect(wallet.lots.allSatisfy { $0.remaining >= 0 && $0.remaining + $0.held <= $0.granted })
        #expect(Set(history.transfers.map(\.id)).count == history.transfers.count)
    }

    @Test(arguments: [1, 2, 3, 5, 8, 13, 21, 34] as [UInt64])
    func agreesWithAPlainModelAfterEveryStep(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var wallet = Wallet()
        var model = PlainModel()
        var history = LedgerJournal()
        var now = Instant(milliseconds: 1_000_000)
        var counter: UInt64 = 0
        func id() -> ID128 {
            counter += 1
            return ID128(high: seed, low: counter)
        }
        for step in 0..<400 {
            now.milliseconds += Int64.random(in: 0...40, using: &random)
            try wallet.settle(at: now, stamp: { $0 }, into: &history)
            model.settle(now.milliseconds)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4:
                let amount = Int64.random(in: 1...50, using: &random)
                let active =
                    Bool.random(using: &random) ? now.adding(milliseconds: .random(in: 1...300, using: &random)) : nil
                let expires =
                    Int.random(in: 0..<4, using: &random) > 0
                    ? now.adding(milliseconds: .random(in: 301...2_000, using: &random)) : nil
                let transfer = Transfer(id: id(), kind: .earn, unit: "ink", amount: amount, at: now)
                try wallet.issue(transfer, activeAt: active, expiresAt: expires, into: &history)
                model.lots.append(
                    .init(
                        id: transfer.id, left: amount, active: active?.milliseconds, expires: expires?.milliseconds))
                model.issued += amount
            case 4..<7:
                let amount = Int64.random(in: 1...120, using: &random)
                let transfer = Transfer(id: id(), kind: .hold, unit: "ink", amount: amount, at: now)
                let until = now.adding(milliseconds: .random(in: 1...400, using: &random))
                let parts = model.take(amount, now.milliseconds)
                let before = wallet
                let hold = try? wallet.hold(transfer, reward: "book", until: until, at: now, into: &history)
                #expect((hold == nil) == (parts == nil))
                if let hold {
                    #expect(hold.parts.map(\.lot) == parts?.map(\.0))
                    model.holds.append(.init(id: hold.id, parts: parts ?? [], expires: until.milliseconds))
                } else {
                    #expect(wallet == before)
                }
            case 7:
                guard let hold = wallet.holds.randomElement(using: &random) else { continue }
                _ = try wallet.confirm(
                    hold: hold.id, transferID: id(), sourceVersion: 1, at: now, now: now, into: &history)
                model.redeemed += hold.amount
                model.holds.removeAll { $0.id == hold.id }
            case 8:
                guard let hold = wallet.holds.randomElement(using: &random) else { continue }
                _ = try wallet.cancel(hold: hold.id, transferID: id(), sourceVersion: 1, at: now, into: &history)
                if let index = model.holds.firstIndex(where: { $0.id == hold.id }) {
                    model.giveBack(model.holds[index])
                    model.holds.remove(at: index)
                }
            default:
                guard
                    let lot = wallet.lots.filter({ $0.activeAt == nil && $0.remaining > 0 }).randomElement(
                        using: &random)
                else { continue }
                let wanted = lot.remaining
                let taken = try wallet.reverse(
                    Transfer(id: id(), kind: .reverse, unit: "ink", amount: wanted, at: now, refers: lot.id),
                    lot: lot.id, at: now, into: &history)
                #expect(taken == wanted)
                model.issued -= taken
                if let index = model.lots.firstIndex(where: { $0.id == lot.id }) { model.lots[index].left -= taken }
            }
            check(wallet, history, now: now)
            #expect(wallet.spendable("ink", at: now) == model.spendable(now.milliseconds), "seed \(seed), step \(step)")
            #expect(-wallet.balance("ink", .issued) == model.issued)
            #expect(wallet.balance("ink", .redeemed) == model.redeemed)
        }
    }

    @Test func refusesToLeaveTheRangeOfIntegersAndChangesNothing() throws {
        var wallet = Wallet()
        var journal = LedgerJournal()
        let now = Instant(seconds: 1)
        try wallet.issue(
            Transfer(id: ID128(high: 1, low: 1), kind: .earn, unit: "ink", amount: .max, at: now), into: &journal)
        let before = wallet
        #expect(throws: LedgerProblem.overflow(unit: "ink")) {
            try wallet.issue(
                Transfer(id: ID128(high: 1, low: 2), kind: .earn, unit: "ink", amount: 1, at: now), into: &journal)
        }
        #expect(wallet == before)
        #expect(throws: LedgerProblem.notPositive(-5)) {
            try wallet.issue(
                Transfer(id: ID128(high: 1, low: 3), kind: .earn, unit: "ink", amount: -5, at: now), into: &journal)
        }
    }

    @Test func aHoldEndsOnceAndAnExpiredOneCannotBeConfirmed() throws {
        var wallet = Wallet()
        var journal = LedgerJournal()
        let now = Instant(seconds: 1)
        try wallet.issue(
            Transfer(id: ID128(high: 1, low: 1), kind: .earn, unit: "ink", amount: 10, at: now), into: &journal)
        let hold = try wallet.hold(
            Transfer(id: ID128(high: 1, low: 2), kind: .hold, unit: "ink", amount: 10, at: now), reward: "book",
            until: now.adding(milliseconds: 100), at: now, into: &journal)
        #expect(throws: LedgerProblem.holdExpired) {
            try wallet.confirm(
                hold: hold.id, transferID: ID128(high: 1, low: 3), sourceVersion: 1, at: now,
                now: now.adding(milliseconds: 100), into: &journal)
        }
        try wallet.settle(at: now.adding(milliseconds: 100), stamp: { $0 }, into: &journal)
        #expect(wallet.balance("ink", .active) == 10)
        #expect(throws: LedgerProblem.unknownHold) {
            try wallet.cancel(
                hold: hold.id, transferID: ID128(high: 1, low: 4), sourceVersion: 1, at: now, into: &journal)
        }
    }
}

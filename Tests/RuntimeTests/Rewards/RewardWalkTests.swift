import Loyalty
import Primitives
import Runtime
import Storage
import TestSupport
import Testing

/// A random walk of holds, confirmations, cancellations, refunds, expiries and waiting against a plain model, with
/// several members' commands in one batch.
@Suite struct RewardWalkTests {
    private struct Model {
        var capacity: [RewardPlace: Int64] = [RewardPlace("seats"): 5]
        var held: [UInt64: (member: Int, place: RewardPlace, quantity: Int64, confirmed: Bool, ends: Instant)] = [:]

        func taken(_ place: RewardPlace) -> Int64 {
            held.values.reduce(0) { $1.place == place ? $0 + $1.quantity : $0 }
        }
    }

    @Test(arguments: [UInt64(1), 2, 3, 20_260_301])
    func nothingIsEverSoldTwiceOrLost(seed: UInt64) async throws {
        print("seed \(seed)")
        try await TestEngine.each(RewardTests.programme, seed: seed) { test in
            var random = SeededRandom(seed: seed)
            var members: [MemberID] = []
            for index in 0..<6 { members.append(try await RewardTests.rich(test, "é\(index)", ink: 100_000)) }
            let store = LoyaltyStore(programme: test.programme)
            let codes = (0..<4).map { (id: ID128(high: 5, low: $0), sealed: [UInt8(9)]) }
            _ = try await test.database.write { try store.addCodes(codes, to: "code", $0) }
            try await test.engine.forget(test.programme)
            var model = Model()
            let seats = RewardPlace("seats")
            let slot = RewardPlace("visit", slot: "2026-11-23T10:00")
            model.capacity[slot] = 1
            model.capacity[RewardPlace("code")] = 4
            var number: UInt64 = 0
            var spentCodes: Int64 = 0
            for _ in 0..<60 {
                // What the model expects of each command, in the order of the batch.
                var commands: [Command] = []
                var asked: [(number: UInt64, member: Int, place: RewardPlace, quantity: Int64)] = []
                let now = test.clock.now()
                for _ in 0..<Int.random(in: 1...6, using: &random) {
                    let member = Int.random(in: 0..<members.count, using: &random)
                    func add(_ action: Command.Action, _ member: Int) {
                        commands.append(
                            Command(programme: test.programme, member: members[member], action: action, now: now))
                        asked.append((0, member, seats, 0))
                    }
                    let own = model.held.filter { !$0.value.confirmed && $0.value.ends > now }.keys.sorted()
                    switch Int.random(in: 0..<10, using: &random) {
                    case 0..<5:
                        number += 1
                        let place = [seats, seats, slot, RewardPlace("code")].randomElement(using: &random) ?? seats
                        let quantity = place == seats ? Int64.random(in: 1...3, using: &random) : 1
                        commands.append(
                            Command(
                                programme: test.programme, member: members[member],
                                action: .redeem(
                                    reward: place.reward, hold: RewardTests.id(number),
                                    choice: RedemptionChoice(quantity: quantity, slot: place.slot)), now: now))
                        asked.append((number, member, place, quantity))
                    case 5:
                        if let id = own.randomElement(using: &random), let held = model.held[id] {
                            add(.confirm(hold: RewardTests.id(id)), held.member)
                            model.held[id]?.confirmed = true
                        }
                    case 6, 7:
                        // Not what this batch may have confirmed: the model is not that clever.
                        let open = own.filter { id in model.held[id]?.confirmed == false }
                        if let id = open.randomElement(using: &random), let held = model.held[id] {
                            add(.cancel(hold: RewardTests.id(id)), held.member)
                            // Free again for what follows in the same batch, unless somebody waits.
                            model.held[id] = nil
                        }
                    case 8:
                        let given = model.held.filter { $0.value.confirmed && $0.value.place != RewardPlace("code") }
                        if let id = given.keys.sorted().randomElement(using: &random), let held = model.held[id],
                            !commands.contains(where: { $0.member == members[held.member] })
                        {
                            add(.refund(hold: RewardTests.id(id)), held.member)
                            model.held[id] = nil
                        }
                    default:
                        add(.stopWaiting(reward: "seats", slot: ""), member)
                    }
                }
                let answers = try await test.engine.submit(commands)
                for (answer, ask) in zip(answers, asked) where ask.number > 0 {
                    guard let hold = try? answer.get().hold else { continue }
                    model.held[ask.number] = (ask.member, ask.place, ask.quantity, false, hold.expiresAt)
                }
                for (place, capacity) in model.capacity {
                    #expect(model.taken(place) <= capacity, "\(place) was sold twice")
                }
                if Int.random(in: 0..<8, using: &random) == 0 {
                    test.clock.advance(milliseconds: 86_400_000 / 2)
                    try await Keeper.settle(test.engine, test.programme, at: test.clock.now())
                    for (id, held) in model.held where !held.confirmed && held.ends <= test.clock.now() {
                        model.held[id] = nil
                    }
                }
                if Int.random(in: 0..<10, using: &random) == 0 { try await test.engine.forget(test.programme) }
                // What is left is exactly what nobody has.
                let book = try await test.database.read {
                    try store.rewardBook(RewardTests.programme.rewards, $0)
                }
                for place in [seats, slot] {
                    #expect(book.taken[place] ?? 0 == model.taken(place), "\(place)")
                }
                spentCodes = model.taken(RewardPlace("code"))
                #expect(book.freeCodes["code"] ?? 0 == 4 - spentCodes)
                let report = try await test.verify()
                #expect(report.differenceCount == 0, "\(report.differences)")
                if report.differenceCount > 0 { return }
            }
        }
    }

    /// Everybody asks at once, in full batches: exactly as many as there are.
    @Test func manyClaimantsInOneBatchGetExactlyWhatThereIs() async throws {
        try await TestEngine.each(RewardTests.programme) { test in
            var commands: [Command] = []
            for index in 0..<400 {
                let member = try await test.member("é\(index)")
                let now = test.clock.now()
                commands.append(
                    Command(
                        programme: test.programme, member: member,
                        action: .adjust(unit: "ink", amount: 50, id: ID128(high: 3, low: UInt64(index)), reason: "t"),
                        now: now))
                commands.append(
                    Command(
                        programme: test.programme, member: member,
                        action: .redeem(
                            reward: "seats", hold: RewardTests.id(UInt64(index)),
                            choice: RedemptionChoice(quantity: 1)), now: now))
            }
            let answers = try await test.engine.submit(commands)
            #expect(answers.count { (try? $0.get().hold) ?? nil != nil } == 5)
            try await RewardTests.clean(test)
        }
    }
}

import Anonymity
import Testing

@Suite struct PrivacyBudgetTests {
    private let weekly = PrivacyCost(rhoBillionths: 10_000_000, deltaAttos: 1_000_000)

    private func budget() throws -> PrivacyBudget {
        try PrivacyBudget(
            yearly: PrivacyCost(rhoBillionths: 520_000_000, deltaAttos: 52_000_000), perRelease: weekly, year: 2_026)
    }

    @Test("Fifty-two weekly releases fit a year to the last digit, the fifty-third does not")
    func exhaustion() throws {
        var budget = try budget()
        for _ in 0..<52 { try budget.spend(try PrivacyCost(rho: 0.01, delta: 1e-12), year: 2_026) }
        #expect(budget.left == .zero)
        let spent = budget
        #expect(throws: BudgetProblem.spent(asked: weekly, left: .zero, year: 2_026)) {
            try budget.spend(weekly, year: 2_026)
        }
        #expect(budget == spent)
    }

    @Test("What was spent survives being stored, and a lowered budget has nothing left")
    func storing() throws {
        var budget = try budget()
        try budget.spend(weekly, year: 2_026)
        var again = try PrivacyBudget(
            yearly: budget.yearly, perRelease: budget.perRelease, year: budget.year, spent: budget.spent)
        #expect(again == budget)
        again = try PrivacyBudget(yearly: .zero, perRelease: weekly, year: budget.year, spent: budget.spent)
        #expect(again.left == .zero)
        #expect(throws: BudgetProblem.self) { try again.spend(weekly, year: 2_026) }
    }

    @Test("A new year begins anew; a clock that was put back does not")
    func years() throws {
        var budget = try budget()
        try budget.spend(weekly, year: 2_027)
        #expect(budget.year == 2_027 && budget.spent == weekly)
        #expect(throws: BudgetProblem.yearIsOver(asked: 2_026, current: 2_027)) {
            try budget.spend(weekly, year: 2_026)
        }
    }

    @Test("One dear release, a negative cost and a cost that overflows are refused")
    func refusals() throws {
        var budget = try budget()
        let dear = PrivacyCost(rhoBillionths: 10_000_001)
        #expect(throws: BudgetProblem.releaseTooDear(asked: dear, limit: weekly)) {
            try budget.spend(dear, year: 2_026)
        }
        #expect(throws: BudgetProblem.notACost) {
            try budget.spend(PrivacyCost(rhoBillionths: -1), year: 2_026)
        }
        #expect(throws: BudgetProblem.notACost) { try PrivacyCost(rho: .nan) }
        #expect(throws: BudgetProblem.notACost) { try PrivacyCost(rho: -0.1) }
        #expect(throws: BudgetProblem.notACost) { try PrivacyCost(rho: 0.1, delta: 1) }
        #expect(PrivacyCost(rhoBillionths: .max).adding(PrivacyCost(rhoBillionths: 1)) == nil)
        let huge = PrivacyCost(rhoBillionths: .max, deltaAttos: .max)
        var open = try PrivacyBudget(yearly: huge, perRelease: huge, year: 1)
        try open.spend(huge, year: 1)
        #expect(throws: BudgetProblem.self) { try open.spend(weekly, year: 1) }
    }

    @Test("A cost is rounded up, never down to nothing")
    func rounding() throws {
        #expect(try PrivacyCost(rho: 1e-20).rhoBillionths == 1)
        #expect(try PrivacyCost(rho: 0.0100000004).rhoBillionths == 10_000_001)
        #expect(try PrivacyCost(rho: 0, delta: 1e-30).deltaAttos == 1)
    }
}

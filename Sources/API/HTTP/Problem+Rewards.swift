import Loyalty
import Primitives

extension Problem {
    /// Why a reward is refused; `code` says which of the reasons of its type it is.
    init(_ problem: RewardProblem) {
        func with(_ type: ProblemType, _ detail: String, _ extras: [(String, JSONValue)] = []) -> Problem {
            var all: JSONObject = ["code": .string(problem.code)]
            for (name, value) in extras { all[name] = value }
            return Problem(type, detail, extras: all)
        }
        switch problem {
        case .withdrawn: self = with(.noLongerAvailable, "The reward was withdrawn.")
        case .tenure(let at):
            self = with(
                .notYet, "It opens to the member on a later day.", [("opens_at", .string(RFC3339.format(at)))])
        case .quantity(let range):
            self = .invalid("quantity", "One redemption is for \(range.lowerBound) to \(range.upperBound).")
        case .unit(let units): self = .invalid("unit", "It can be paid in: \(units.joined(separator: ", ")).")
        case .slotNeeded: self = .invalid("slot", "Choose one of the reward's slots.")
        case .unknownSlot: self = .invalid("slot", "The reward has no such slot.")
        case .slotOver: self = with(.noLongerAvailable, "The slot is over.")
        case .periodLimit(let most, let period):
            self = with(
                .memberLimit, "One member may have \(most) each \(period.rawValue).",
                [("limit", .integer(most)), ("period", .string(period.rawValue))])
        case .noWaitingList: self = with(.notWaiting, "The reward has no waiting list.")
        case .waitingListFull: self = with(.notWaiting, "The waiting list is full.")
        case .isAvailable(let left):
            self = with(.notWaiting, "There are \(left): redeem it.", [("left", .integer(left))])
        case .notRefundable: self = with(.notReversible, "Redemptions of this reward cannot be refunded.")
        case .refundOver: self = with(.notReversible, "The time for a refund is over.")
        case .noFulfilment: self = with(.fulfilmentOrder, "Nothing is sent or shown for this reward.")
        case .fulfilmentOrder(let next):
            self = with(
                .fulfilmentOrder, "That cannot come next.", [("next", .array(next.map { .string($0.name) }))])
        case .noStock: self = with(.contradiction, "The reward has no `stock` of its own, so it is not counted.")
        case .stockTaken(let left):
            self = with(.contradiction, "Only \(left) are left to take out.", [("left", .integer(left))])
        case .notConfirmed: self = with(.fulfilmentOrder, "The redemption is not confirmed, or was undone.")
        }
    }
}

public import Primitives

/// Why a reward is refused, beside the reasons that ``CommandProblem`` had before: a machine code and what is missing.
public enum RewardProblem: Error, Sendable, Hashable {
    case withdrawn
    /// The member is not with us long enough; when they are, in the form that may be stored.
    case tenure(Instant)
    /// One redemption is for so many.
    case quantity(ClosedRange<Int64>)
    /// It can be paid in these units.
    case unit([String])
    case slotNeeded
    case unknownSlot
    case slotOver
    /// One member may have so many in each period.
    case periodLimit(Int64, PeriodUnit)
    case noWaitingList
    case waitingListFull
    /// There are so many: no need to wait.
    case isAvailable(Int64)
    case notRefundable
    case refundOver
    case noFulfilment
    /// What it is now does not lead there; what may come next.
    case fulfilmentOrder([Fulfilment])
    case notConfirmed
    /// It is not counted, so nothing can be put in or taken out.
    case noStock
    /// So many are left; more cannot be taken out.
    case stockTaken(Int64)

    public var code: String {
        switch self {
        case .withdrawn: "withdrawn"
        case .tenure: "tenure"
        case .quantity: "quantity"
        case .unit: "unit"
        case .slotNeeded: "slot-needed"
        case .unknownSlot: "unknown-slot"
        case .slotOver: "slot-over"
        case .periodLimit: "member-limit"
        case .noWaitingList: "no-waiting-list"
        case .waitingListFull: "waiting-list-full"
        case .isAvailable: "is-available"
        case .notRefundable: "not-refundable"
        case .refundOver: "refund-over"
        case .noFulfilment: "no-fulfilment"
        case .fulfilmentOrder: "fulfilment-order"
        case .notConfirmed: "not-confirmed"
        case .noStock: "no-stock"
        case .stockTaken: "stock-taken"
        }
    }
}

/// What all members together gave to a cause, and what of it is published.
///
/// A running total that is shown at every gift tells each gift. So the published figure moves only when at least
/// ``publishedDonors`` different members have given since it last moved; the true one is in the books at once and equals
/// the ledger (`stamgast verify`).
public struct DonationTotal: Sendable, Hashable {
    /// How many members hide one.
    public static let publishedDonors: Int64 = 10

    /// Points that were given.
    public var amount: Int64
    /// How many gifts of the reward's size.
    public var quantity: Int64
    public var publishedAmount: Int64
    public var publishedQuantity: Int64
    /// How many different members gave since the published figure moved.
    public var donors: Int64
    /// How often it moved.
    public var round: Int64

    public init(
        amount: Int64 = 0, quantity: Int64 = 0, publishedAmount: Int64 = 0, publishedQuantity: Int64 = 0,
        donors: Int64 = 0, round: Int64 = 0
    ) {
        self.amount = amount
        self.quantity = quantity
        self.publishedAmount = publishedAmount
        self.publishedQuantity = publishedQuantity
        self.donors = donors
        self.round = round
    }

    /// Adds a gift.
    ///
    /// - Parameter isNewDonor: whether the member has not given in this round before.
    public mutating func add(_ amount: Int64, quantity: Int64, isNewDonor: Bool) {
        self.amount += amount
        self.quantity += quantity
        if isNewDonor { donors += 1 }
        guard donors >= Self.publishedDonors else { return }
        publishedAmount = self.amount
        publishedQuantity = self.quantity
        donors = 0
        round += 1
    }
}

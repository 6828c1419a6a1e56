internal import Loyalty
/// What a randomised hold-out shows of the programme's effect on the share of subscribers who cancel.
public struct ChurnExperiment: Sendable, Hashable {
    /// Subscribers in the programme and held out, and how many of them cancel.
    public var treated: Int
    public var treatedCancel: Int
    public var heldOut: Int
    public var heldOutCancel: Int

    public init(treated: Int, treatedCancel: Int, heldOut: Int, heldOutCancel: Int) {
        self.treated = treated
        self.treatedCancel = treatedCancel
        self.heldOut = heldOut
        self.heldOutCancel = heldOutCancel
    }

    /// The difference of the two shares, treated less held out; `nil` when one of the groups is empty.
    public var estimate: Double? {
        guard treated > 0, heldOut > 0 else { return nil }
        return Double(treatedCancel) / Double(treated) - Double(heldOutCancel) / Double(heldOut)
    }

    /// Its 95 % interval: see ``Loyalty/Proportion/difference(from:)``.
    public var interval: ClosedRange<Double>? {
        guard estimate != nil else { return nil }
        return Proportion(treatedCancel, of: treated).difference(from: Proportion(heldOutCancel, of: heldOut))
    }
}

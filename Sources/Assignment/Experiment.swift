public import Primitives

/// An experiment: who is kept out, where it lives, how it is divided.
public struct Experiment: Hashable, Sendable {
    /// What an experiment says about a unit.
    public enum Outcome: Hashable, Sendable {
        /// Kept out by the named hold-out; nothing of the experiment may be shown.
        case heldOut(by: String)
        /// Another experiment of the layer has the unit, or none.
        case outsideLayer
        /// Not part of the experiment yet.
        case notCovered
        case arm(Split.Arm)
    }

    /// Checked in order: the programme's own first.
    public let holdOuts: [HoldOut]
    public let layer: Layer?
    /// Its name is the experiment's name.
    public let split: Split

    public var name: String { split.name }

    public init(split: Split, holdOuts: [HoldOut] = [], layer: Layer? = nil) {
        self.split = split
        self.holdOuts = holdOuts
        self.layer = layer
    }

    public func outcome(for unit: ID128) -> Outcome {
        for holdOut in holdOuts where holdOut.contains(unit) { return .heldOut(by: holdOut.name) }
        if let layer, layer.experiment(for: unit) != name { return .outsideLayer }
        return split.arm(for: unit).map(Outcome.arm) ?? .notCovered
    }

    /// What to record when a unit meets its arm; `nil` for units that do not take part. Units held out are recorded too:
    /// they are what the effect is measured against.
    public func exposure(of unit: ID128, at time: Instant) -> Exposure? {
        switch outcome(for: unit) {
        case .outsideLayer, .notCovered: nil
        case .heldOut(let holdOut):
            Exposure(experiment: name, unit: unit, arm: nil, holdOut: holdOut, propensity: nil, time: time)
        case .arm(let arm):
            Exposure(
                experiment: name, unit: unit, arm: arm.name, holdOut: nil, propensity: arm.weight.fraction, time: time)
        }
    }
}

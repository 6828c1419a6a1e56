/// Why a layer or a split cannot be.
public enum AssignmentProblem: Error, Hashable, Sendable {
    case noArms(split: String)
    case duplicateName(String)
    /// Weights add up to something else than 10,000.
    case weightsDoNotAddUp(split: String, sum: Int)
    /// A range outside 0..<10,000, or an empty one.
    case bucketsOutOfRange(slot: String)
    case overlap(String, String)
    /// The layer has fewer free buckets than asked for.
    case layerFull(layer: String, free: Int, asked: Int)
}

extension AssignmentProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noArms(let split): "\(split) has no arms"
        case .duplicateName(let name): "\(name) occurs twice"
        case .weightsDoNotAddUp(let split, let sum): "the weights of \(split) add up to \(sum) instead of 10000"
        case .bucketsOutOfRange(let slot): "the buckets of \(slot) are not within 0..<10000"
        case .overlap(let one, let other): "\(one) and \(other) share buckets"
        case .layerFull(let layer, let free, let asked): "\(layer) has \(free) free buckets, \(asked) were asked for"
        }
    }
}

import CEL
import Catalogue

/// An occasion that counts events, made ready for the type that it counts.
struct CompiledOccasion: Sendable {
    let occasion: Occasion
    let count: Occasion.Count
    let condition: CompiledCondition?
    /// By maker, for counts per maker.
    let makers: Set<String>

    /// `nil` unless it counts this type.
    init?(
        _ occasion: Occasion, over type: String, environment: Environment, in programme: Programme
    ) throws(CompilationProblem) {
        guard case .count(let count) = occasion.moment, count.event == type else { return nil }
        self.occasion = occasion
        self.count = count
        condition = try count.condition.map { source throws(CompilationProblem) in
            try CompiledCondition(source, environment: environment, place: "recognition/\(occasion.id): when")
        }
        makers = Set(
            programme.signers.filter { occasion.signers.contains($0.id) }.compactMap(\.maker))
    }

    /// The counters that an event adds to; none if it does not count.
    func counters(_ event: Event, _ frame: Frame, level: PrivacyLevel) -> [(name: String, maker: String)] {
        if let condition {
            guard let met = try? condition.program.evaluateBool(frame), met else { return [] }
        }
        guard count.isPerMaker else { return [(RecognitionCounters.count(occasion.id), "")] }
        guard level == .personal else { return [] }
        let theirs = Set(event.items.compactMap(\.self).flatMap { $0.makers.map(\.text) }).intersection(makers)
        return theirs.sorted().map { (RecognitionCounters.count(occasion.id, maker: $0), $0) }
    }
}

import Loyalty
import Primitives

/// The fields of a planned event: a function of its id, the behaviour and the item.
struct FieldMaker {
    let behaviour: Behaviour

    func fields(of planned: PlannedEvent, into fields: inout JSONObject) {
        var random = SplitMix64(seed: SplitMix64.mix(planned.id ^ 0x6669_656C_6473))
        for field in behaviour.events[Int(planned.event)].fields {
            if let value = value(field.draw, planned, fields, &random) { fields[field.id] = value }
        }
    }

    private func value(
        _ draw: Behaviour.Draw, _ planned: PlannedEvent, _ fields: JSONObject, _ random: inout SplitMix64
    ) -> JSONValue? {
        switch draw {
        case .value(let value): return value
        case .moment: return .string(RFC3339.format(Instant(milliseconds: planned.time)))
        case .taste:
            let place = Int(planned.subject)
            return behaviour.subjects.indices.contains(place) ? .string(behaviour.subjects[place]) : nil
        case .finished: return .double(Double(planned.share) / 100)
        case .length: return .integer(Int64(planned.amount))
        case .span(let span): return Self.value(span, random.uniform())
        case .list(let one): return value(one, planned, fields, &random).map { .array([$0]) }
        case .oneOf(let choices):
            var rest = random.uniform() * choices.reduce(0) { $0 + $1.weight }
            for choice in choices {
                rest -= choice.weight
                if rest < 0 { return choice.value }
            }
            return choices.last?.value
        case .by(let field, let cases, let otherwise):
            let given = fields[field]?.stringValue
            if let match = cases.first(where: { $0.value == given }) {
                return value(match.draw, planned, fields, &random)
            }
            return otherwise.flatMap { value($0, planned, fields, &random) }
        }
    }

    /// - Parameter uniform: from 0 to 1, 1 not included.
    static func number(_ span: Behaviour.Span, _ uniform: Double) -> Double {
        let bent = span.power == 1 ? uniform : ExactMathematics.pow(uniform, span.power)
        return span.from + (span.to - span.from) * bent
    }

    private static func value(_ span: Behaviour.Span, _ uniform: Double) -> JSONValue {
        guard span.isWhole else {
            // Two decimals are as fine as a sender's.
            return .double(min(span.to, max(span.from, (number(span, uniform) * 100).rounded() / 100)))
        }
        let wide = Behaviour.Span(span.from, span.to + 1, power: span.power)
        return .integer(min(Int64(span.to), Int64(number(wide, uniform).rounded(.down))))
    }
}

import Loyalty
import Primitives

/// The sums of measures move with the members whose days they add up, in the same transaction.
extension Pipeline {
    /// Remembers what a member adds to the sums before the first command of a batch that may change it.
    func noteMeasures(of state: MemberState, _ compiled: CompiledProgramme, _ work: inout Work) {
        guard !compiled.programme.measures.isEmpty, work.measured[state.id] == nil else { return }
        work.measured[state.id] = state.measureCells(compiled.programme.measureTerms)
    }

    func collectMeasures(_ work: inout Work) {
        for (member, before) in work.measured {
            guard let state = work.states[member], let compiled = host[state.programme] else { continue }
            work.measures[compiled.id, default: MeasureChanges()].replace(
                before, by: state.measureCells(compiled.programme.measureTerms))
        }
        work.measures = work.measures.filter { !$0.value.isEmpty }
    }
}

extension Programme {
    /// What decides where members count in the sums of its measures.
    var measureTerms: [MeasureTerms] { measures.map { MeasureTerms($0, in: self) } }
}

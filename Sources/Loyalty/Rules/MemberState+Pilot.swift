internal import Assignment
public import CEL
internal import Primitives

/// A pilot: a programme that opens for a share of its members first.
extension MemberState {
    /// Whether what this member does gives anything.
    ///
    /// Always the same members: a larger share adds some and takes nobody away. What a member outside the pilot sends is
    /// taken, once, and decides nothing: no rule, challenge, streak or letter looks at it, also not later.
    public func takesPart(in programme: Programme) -> Bool {
        guard let share = programme.pilotBasisPoints else { return true }
        return Assignment.bucket(unit: id.value, salt: "pilot") < share
    }
}

extension RuleVerdict {
    /// The verdict over a member who does not take part yet: held out, where the event would have come to something.
    var outsideThePilot: RuleVerdict {
        var verdict = self
        switch outcome {
        case .notMet, .notYet, .noLonger, .excluded: break
        case .gives, .reduced, .refused, .nothing, .heldOut:
            verdict.outcome = .heldOut
            verdict.awards = []
        }
        return verdict
    }
}

extension CompiledProgramme {
    /// The same, open to everybody: what a forecast asks, and a try before the doors open.
    public func launched(zones: (any TimeZoneSource)?) throws(CompilationProblem) -> CompiledProgramme {
        guard programme.pilotBasisPoints != nil else { return self }
        var programme = programme
        programme.pilotBasisPoints = nil
        return try CompiledProgramme(
            programme, version: version, zones: zones, streakRepairs: streakRepairs, contestOutcomes: contestOutcomes)
    }
}

internal import CEL
internal import Primitives

/// The conditions over a member that gates have, each planned once.
extension CompiledProgramme {
    /// By their source.
    static func gateConditions(
        of programme: Programme, zones: (any TimeZoneSource)?
    ) throws(CompilationProblem) -> [String: MemberCondition] {
        var conditions: [String: MemberCondition] = [:]
        for gate in programme.gates {
            for case .when(let source) in gate.opens.flatMap(\.leaves) where conditions[source] == nil {
                do throws(CompilationProblem) {
                    conditions[source] = try MemberCondition(source, in: programme, zones: zones)
                } catch {
                    throw CompilationProblem(place: "access/\(gate.id): when", message: error.message)
                }
            }
        }
        return conditions
    }
}

extension GateFacts {
    /// Whether a condition is met; for a visitor none is, because nothing is known of them.
    func holds(_ source: String) -> Bool {
        guard let state, let condition = programme.gateConditions[source] else { return false }
        return condition.holds(state, in: programme, day: calendar.day(of: now), now: now)
    }

    /// Which part of a condition had which value, as JSON; `nil` for a visitor.
    ///
    /// What the publisher says of a member (their traits) stays with whoever may read members: whether it was enough is
    /// told, and not what it was.
    public func proof(of source: String) -> [UInt8]? {
        guard let state, let condition = programme.gateConditions[source] else { return nil }
        return condition.proof(state, in: programme, day: calendar.day(of: now), now: now).jsonBytes
    }
}

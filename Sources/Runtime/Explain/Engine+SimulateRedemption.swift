public import Loyalty
public import Primitives
import Storage
import Synchronization

/// What would become of a redemption now, with all that is needed to say it.
public struct RedemptionDryRun: Sendable {
    /// Who it is about: the record that took over the one that was named, if one did.
    public let member: MemberID
    public let simulation: RedemptionSimulation
    public let programme: CompiledProgramme
    /// The member's own.
    public let calendar: MemberCalendar
}

extension Engine {
    /// Redeems a reward on copies: nothing is written, set aside, offered or sent.
    ///
    /// - Throws: ``PipelineProblem/unknownProgramme(_:)``; ``PipelineProblem/command(_:)`` with
    ///   ``CommandProblem/unknownReward``; what the database throws.
    public func simulateRedemption(
        of reward: String, _ choice: RedemptionChoice, by named: MemberID, in programme: ProgrammeID
    ) async throws -> RedemptionDryRun {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        guard let wanted = compiled.rewards[reward]?.reward else { throw PipelineProblem.command(.unknownReward) }
        let now = clock.now()
        let joined = calendars.withLock { $0.programmeDay(compiled, now) }
        let store = LoyaltyStore(programme: programme)
        let (state, book) = try await database.read { connection in
            var state = MemberState(programme: programme, id: named, profile: MemberProfile(joinedDay: joined))
            var next: MemberID? = named
            for _ in 0..<8 {
                guard let member = next else { break }
                state = try store.load([member], joinedDay: joined, connection)[member] ?? state
                next = state.profile.mergedInto
            }
            var book = try store.rewardBook([wanted], connection)
            if wanted.codes != nil {
                book.stock(try store.freeCodes(of: reward, count: 1, connection), of: reward)
            }
            return (state, book)
        }
        var context = calendars.withLock { $0.context(compiled, state.profile, now) }
        context.settles = !host.pausesCalendar
        let id = EffectID.derived(
            programme: programme, source: "simulation/" + reward, cause: state.id.value, member: state.id)
        do throws(CommandProblem) {
            let simulation = try state.simulatedRedemption(of: reward, id: id, choice, book: book, context)
            return RedemptionDryRun(
                member: state.id, simulation: simulation, programme: compiled, calendar: context.calendar)
        } catch {
            throw PipelineProblem.command(error)
        }
    }
}

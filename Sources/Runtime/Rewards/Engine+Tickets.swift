import Loyalty
public import Primitives

/// What a ticket that is shown at the door comes to.
public enum TicketVerdict: String, Sendable, Hashable, CaseIterable {
    /// It may be let in.
    case good
    /// It was let in just now.
    case admitted
    /// It was used before.
    case used
    /// Cancelled, refunded or run out.
    case void
}

extension Engine {
    /// What a ticket is good for; with `admits` it is noted as used, once, at whichever door that is asked first.
    ///
    /// - Returns: `nil` for what is no ticket of this programme.
    public func check(
        ticket text: String, admits: Bool, in programme: ProgrammeID
    ) async throws -> (MemberRedemption, TicketVerdict)? {
        guard let ticket = TicketToken(text), isGenuine(ticket, in: programme),
            let one = try await redemptions(of: ticket.member, only: ticket.redemption, in: programme).first
        else { return nil }
        guard one.record.state == .confirmed else { return (one, .void) }
        guard one.record.fulfilment != .admitted else { return (one, .used) }
        guard admits else { return (one, .good) }
        let answer: Answer
        do {
            answer = try await perform(
                .fulfil(hold: one.record.id, state: .admitted), member: one.member, in: programme)
        } catch PipelineProblem.command {
            // Refunded a moment ago, or what it was for has no tickets any more.
            return (one, .void)
        }
        // Noting it again changes nothing: somebody showed it at another door a moment ago.
        return (one, answer.effects.isEmpty ? .used : .admitted)
    }
}

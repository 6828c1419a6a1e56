public import Catalogue
public import Loyalty
public import Primitives
import Storage
import Synchronization

extension Engine {
    /// What a gate may know of a member now; of a visitor without one.
    ///
    /// - Complexity: no database for members that were asked about lately.
    /// - Throws: ``PipelineProblem/unknownProgramme(_:)``; what the database throws.
    public func gateFacts(
        of member: MemberID?, in programme: ProgrammeID, visitorUses: [String: Int64] = [:], opened: Set<String> = []
    ) async throws -> GateFacts {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let now = clock.now()
        let state: MemberState? = if let member { try await standing(of: member, in: programme) } else { nil }
        let profile = state?.profile ?? MemberProfile(joinedDay: 0)
        let context = calendars.withLock { $0.context(compiled, profile, now) }
        return GateFacts(
            state, programme: compiled, calendar: context.calendar, now: now, visitorUses: visitorUses,
            opened: opened)
    }

    /// The item as the catalogue has it; `nil` if it does not know it.
    public func item(_ id: ItemID, in programme: ProgrammeID) -> Item? {
        catalogue.isUnknown(id, in: programme) ? nil : catalogue.item(id, in: programme)
    }

    /// The claim of an opening. The page's own random text stands in it, so that what is stored cannot be tested for an
    /// item; the item does too, so that one text does not open two.
    public func openingClaim(
        of member: MemberID, gate: String, item: String, use: String, in programme: ProgrammeID
    ) -> ID128 {
        claim(programme: programme, source: "gate/\(gate)/\(member)/\(item)", id: use)
    }

    /// A member's state as it is on disk, of the record that took it over if one did.
    private func standing(of member: MemberID, in programme: ProgrammeID) async throws -> MemberState? {
        var member = member
        for _ in 0..<8 {
            let state = try await stored(member, in: programme)
            guard let into = state?.profile.mergedInto else { return state }
            member = into
        }
        return nil
    }

    private func stored(_ member: MemberID, in programme: ProgrammeID) async throws -> MemberState? {
        if let known = standings.state(of: member, in: programme) { return known }
        let read = standings.beginRead(of: member)
        do {
            let store = LoyaltyStore(programme: programme)
            let state = try await database.read { try store.load([member], joinedDay: 0, $0)[member] }
            standings.endRead(read, of: member, state)
            return state
        } catch {
            standings.endRead(read, of: member, nil)
            throw error
        }
    }
}

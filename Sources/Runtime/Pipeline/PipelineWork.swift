import Catalogue
import Loyalty
import Personalisation
import Primitives
import Storage

extension Pipeline {
    /// What a batch works on.
    struct Work {
        var states: [MemberID: MemberState] = [:]
        var due: [MemberID: Instant?] = [:]
        var changes: [MemberID: Changes] = [:]
        var claimed: Set<ID128> = []
        var batches: [ProgrammeID: LoyaltyBatch] = [:]
        var rewards: [ProgrammeID: RewardRows] = [:]
        var plays: [ProgrammeID: PlayRows] = [:]
        /// What members added to the sums of measures before this batch.
        var measured: [MemberID: [MeasureCellKey: MeasureSum]] = [:]
        var measures: [ProgrammeID: MeasureChanges] = [:]
        var outbox: [ProgrammeID: [Outbox.Message]] = [:]
        var popularity: [ProgrammeID: [PopularityKey: Int64]] = [:]
        var stubs: [ProgrammeID: Set<ItemID>] = [:]
        /// Today in each programme's time zone.
        var days: [ProgrammeID: Int32] = [:]
        /// The time of its last command.
        var now: Instant?
        /// When the batch really came in; see ``Command/received``.
        var received: Instant?
        /// See ``ProgrammeHost/pausesCalendar``.
        var pausesCalendar = false
        var replays: [Int: (status: Int, body: [UInt8])] = [:]
        var conflicts: Set<Int> = []
        var holds: [ID128: Hold] = [:]
        var awards: [ID128: (AppliedEffect, Transfer)] = [:]
        /// By the claim of the amendment: what the events to be amended gave.
        var stored: [ID128: StoredAwards] = [:]
        /// By award that is to be taken back: the limits under which it was given, where they are others now.
        var formerLimits: [ID128: [Limit]] = [:]
        /// Awards that are to be judged under the limits of then.
        var judged: [Judged] = []
        /// Awards that were taken back already.
        var reversed: Set<ID128> = []
        var wantedAwards: [(programme: ProgrammeID, member: MemberID, id: ID128)] = []
        var wantedHuman: [WantedHuman] = []
        var released: [(ProgrammeID, ID128)] = []
        var recorded: [(record: RequestRecord, answer: Answer)] = []
        var updates: [LiveUpdate] = []
        /// What human actions need to know of what is stored.
        var human = HumanFacts()
        /// Members that exist from now on, if only because of an event without effect.
        var touched: Set<MemberID> = []
        /// Teams of which all members are loaded.
        var rosters: Set<MemberID> = []
        /// What members chose about profiling, where this batch has to know it: as stored, then as decided.
        var profiling: [MemberID: ProfilingChoice] = [:]
        /// Whose choices are to be written; those that are no more in ``profiling`` go.
        var profilingChanged: [ProgrammeID: Set<MemberID>] = [:]
        /// Records that another record has taken over.
        var successors: [MemberID: MemberID] = [:]

        func root(of member: MemberID) -> MemberID {
            var member = member
            while let next = successors[member] { member = next }
            return member
        }
    }
}

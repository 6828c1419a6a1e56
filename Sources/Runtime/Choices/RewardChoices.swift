import Assignment
import Crypto
public import Loyalty
public import Personalisation
public import Primitives
public import Storage
import Synchronization
public import Vault

/// Which reward within reach is put first, and what is learned from it, for all programmes of this process.
///
/// What is learned is counted in memory at once, so that it takes effect with the next choice, and written every few seconds
/// (``flush()``): a crash loses what was counted since. Other nodes read it within ``reloadAge``.
///
/// For a day it is remembered, in memory and under a hash whose key lives some days and in memory only, what stood first: so a
/// page that is opened again shows the same and is counted once. After a restart, and when the key changes, an exposure of the
/// same day or a redemption with the same seal can be counted once more; after ``mostRemembered`` nothing more is counted
/// until the next day.
public final class RewardChoices: Sendable {
    /// A place on the page.
    public enum Slot: UInt8, Sendable, Hashable, CaseIterable {
        /// What points do not buy.
        case privilege = 0
        /// What they do.
        case reward = 1
    }

    /// What is put first.
    public struct Chosen: Sendable, Hashable {
        public var reward: String
        /// Goes with the link to the reward and its form; `nil` for what is not counted.
        public var seal: String?
    }

    /// How old what was read from the database may be.
    static let reloadAge: Int64 = 60_000
    /// How old Thompson sampling's probabilities may be.
    static let shareAge: Int64 = 10_000
    static let mostRemembered = 200_000
    /// The share of members before whom nothing learned is applied, in 1/10,000.
    public static let heldOut = 500

    private struct Shares {
        var at: Instant
        var values: [Double]
    }

    private struct ShareKey: Hashable {
        var kinds: [String]
        var persona: String?
    }

    private struct Place {
        var isOff = false
        /// `nil`: never.
        var readAt: Instant?
        var known: [ChoiceCell: ChoiceCount] = [:]
        /// Not written yet.
        var pending: [ChoiceCell: ChoiceCount] = [:]
        var shares: [ShareKey: Shares] = [:]

        func arms(on day: Int32) -> ChoiceArms {
            var arms = ChoiceArms(known, on: day)
            arms.add(pending, on: day)
            return arms
        }
    }

    private struct Remembered {
        /// Since when the key is used; `nil`: it was not yet.
        var since: Int32?
        var key: KeyedHash
        /// By day.
        var decisions: [Int32: [ID128: ChoiceDecision]] = [:]
        /// Of whom nothing more is counted for the day: what stood first was taken, or is not within reach any more.
        var done: Set<ID128> = []

        /// Forgets what nobody can come back to. The key changes when no seal is left that was made under the one before,
        /// but for those of its last days.
        mutating func turn(to today: Int32, random: any RandomBytes) {
            if let since, today - since <= ChoiceSeal.windowDays + 1 {
                // Members of other time zones are a day ahead or behind.
                if decisions.count > 3 { decisions = decisions.filter { $0.key >= today - 1 } }
            } else {
                self = Remembered(since: today, key: RewardChoices.key(random))
            }
        }
    }

    private let engine: Engine
    private let recommendations: Recommendations
    private let seal: ChoiceSeal
    private let random: any RandomBytes
    private let places = Mutex<[ProgrammeID: Place]>([:])
    private let remembered: Mutex<Remembered>

    /// - Parameters:
    ///   - keys: seal what goes into pages.
    ///   - random: makes the keys that live a day.
    public init(engine: Engine, recommendations: Recommendations, keys: KeyedHash, random: any RandomBytes) {
        self.engine = engine
        self.recommendations = recommendations
        self.random = random
        seal = ChoiceSeal(keys: keys)
        remembered = Mutex(Remembered(key: Self.key(random)))
    }

    private static func key(_ random: any RandomBytes) -> KeyedHash {
        KeyedHash(key: SymmetricKey(data: random.bytes(32)))
    }

    // MARK: Choosing

    /// What to put first in the places of one page; a place without candidates within reach is left out.
    ///
    /// - Parameters:
    ///   - day: the member's, in days since 1970-01-01.
    ///   - objects: whether the request says `Sec-GPC: 1`.
    /// - Returns: nothing where choosing is switched off.
    public func choose(
        among candidates: [Slot: [ChoiceCandidate]], for member: MemberID, in programme: ProgrammeID, day: Int32,
        objects: Bool
    ) async throws -> [Slot: Chosen] {
        guard candidates.values.contains(where: { !$0.isEmpty }) else { return [:] }
        try await load(programme)
        guard places.withLock({ $0[programme]?.isOff == false }) else { return [:] }
        let level = try await engine.level(for: .rewards, of: member, in: programme, globalPrivacyControl: objects)
        let tastes = try await recommendations.tastes(of: member, in: programme, at: level)
        let id = member.value
        let reader = ChoiceReader(
            persona: tastes.persona, topics: tastes.topics,
            isHeldOut: Assignment.bucket(unit: id, salt: "choice:" + programme.name) < Self.heldOut, day: day,
            phase: SplitMix64.seed(id.high, id.low))
        var chosen: [Slot: Chosen] = [:]
        for slot in Slot.allCases {
            guard let candidates = candidates[slot], !candidates.isEmpty else { continue }
            chosen[slot] = try choose(candidates, in: slot, for: reader, at: level, member, programme)
        }
        return chosen
    }

    private func choose(
        _ candidates: [ChoiceCandidate], in slot: Slot, for reader: ChoiceReader, at level: PrivacyLevel,
        _ member: MemberID, _ programme: ProgrammeID
    ) throws -> Chosen? {
        let seed = SplitMix64.seed(
            member.value.high, member.value.low, UInt64(UInt32(bitPattern: reader.day)), UInt64(slot.rawValue) + 1)
        let decided = Choice.decide(candidates, for: reader, at: level, seed: seed) { kinds, persona in
            shares(of: kinds, for: persona, in: programme, day: reader.day)
        }
        guard let decided else { return nil }
        let within = Set(candidates.filter { $0.isOpen && $0.price <= $0.spendable }.map(\.id))
        let day = reader.day
        // The first page of a day decides for that day, and is what is counted.
        let (decision, isNew, counts) = remembered.withLock { remembered -> (ChoiceDecision, Bool, Bool) in
            remembered.turn(to: day, random: random)
            let tag = Self.tag(remembered.key, programme, member, slot, day)
            if let earlier = remembered.decisions[day]?[tag] {
                if within.contains(earlier.id) { return (earlier, false, !remembered.done.contains(tag)) }
                remembered.done.insert(tag)
                remembered.decisions[day]?[tag] = decided
                return (decided, false, false)
            }
            guard remembered.decisions[day]?.count ?? 0 < Self.mostRemembered else { return (decided, false, false) }
            remembered.decisions[day, default: [:]][tag] = decided
            return (decided, true, true)
        }
        let cell = ChoiceCell(day: reader.day, decision)
        if isNew { count(.shown(decision.kindPropensity), in: cell, of: programme) }
        guard counts else { return Chosen(reward: decision.id) }
        let content = ChoiceSeal.Content(cell: cell, propensity: decision.kindPropensity, slot: slot.rawValue)
        return Chosen(
            reward: decision.id,
            seal: try seal.seal(content, programme: programme, member: member, reward: decision.id))
    }

    /// Counts a redemption, if the form that asked for it came from where the reward stood first; once for each day, place
    /// and member.
    ///
    /// - Parameter day: the member's.
    /// - Returns: whether it was counted.
    @discardableResult
    public func took(
        _ reward: String, seal text: String, by member: MemberID, in programme: ProgrammeID, day: Int32
    ) async throws -> Bool {
        try await load(programme)
        guard places.withLock({ $0[programme]?.isOff == false }),
            let content = seal.open(text, programme: programme, member: member, reward: reward, day: day),
            let slot = Slot(rawValue: content.slot)
        else { return false }
        let isFirst = remembered.withLock { remembered in
            remembered.turn(to: day, random: random)
            let tag = Self.tag(remembered.key, programme, member, slot, content.cell.day)
            return remembered.done.count < Self.mostRemembered && remembered.done.insert(tag).inserted
        }
        guard isFirst else { return false }
        count(.taken(content.propensity), in: content.cell, of: programme)
        return true
    }

    /// A member, a day and a place, as far as they have to be told apart.
    private static func tag(
        _ key: KeyedHash, _ programme: ProgrammeID, _ member: MemberID, _ slot: Slot, _ day: Int32
    ) -> ID128 {
        key.id(ofParts: programme.name, member.description, String(slot.rawValue), String(day))
    }

    private func shares(
        of kinds: [String], for persona: String?, in programme: ProgrammeID, day: Int32
    ) -> [Double] {
        let now = engine.clock.now()
        let key = ShareKey(kinds: kinds, persona: persona)
        let (kept, arms) = places.withLock { places -> (Shares?, ChoiceArms) in
            guard let place = places[programme] else { return (nil, ChoiceArms()) }
            if let kept = place.shares[key], (0..<Self.shareAge).contains(now - kept.at) { return (kept, ChoiceArms()) }
            return (nil, place.arms(on: day))
        }
        if let kept { return kept.values }
        let values = arms.shares(of: kinds, for: persona)
        places.withLock { places in
            if places[programme]?.shares.count ?? 0 >= 1_000 { places[programme]?.shares = [:] }
            places[programme]?.shares[key] = Shares(at: now, values: values)
        }
        return values
    }

    private func count(_ count: ChoiceCount, in cell: ChoiceCell, of programme: ProgrammeID) {
        places.withLock { $0[programme, default: Place()].pending[cell, default: ChoiceCount()] += count }
    }

    // MARK: Keeping

    private func load(_ programme: ProgrammeID) async throws {
        let now = engine.clock.now()
        let isFresh = places.withLock { places in
            places[programme]?.readAt.map { (0..<Self.reloadAge).contains(now - $0) } ?? false
        }
        guard !isFresh else { return }
        try await flush(programme)
        let store = ChoiceStore(programme: programme)
        let since = Self.day(now) - ChoiceStore.keptDays
        let (isOff, known) = try await engine.database.read { connection in
            (try store.isOff(connection), try store.tallies(since: since, connection))
        }
        places.withLock { places in
            var place = places[programme] ?? Place()
            (place.isOff, place.known, place.readAt, place.shares) = (isOff, known, now, [:])
            places[programme] = place
        }
    }

    private static func day(_ now: Instant) -> Int32 { Int32(clamping: now.milliseconds / 86_400_000) }

    /// Writes what was counted in memory.
    public func flush() async throws {
        for programme in places.withLock({ $0.filter { !$0.value.pending.isEmpty }.map(\.key) }).sorted() {
            try await flush(programme)
        }
    }

    private func flush(_ programme: ProgrammeID) async throws {
        let pending = places.withLock { places -> [ChoiceCell: ChoiceCount] in
            guard var place = places[programme], !place.pending.isEmpty else { return [:] }
            let pending = place.pending
            place.pending = [:]
            for (cell, count) in pending { place.known[cell, default: ChoiceCount()] += count }
            places[programme] = place
            return pending
        }
        guard !pending.isEmpty else { return }
        let store = ChoiceStore(programme: programme)
        let oldest = Self.day(engine.clock.now()) - ChoiceStore.keptDays
        do {
            try await engine.database.write { connection in
                try store.add(pending, connection)
                try store.prune(before: oldest, connection)
            }
        } catch {
            // What was not written is still to be written.
            places.withLock { places in
                for (cell, count) in pending {
                    places[programme]?.pending[cell, default: ChoiceCount()] += count
                    places[programme]?.known[cell]? += ChoiceCount(
                        shown: -count.shown, taken: -count.taken, inverseShown: -count.inverseShown,
                        inverseTaken: -count.inverseTaken)
                }
            }
            throw error
        }
    }

    // MARK: The desk

    /// What the desk of a programme shows.
    public struct Report: Sendable {
        public var isOff: Bool
        public var tallies: [ChoiceCell: ChoiceCount]
        public var arms: ChoiceArms
    }

    public func report(of programme: ProgrammeID) async throws -> Report {
        try await load(programme)
        let day = Self.day(engine.clock.now())
        return places.withLock { places in
            let place = places[programme] ?? Place()
            let tallies = place.known.merging(place.pending, uniquingKeysWith: +)
            return Report(isOff: place.isOff, tallies: tallies, arms: place.arms(on: day))
        }
    }

    /// Switches choosing and counting off or on: on disk, with a line for the audit trail, and with the next request of this
    /// node.
    ///
    /// - Parameter note: written with it.
    public func set(
        isOff: Bool, in programme: ProgrammeID, note: @escaping @Sendable (any Connection) throws -> Void
    ) async throws {
        try await load(programme)
        let store = ChoiceStore(programme: programme)
        let changes = try await engine.database.write { connection in
            guard try store.isOff(connection) != isOff else { return false }
            try store.set(isOff: isOff, connection)
            try note(connection)
            return true
        }
        if changes { places.withLock { $0[programme]?.isOff = isOff } }
    }
}

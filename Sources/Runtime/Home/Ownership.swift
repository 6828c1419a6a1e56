public import Primitives
public import Storage
import Synchronization

/// Which programmes this process writes, and who writes the others: leases held, renewed, taken and given.
///
/// Each programme has one owner at a time (see decision 0003). Before a programme is answered for, what is in memory is
/// brought up to what is stored, and what an earlier owner may have left unfinished is finished.
public actor Ownership {
    /// What has to happen when a programme becomes ours or another's; filled by the home.
    struct Duties: Sendable {
        /// All programmes that have a version.
        var programmes: @Sendable () async throws -> [ProgrammeID]
        /// Reads the programme into memory, before anything is taken.
        var load: @Sendable (ProgrammeID) async throws -> Void
        /// Finishes what was cut off, under the lease and before anything is answered.
        var finish: @Sendable (ProgrammeID) async throws -> Void
        /// Forgets it.
        var unload: @Sendable (ProgrammeID) async -> Void
    }

    private let engine: Engine
    private let database: any Database
    private let leases: Leases
    private let nodes: Nodes
    private let duties: Duties
    private var held: [ProgrammeID: Lease] = [:]
    private var takings: [ProgrammeID: Task<Bool, any Error>] = [:]
    /// Programmes that were given away a moment ago, and until when they are left to others.
    private var given: [ProgrammeID: Instant] = [:]
    private var addresses: [ProgrammeID: (address: String, until: Instant)] = [:]
    private var announced = false

    init(engine: Engine, database: any Database, leases: Leases, duties: Duties) {
        self.engine = engine
        self.database = database
        self.leases = leases
        self.duties = duties
        nodes = Nodes(lifetimeMilliseconds: leases.durationMilliseconds)
    }

    /// The programmes that are ours.
    public var programmes: [ProgrammeID] { held.keys.sorted() }

    // MARK: Taking

    /// Takes the lease of every programme of the home. Waits for leases that nobody prolongs: their owner crashed.
    ///
    /// - Throws: ``Home/Problem/owned`` when another process holds one and goes on holding it.
    func takeAll() async throws {
        for programme in try await duties.programmes() where try await !take(programme) {
            let start = try await expiry(programme)
            while try await !take(programme) {
                guard try await expiry(programme) == start else { throw Home.Problem.owned }
                try await Task.sleep(for: .milliseconds(min(200, leases.durationMilliseconds / 8)))
            }
        }
    }

    private func expiry(_ programme: ProgrammeID) async throws -> Instant? {
        let leases = self.leases
        return try await database.read { try leases.all($0)[programme.partition]?.expiresAt }
    }

    /// Makes a programme ours if nobody holds it.
    ///
    /// - Returns: whether it is ours now.
    public func take(_ programme: ProgrammeID) async throws -> Bool {
        if engine.owns(programme) { return true }
        let now = engine.clock.now()
        if let until = given[programme], now < until { return false }
        if let taking = takings[programme] { return try await taking.value }
        let taking = Task { try await acquire(programme) }
        takings[programme] = taking
        defer { takings[programme] = nil }
        return try await taking.value
    }

    private func acquire(_ programme: ProgrammeID) async throws -> Bool {
        let leases = self.leases
        let clock = engine.clock
        let taken = try await database.write {
            try leases.acquire($0, partition: programme.partition, now: clock.now())
        }
        guard var lease = taken else { return false }
        // Taking over can mean waiting for the paused owner's transaction to be ended: then little is left of the lease,
        // or nothing, and the former owner would take it back at once.
        if lease.expiresAt < clock.now().adding(milliseconds: leases.durationMilliseconds / 2) {
            do {
                lease = try await database.write { [lease] in try leases.renew($0, lease, now: clock.now()) }
            } catch StorageProblem.leaseLost {
                return false
            }
        }
        given[programme] = nil
        held[programme] = lease
        do {
            try await duties.load(programme)
            try await engine.own(lease, of: programme)
            try await duties.finish(programme)
        } catch {
            await drop(programme)
            throw error
        }
        engine.serve(programme)
        return true
    }

    // MARK: Keeping

    /// Prolongs what is held. What was lost is not taken any more.
    ///
    /// - Returns: the programmes that were lost.
    /// - Throws: what the database says when it cannot be asked. Nothing is lost by that: every commit checks its lease.
    public func renew() async throws -> [ProgrammeID] {
        var lost: [ProgrammeID] = []
        let leases = self.leases
        for (programme, lease) in held.sorted(by: { $0.key < $1.key }) {
            let clock = engine.clock
            do {
                let renewed = try await database.write { try leases.renew($0, lease, now: clock.now()) }
                if held[programme]?.epoch == renewed.epoch { held[programme] = renewed }
            } catch StorageProblem.leaseLost {
                await drop(programme)
                lost.append(programme)
            }
        }
        engine.metrics.wrote(isReadOnly: false)
        return lost
    }

    private func drop(_ programme: ProgrammeID) async {
        held[programme] = nil
        try? await engine.own(nil, of: programme)
        await duties.unload(programme)
    }

    // MARK: Sharing

    /// Says that this node lives, takes its share of the programmes and gives away what is too much.
    ///
    /// - Parameter address: where other nodes reach this one.
    /// - Returns: what changed hands.
    public func balance(address: String) async throws -> (taken: [ProgrammeID], given: [ProgrammeID]) {
        let all = try await duties.programmes()
        let now = engine.clock.now()
        let (owner, leases, nodes) = (leases.owner, self.leases, self.nodes)
        let (living, rows) = try await database.write { connection in
            try nodes.announce(connection, owner: owner, address: address, now: now)
            return (try nodes.living(connection, now: now), try leases.all(connection))
        }
        announced = true
        var names: [Int: ProgrammeID] = [:]
        for programme in all { names[programme.partition] = programme }
        let share = PartitionShare.decide(
            partitions: Array(names.keys), mine: Set(held.keys.map(\.partition)), held: rows, nodes: living,
            owner: owner, now: now)
        var taken: [ProgrammeID] = []
        for partition in share.take {
            guard let programme = names[partition], try await take(programme) else { continue }
            taken.append(programme)
        }
        let given = share.give.compactMap { names[$0] }
        for programme in given { try await give(programme, now) }
        return (taken, given)
    }

    private func give(_ programme: ProgrammeID, _ now: Instant) async throws {
        guard let lease = held[programme] else { return }
        // Left to whoever needs it for two turns; then it is anybody's again.
        given[programme] = now.adding(milliseconds: leases.durationMilliseconds)
        await drop(programme)
        let leases = self.leases
        try await database.write { try leases.release($0, lease) }
    }

    /// Where the owner of a programme answers; `nil` when nobody holds it, or it is this node.
    public func address(ofOwnerOf programme: ProgrammeID) async throws -> String? {
        let now = engine.clock.now()
        if let known = addresses[programme], now < known.until { return known.address }
        let nodes = self.nodes
        let found = try await database.read { try nodes.address($0, ofOwnerOf: programme.partition) }
        guard let found, found.owner != leases.owner else { return nil }
        if addresses.count > 10_000 { addresses = [:] }
        addresses[programme] = (found.address, now.adding(milliseconds: 500))
        return found.address
    }

    /// Gives everything back: the process stops.
    func release() async {
        let (leases, nodes, all, wasAnnounced) = (self.leases, self.nodes, Array(held.values), announced)
        held = [:]
        guard !all.isEmpty || wasAnnounced else { return }
        // If this fails the leases run out by themselves.
        try? await database.write { connection in
            for lease in all { try leases.release(connection, lease) }
            if wasAnnounced { try nodes.leave(connection, owner: leases.owner) }
        }
    }
}

public import Primitives
import Storage
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
        /// Brings in what a former owner may have written beside the pipeline, where no lease is checked: names of persons
        /// and the catalogue.
        var refresh: @Sendable (ProgrammeID) async throws -> Void
        /// Forgets it.
        var unload: @Sendable (ProgrammeID) async -> Void
    }

    /// What a turn of ``balance()`` did.
    public struct Turn: Sendable {
        public var taken: [ProgrammeID] = []
        public var given: [ProgrammeID] = []
        /// Programmes that could not be taken or looked after, with the kind of error.
        public var failed: [(programme: ProgrammeID, error: String)] = []
    }

    private let engine: Engine
    private let database: any Database
    private let leases: Leases
    private let nodes: Nodes
    private let duties: Duties
    private var held: [ProgrammeID: Lease] = [:]
    private var takings: [ProgrammeID: Task<Bool, any Error>] = [:]
    /// Programmes that were given away a moment ago, and until when they are left to others.
    private var given: [ProgrammeID: ContinuousClock.Instant] = [:]
    private var addresses: [ProgrammeID: (address: String, until: ContinuousClock.Instant)] = [:]
    /// Until when each lease was last prolonged, by a clock that nobody sets.
    private var deadlines: [ProgrammeID: ContinuousClock.Instant] = [:]
    /// Where other nodes reach this one, once it has said so.
    private var address: String?
    private var isLeaving = false

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
        if isLeaving { return false }
        if let until = given[programme], ContinuousClock.now < until { return false }
        if let taking = takings[programme] { return try await taking.value }
        let taking = Task { try await acquire(programme) }
        takings[programme] = taking
        defer { takings[programme] = nil }
        return try await taking.value
    }

    private func acquire(_ programme: ProgrammeID) async throws -> Bool {
        let leases = self.leases
        let clock = engine.clock
        var began = ContinuousClock.now
        let (taken, now) = try await database.write { connection in
            let now = try connection.leaseTime(clock.now())
            let taken = try leases.acquire(connection, partition: programme.partition, now: now)
            return (taken, try connection.leaseTime(clock.now()))
        }
        guard var lease = taken else { return false }
        // Taking over can mean waiting for the paused owner's transaction to be ended: then little is left of the lease,
        // or nothing, and the former owner would take it back at once.
        if lease.expiresAt < now.adding(milliseconds: leases.durationMilliseconds / 2) {
            do {
                began = ContinuousClock.now
                lease = try await database.write { [lease] connection in
                    try leases.renew(connection, lease, now: try connection.leaseTime(clock.now()))
                }
            } catch StorageProblem.leaseLost {
                return false
            }
        }
        given[programme] = nil
        // From here on it is prolonged with the others, however long the rest takes.
        held[programme] = lease
        deadlines[programme] = deadline(from: began)
        do {
            try await duties.load(programme)
            try await engine.own(lease, of: programme)
            try await duties.finish(programme)
        } catch {
            held[programme] = nil
            await unload(programme)
            // Another node may be able to.
            try? await database.write { [lease] in try leases.release($0, lease) }
            throw error
        }
        // It may have been lost meanwhile: this process may have been paused.
        guard let current = held[programme], current.epoch == lease.epoch, let deadline = deadlines[programme] else {
            await unload(programme)
            return false
        }
        engine.serve(programme, until: deadline)
        return true
    }

    private func deadline(from began: ContinuousClock.Instant) -> ContinuousClock.Instant {
        // Nobody else can take what lies in a locked file.
        if database.engine == .sqlite { return began.advanced(by: .seconds(100 * 366 * 86_400)) }
        return began.advanced(by: .milliseconds(leases.durationMilliseconds))
    }

    private func unload(_ programme: ProgrammeID) async {
        try? await engine.own(nil, of: programme)
        await duties.unload(programme)
    }

    /// Lets a programme go that is not ours any more. Nobody takes it before that is done.
    private func drop(_ programme: ProgrammeID) async {
        held[programme] = nil
        // Whoever is taking it notices by itself.
        guard takings[programme] == nil else { return }
        let unloading = Task<Bool, any Error> {
            await self.unload(programme)
            return false
        }
        takings[programme] = unloading
        _ = try? await unloading.value
        takings[programme] = nil
    }

    // MARK: Keeping

    /// Prolongs what is held and says that this node lives.
    ///
    /// - Parameter address: where other nodes reach this one; `nil` before it takes requests.
    /// - Returns: the programmes that were lost: another node took them over. They are not answered for any more.
    /// - Throws: what the database says when it cannot be asked. Nothing is lost by that: every commit checks its lease.
    public func renew(address: String?) async throws -> [ProgrammeID] {
        if !isLeaving { self.address = address ?? self.address }
        let announced = isLeaving ? nil : self.address
        let (all, leases, nodes, clock) = (held, self.leases, self.nodes, engine.clock)
        guard !all.isEmpty || announced != nil else { return [] }
        let began = ContinuousClock.now
        let (renewed, lost) = try await database.write { connection in
            let now = try connection.leaseTime(clock.now())
            var renewed: [ProgrammeID: Lease] = [:]
            var lost: [ProgrammeID] = []
            if let announced { try nodes.announce(connection, owner: leases.owner, address: announced, now: now) }
            for (programme, lease) in all.sorted(by: { $0.key < $1.key }) {
                do {
                    renewed[programme] = try leases.renew(connection, lease, now: now)
                } catch StorageProblem.leaseLost {
                    lost.append(programme)
                }
            }
            return (renewed, lost)
        }
        engine.metrics.wrote(isReadOnly: false)
        for (programme, lease) in renewed where held[programme]?.epoch == lease.epoch {
            held[programme] = lease
            deadlines[programme] = deadline(from: began)
            if takings[programme] == nil { engine.serve(programme, until: deadline(from: began)) }
        }
        for programme in lost where held[programme]?.epoch == all[programme]?.epoch { await drop(programme) }
        return lost
    }

    // MARK: Sharing

    /// Takes this node's share of the programmes, gives away what is too much, and looks at what a former owner may still
    /// have written. Needs a node that has said that it lives; see ``renew(address:)``.
    public func balance() async throws -> Turn {
        let all = try await duties.programmes()
        let local = engine.clock.now()
        let (owner, leases, nodes) = (leases.owner, self.leases, self.nodes)
        let (living, rows, now) = try await database.read { connection in
            let now = try connection.leaseTime(local)
            return (try nodes.living(connection, now: now), try leases.all(connection), now)
        }
        var names: [Int: ProgrammeID] = [:]
        for programme in all { names[programme.partition] = programme }
        let share = PartitionShare.decide(
            partitions: Array(names.keys), mine: Set(held.keys.map(\.partition)), held: rows, nodes: living,
            owner: owner, now: now)
        var turn = Turn()
        // One programme that cannot be read must not keep the others from being served.
        for programme in share.take.compactMap({ names[$0] }) {
            do {
                if try await take(programme) { turn.taken.append(programme) }
            } catch {
                turn.failed.append((programme, "\(type(of: error))"))
            }
        }
        for programme in share.give.compactMap({ names[$0] }) {
            do {
                try await give(programme)
                turn.given.append(programme)
            } catch {
                turn.failed.append((programme, "\(type(of: error))"))
            }
        }
        guard living.contains(where: { $0 != owner }) else { return turn }
        for programme in held.keys.sorted() {
            do {
                try await duties.refresh(programme)
            } catch {
                turn.failed.append((programme, "\(type(of: error))"))
            }
        }
        return turn
    }

    private func give(_ programme: ProgrammeID) async throws {
        guard let lease = held[programme] else { return }
        // Left to others for as long as a lease lasts; then it is anybody's again.
        given[programme] = ContinuousClock.now.advanced(by: .milliseconds(leases.durationMilliseconds))
        await drop(programme)
        let leases = self.leases
        try await database.write { try leases.release($0, lease) }
    }

    /// Gives everything to the other nodes: this one is about to stop. What it is asked from now on it passes on.
    public func leave() async {
        let (leases, nodes, now) = (self.leases, self.nodes, engine.clock.now())
        guard address != nil else { return }
        let others = try? await database.write { connection in
            try nodes.leave(connection, owner: leases.owner)
            return try nodes.living(connection, now: try connection.leaseTime(now))
        }
        // With nobody there to take it, what was accepted is finished here.
        guard others?.isEmpty == false else { return }
        isLeaving = true
        for programme in held.keys.sorted() { try? await give(programme) }
    }

    /// Where a request about a programme that is not ours belongs: at its owner, or, if nobody owns it, at any other node,
    /// which will take it.
    ///
    /// - Returns: `nil` if there is nobody.
    public func address(ofOwnerOf programme: ProgrammeID) async throws -> String? {
        let local = engine.clock.now()
        if let known = addresses[programme], ContinuousClock.now < known.until { return known.address }
        let (nodes, owner) = (self.nodes, leases.owner)
        let found = try await database.read { connection in
            try nodes.address(
                connection, ofOwnerOf: programme.partition, asking: owner, now: try connection.leaseTime(local))
        }
        guard let found else { return nil }
        if addresses.count > 10_000 { addresses = [:] }
        addresses[programme] = (found, ContinuousClock.now.advanced(by: .milliseconds(250)))
        return found
    }

    /// Gives everything back: the process stops.
    func release() async {
        isLeaving = true
        for taking in takings.values { _ = try? await taking.value }
        let (leases, nodes, all, wasAnnounced) = (self.leases, self.nodes, Array(held.values), address != nil)
        held = [:]
        guard !all.isEmpty || wasAnnounced else { return }
        // If this fails the leases run out by themselves.
        try? await database.write { connection in
            for lease in all { try leases.release(connection, lease) }
            if wasAnnounced { try nodes.leave(connection, owner: leases.owner) }
        }
    }
}

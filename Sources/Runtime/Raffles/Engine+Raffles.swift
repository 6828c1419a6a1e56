import Loyalty
public import Primitives
import Storage
public import Vault

extension Engine {
    /// The longest list that is drawn.
    static let maximumRaffleEntries = 1_000_000

    /// Commits to a secret for every raffle of the programme that has none. One whose terms were changed before its first day
    /// is committed to anew, for everybody to see; see ``ProgrammeUpdates`` for those that may not change any more.
    public func openRaffles(
        of programme: ProgrammeID, random: any RandomBytes = SystemRandomBytes()
    ) async throws {
        guard let compiled = host[programme], !compiled.raffles.isEmpty else { return }
        let store = LoyaltyStore(programme: programme)
        let known = try await database.read { try store.raffles($0) }
        let day = compiled.calendar(offsets: zones).day(of: clock.now())
        func commitment(to id: String, earlier: [String] = []) throws -> RaffleRecord {
            let seed = random.bytes(RaffleDraw.seedBytes)
            return RaffleRecord(
                raffle: id, commitment: RaffleDraw.commitment(to: seed),
                secret: try sealer.seal(seed, programme: programme, id: seedID(id, programme)), openedDay: day,
                terms: compiled.raffles[id]?.raffle.terms, earlier: earlier)
        }
        let missing = try compiled.raffles.keys.sorted().filter { known[$0] == nil }.map { try commitment(to: $0) }
        let changed = try compiled.raffles.values.sorted { $0.raffle.id < $1.raffle.id }.compactMap {
            one -> RaffleRecord? in
            guard var record = known[one.raffle.id], record.closedDay == nil, record.terms != one.raffle.terms else {
                return nil
            }
            guard record.terms != nil else {
                // Opened before terms were kept: these are the ones.
                record.terms = one.raffle.terms
                return record
            }
            return try commitment(to: one.raffle.id, earlier: record.earlier + [Self.hex(record.commitment)])
        }
        guard !missing.isEmpty || !changed.isEmpty else { return }
        try await raffleWork(programme) { connection in
            for record in missing { try store.open(record, connection) }
            for record in changed { try store.renew(record, connection) }
        }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    private func seedID(_ raffle: String, _ programme: ProgrammeID) -> ID128 {
        claims.id(ofParts: "raffle-seed", programme.name, raffle)
    }

    /// The pseudonym under which a member stands in the list of one raffle. Keyed: nobody without the home's key can say
    /// whose it is, and it is another one in every raffle.
    public func raffleEntry(of member: MemberID, in raffle: String, _ programme: ProgrammeID) -> ID128 {
        claims.id(ofParts: "raffle-entry", programme.name, raffle, member.description)
    }

    // MARK: Reading

    /// All raffles of a programme, by their last day.
    public func raffles(in programme: ProgrammeID) async throws -> [RaffleStanding] {
        guard let compiled = host[programme] else { return [] }
        return try await raffles(compiled.raffles.values.map { $0 }, compiled)
    }

    /// `nil` if there is none of this name.
    public func raffle(_ id: String, in programme: ProgrammeID) async throws -> RaffleStanding? {
        guard let compiled = host[programme], let raffle = compiled.raffles[id] else { return nil }
        return try await raffles([raffle], compiled).first
    }

    private func raffles(
        _ raffles: [CompiledRaffle], _ compiled: CompiledProgramme
    ) async throws -> [RaffleStanding] {
        let store = LoyaltyStore(programme: compiled.id)
        let calendar = compiled.calendar(offsets: zones)
        let now = clock.now()
        let today = calendar.day(of: now)
        let sorted = raffles.sorted { ($0.raffle.days.last, $0.raffle.id) < ($1.raffle.days.last, $1.raffle.id) }
        return try await database.read { connection in
            let records = try store.raffles(connection)
            return try sorted.map { one in
                let raffle = one.raffle
                let record = records[raffle.id]
                var stage = RaffleStanding.Stage.announced
                if record?.drawnDay != nil {
                    stage = .drawn
                } else if record?.closedDay != nil {
                    stage = .closed
                } else if today > raffle.days.last {
                    stage = .ended
                } else if record != nil, raffle.days.contains(today) {
                    stage = .open
                }
                var standing = RaffleStanding(
                    raffle: raffle, record: record, stage: stage,
                    closesFrom: one.closes(compiled.programme, calendar: calendar), entries: [], places: [], owners: [:]
                )
                guard let record, record.closedDay != nil else { return standing }
                let holders = try store.raffleHolders(raffle.id, connection)
                standing.entries = holders.map(\.entry)
                for holder in holders { standing.owners[holder.entry.id] = holder.member }
                guard let drawn = record.drawnDay, let seed = record.seed, let root = record.root else {
                    return standing
                }
                let order = RaffleDraw.order(
                    standing.entries, seed: seed, root: root, beacon: record.beacon, places: record.places,
                    several: record.several)
                let taken = Set(try store.raffleWinners(raffle.id, connection).keys)
                var absent = Set(order.indices.filter { standing.owners[order[$0]] == nil })
                if !record.several {
                    // Two lines that turned out to be one person's stay in the list, which was published; their holder wins
                    // once.
                    let owners = order.map { standing.owners[$0] }
                    let successors = try store.successors(of: owners.compactMap { $0 }, connection)
                    absent.formUnion(RafflePlace.repeated(owners, successors: successors, taken: taken))
                }
                standing.places = RafflePlace.assign(
                    record.prizes, order: order, take: raffle.take, taken: taken, absent: absent, drawn: drawn,
                    today: today)
                return standing
            }
        }
    }

    /// What the raffles of a programme say to a member.
    public func raffles(of member: MemberID, in programme: ProgrammeID) async throws -> [MemberRaffle] {
        let standings = try await raffles(in: programme)
        guard !standings.isEmpty else { return [] }
        let store = LoyaltyStore(programme: programme)
        let state = try await database.read { connection -> MemberState? in
            guard let state = try store.load([member], joinedDay: 0, connection)[member] else { return nil }
            guard let into = state.profile.mergedInto else { return state }
            return try store.load([into], joinedDay: 0, connection)[into] ?? state
        }
        guard let state else { return [] }
        let records = [state.id] + state.absorbedRecords
        let compiled = host[programme]
        let today = compiled?.calendar(offsets: zones).day(of: clock.now()) ?? 0
        return standings.map { standing in
            let raffle = standing.raffle
            var one = MemberRaffle(
                standing: standing, tickets: state.tickets(in: raffle), freeTaken: state.freeTickets(in: raffle),
                lines: [])
            if standing.record?.closedDay == nil {
                if let compiled, let open = compiled.raffles[raffle.id], today <= open.lastReturn(compiled.programme) {
                    one.returnable = state.returnableTickets(in: raffle)
                }
                let entry = raffleEntry(of: state.id, in: raffle.id, programme)
                one.lines = [
                    MemberRaffle.Line(entry: RaffleEntry(id: entry, tickets: one.tickets), proof: nil, places: [])
                ]
                return one
            }
            let mine = standing.entries.indices.filter { index in
                standing.owners[standing.entries[index].id].map { records.contains($0) } ?? false
            }
            guard !mine.isEmpty else { return one }
            let tree = RaffleDraw.tree(standing.entries)
            one.lines = mine.map { index in
                let entry = standing.entries[index]
                return MemberRaffle.Line(
                    entry: entry, proof: (index, tree.proof(of: index)),
                    places: standing.places.indices.filter { standing.places[$0].entry == entry.id })
            }
            return one
        }
    }

    // MARK: Closing and drawing

    /// Closes the list of a raffle: who is in it and with how many tickets stays as it is from now on. Closing it again
    /// changes nothing.
    public func closeRaffle(_ id: String, in programme: ProgrammeID) async throws {
        guard let standing = try await raffle(id, in: programme), standing.record != nil else {
            throw RaffleProblem.unknown
        }
        guard standing.record?.closedDay == nil else { return }
        let now = clock.now()
        guard now >= standing.closesFrom else { throw RaffleProblem.closesFrom(standing.closesFrom) }
        let store = LoyaltyStore(programme: programme)
        let day = host[programme]?.calendar(offsets: zones).day(of: now) ?? 0
        let raffle = standing.raffle
        try await raffleWork(programme) { [self] connection in
            let tickets = try store.tickets(in: raffle, connection)
            guard tickets.count <= Self.maximumRaffleEntries else { throw RaffleProblem.tooManyEntries(tickets.count) }
            let holders = tickets.map { member, tickets in
                RaffleHolder(
                    entry: RaffleEntry(id: raffleEntry(of: member, in: id, programme), tickets: tickets),
                    member: member)
            }.sorted { $0.entry < $1.entry }
            let root = RaffleDraw.tree(holders.map(\.entry)).root
            try store.close(raffle, holders, root: root, day: day, connection)
        }
    }

    /// Draws a raffle: reveals its seed. It is drawn once; the same draw again changes nothing.
    ///
    /// - Parameter beacon: the public value that the programme announced; empty where it announced none.
    public func drawRaffle(_ id: String, beacon: String, in programme: ProgrammeID) async throws {
        guard let standing = try await raffle(id, in: programme), let record = standing.record else {
            throw RaffleProblem.unknown
        }
        guard record.closedDay != nil else { throw RaffleProblem.notClosed }
        if standing.raffle.beacon == nil, !beacon.isEmpty { throw RaffleProblem.beaconUnannounced }
        if standing.raffle.beacon != nil, beacon.isEmpty { throw RaffleProblem.beaconMissing }
        if record.drawnDay != nil {
            guard record.beacon == beacon else { throw RaffleProblem.alreadyDrawn }
            return
        }
        let seed = try sealer.open(record.secret, programme: programme, id: seedID(id, programme))
        let day = host[programme]?.calendar(offsets: zones).day(of: clock.now()) ?? 0
        let store = LoyaltyStore(programme: programme)
        try await raffleWork(programme) { try store.draw(id, seed: seed, beacon: beacon, day: day, $0) }
        try await tendPrizes(of: id, in: programme)
    }

    /// Gives prizes that need no taking, and tells winners of those that wait for them. Doing it again changes nothing.
    func tendPrizes(of id: String, in programme: ProgrammeID) async throws {
        guard let standing = try await raffle(id, in: programme), standing.stage == .drawn else { return }
        var commands: [Command] = []
        for (place, one) in standing.places.enumerated() where one.state == .offered {
            guard let prize = one.prize, let member = standing.owners[one.entry] else { continue }
            commands.append(
                Command(
                    programme: programme, member: member,
                    action: .raffle(
                        id, standing.raffle.take == nil ? .prize(prize, place: place) : .offer(place: place)),
                    now: clock.now()))
        }
        for answer in try await submit(commands) {
            // Who is erased in this moment wins nothing any more: the next turn passes it on.
            if case .failure(PipelineProblem.unknownMember) = answer { continue }
            _ = try answer.get()
        }
    }

    private func raffleWork(
        _ programme: ProgrammeID, _ work: @escaping @Sendable (any Connection) throws -> Void
    ) async throws {
        let nobody = MemberID(ID128(high: 0, low: 0))
        _ = try await perform(.alone(Alone(write: work)), member: nobody, in: programme)
    }
}

extension Keeper {
    /// Commits to secrets, closes lists whose time has come, and passes on prizes that were not taken.
    public static func tendRaffles(_ engine: Engine, _ programme: ProgrammeID, at now: Instant) async throws {
        guard engine.host[programme]?.raffles.isEmpty == false else { return }
        try await engine.openRaffles(of: programme)
        for standing in try await engine.raffles(in: programme) {
            if standing.stage == .ended, now >= standing.closesFrom {
                try await engine.closeRaffle(standing.raffle.id, in: programme)
            } else if standing.stage == .drawn {
                try await engine.tendPrizes(of: standing.raffle.id, in: programme)
            }
        }
    }
}

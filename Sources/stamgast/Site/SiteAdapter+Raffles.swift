import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage

/// Raffles on the member's page and in the console.
extension SiteAdapter {
    func raffles(of member: SiteMember, language: PageLanguage) async throws -> RaffleDesk {
        let programme = member.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let all = try await engine.raffles(of: member.member, in: programme)
        return RaffleDesk(
            today: LocalDay(daysSinceEpoch: Int(view.compiled.calendar(offsets: engine.zones).day(of: view.now))),
            raffles: all.map { raffle($0, view, programme) })
    }

    private func raffle(_ one: MemberRaffle, _ view: SiteView, _ programme: ProgrammeID) -> RaffleDesk.Raffle {
        let (standing, raffle) = (one.standing, one.standing.raffle)
        func name(_ prize: String) -> Wording {
            view.wording(raffle.prizes.first { $0.id == prize }?.name ?? ProgrammeText([:]), or: prize)
        }
        let mine = one.lines.flatMap(\.places).map { standing.places[$0] }
        var shown = RaffleDesk.Raffle(
            id: raffle.id, title: view.wording(raffle.name, or: raffle.id),
            summary: raffle.why.wording(view.language), stage: Self.stage(standing.stage),
            from: Self.day(raffle.days.first), until: Self.day(raffle.days.last),
            prizes: raffle.prizes.map { RaffleDesk.Prize(name: name($0.id), count: $0.count) }, tickets: one.tickets,
            most: raffle.most, freeLeft: max(0, raffle.free - one.freeTaken),
            price: raffle.price.map { view.amount($0.amount, $0.unit) },
            lines: one.lines.filter { $0.entry.tickets > 0 }.map { Self.hex($0.entry.id.bytes) },
            won: mine.filter { $0.state == .taken }.compactMap(\.prize).map(name),
            toTake: raffle.take == nil
                ? nil
                : one.toTake.map { RaffleDesk.Waiting(prize: name($0.prize), until: $0.until.map(Self.day)) },
            proof: RaffleDesk.Proof(
                commitment: standing.record.map { Self.hex($0.commitment) }, root: standing.record?.root.map(Self.hex),
                seed: standing.record?.seed.map(Self.hex), announced: raffle.beacon?.wording(view.language),
                beacon: standing.record?.beacon, entries: standing.entries.count,
                document: WebLink(path: ["v1", "public", programme.name, "raffles", raffle.id]).address))
        shown.returnable = one.returnable
        return shown
    }

    private static func stage(_ stage: RaffleStanding.Stage) -> RaffleDesk.Stage {
        switch stage {
        case .announced: .announced
        case .open: .open
        case .ended: .ended
        case .closed: .closed
        case .drawn: .drawn
        }
    }

    private static func day(_ day: Int32) -> LocalDay { LocalDay(daysSinceEpoch: Int(day)) }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    func ask(_ wish: RaffleWish, of raffle: String, for member: SiteMember, key: String) async throws -> Bool? {
        let programme = member.programme.id
        guard engine.host[programme]?.raffles[raffle] != nil else { return nil }
        let action: RaffleAction
        switch wish {
        case .free, .buy:
            action = .enter(
                1, free: wish == .free,
                id: engine.holdID(programme: programme, member: member.member, key: "raffle\n" + key))
        case .giveBack:
            action = .giveBack(
                1, id: engine.holdID(programme: programme, member: member.member, key: "raffle-return\n" + key))
        case .take:
            let all = try await engine.raffles(of: member.member, in: programme)
            guard let prize = all.first(where: { $0.standing.raffle.id == raffle })?.toTake else { return false }
            action = .prize(prize.prize, place: prize.place)
        }
        do {
            _ = try await engine.perform(.raffle(raffle, action), member: member.member, in: programme)
            return true
        } catch PipelineProblem.command {
            return false
        }
    }

    // MARK: The console

    func raffles(for staff: SiteStaff, language: PageLanguage) async throws -> ConsoleRaffles {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let all = try await engine.raffles(in: programme)
        return ConsoleRaffles(
            today: LocalDay(daysSinceEpoch: Int(view.compiled.calendar(offsets: engine.zones).day(of: view.now))),
            raffles: all.map { standing in
                ConsoleRaffles.Raffle(
                    id: standing.raffle.id, title: view.wording(standing.raffle.name, or: standing.raffle.id),
                    stage: Self.stage(standing.stage), until: Self.day(standing.raffle.days.last),
                    entries: standing.entries.count, announced: standing.raffle.beacon?.wording(language),
                    taken: standing.places.count { $0.state == .taken },
                    waiting: standing.places.count { $0.state == .offered })
            }, mayDraw: try await principal(staff) != nil)
    }

    func closeRaffle(_ id: String, for staff: SiteStaff) async throws -> Bool {
        try await act(staff, "raffle.closed", id) { try await engine.closeRaffle(id, in: staff.programme.id) }
    }

    func drawRaffle(_ id: String, beacon: String, for staff: SiteStaff) async throws -> Bool {
        try await act(staff, "raffle.drawn", id) {
            try await engine.drawRaffle(id, beacon: beacon, in: staff.programme.id)
        }
    }

    /// What staff did stands in the audit log.
    private func act(
        _ staff: SiteStaff, _ action: String, _ raffle: String, _ work: () async throws -> Void
    ) async throws -> Bool {
        guard let principal = try await principal(staff) else { throw HTTPError(.forbidden) }
        do {
            try await work()
        } catch is RaffleProblem {
            return false
        }
        let entry = AuditEntry(
            programme: staff.programme.id, at: engine.clock.now(), actor: AuditActor(principal), action: action,
            object: "raffle:" + raffle)
        try await home.database.write { try Audit.append($0, entry) }
        return true
    }

    /// A draw gives something to members: as with the API, looking is not enough.
    private func principal(_ staff: SiteStaff) async throws -> Principal? {
        guard let id = ID128(staff.staff), let account = try await home.access.staff.find(id),
            let principal = account.principal, principal.allows(.programmeWrite, in: staff.programme.id)
        else { return nil }
        return principal
    }
}

import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage

/// The audit log of a programme, and of the whole home for who may read that of every programme.
extension SiteAdapter {
    private static let shownLines = 50
    /// A chain up to here is checked whenever its page is opened: some ten milliseconds.
    private static let checkedAlways: Int64 = 2_000

    func audit(_ query: AuditQuery, checks: Bool, for staff: SiteStaff) async throws -> AuditDesk {
        let chain = try await chain(query, staff)
        let (filter, names, view) = try await filter(query, staff)
        // One more than is shown says whether there are earlier ones.
        let (found, words, count) = try await home.database.read { connection in
            (
                try Audit.search(
                    connection, programme: chain, filter, before: query.before ?? .max, limit: Self.shownLines + 1),
                try Audit.words(connection, programme: chain), try Audit.count(connection, programme: chain)
            )
        }
        var state = AuditDesk.Chain.unchecked(count)
        if checks || count <= Self.checkedAlways {
            switch try await Audit.verify(home.database, programme: chain) {
            case .intact(let head): state = .intact(head.sequence, mark: Self.hex(head.hash))
            case .broken(let place): state = .broken(at: place)
            }
        }
        return AuditDesk(
            today: LocalDay(daysSinceEpoch: Int(programmeDay(view))),
            lines: found.prefix(Self.shownLines).map { Self.line($0, names, view) },
            hasOlder: found.count > Self.shownLines, chain: state, actions: words.actions,
            mayReadHome: try await principal(of: staff)?.allowsEverywhere(.auditRead) ?? false)
    }

    func auditLines(_ query: AuditQuery, limit: Int, for staff: SiteStaff) async throws -> [AuditLine] {
        let chain = try await chain(query, staff)
        let (filter, _, view) = try await filter(query, staff)
        let found = try await home.database.read { connection in
            try Audit.search(connection, programme: chain, filter, before: query.before ?? .max, limit: limit)
        }
        return found.map { Self.line($0, [:], view) }
    }

    /// Which chain is asked for; `nil` is the home's.
    private func chain(_ query: AuditQuery, _ staff: SiteStaff) async throws -> ProgrammeID? {
        let principal = try await principal(of: staff)
        let may =
            query.isHome
            ? principal?.allowsEverywhere(.auditRead) : principal?.allows(.auditRead, in: staff.programme.id)
        guard may == true else { throw HTTPError(.forbidden) }
        return query.isHome ? nil : staff.programme.id
    }

    /// What is looked for, in the words of the log, with the names of the staff that this console knows.
    private func filter(
        _ query: AuditQuery, _ staff: SiteStaff
    ) async throws -> (AuditFilter, names: [String: String], view: SiteView) {
        let programme = staff.programme.id
        guard let view = view(programme, .en) else { throw ProgrammeGone() }
        var names: [String: String] = [:]
        for account in try await home.access.staff.list() where account.programmes.contains(programme) {
            names["staff:" + account.id.description] = account.name
        }
        var filter = AuditFilter(action: query.action, object: query.object)
        // Days begin at midnight here, whenever the members' day begins: staff read clocks.
        let calendar = MemberCalendar(zone: view.programme.timeZone, dayStartMinutes: 0, offsets: engine.zones)
        func midnight(_ day: LocalDay) -> Instant { calendar.start(of: Int32(clamping: day.daysSinceEpoch)) }
        filter.from = query.from.map(midnight)
        filter.to = query.to.map { midnight(LocalDay(daysSinceEpoch: $0.daysSinceEpoch + 1)) }
        if let words = query.actor?.lowercased() {
            let chain = query.isHome ? nil : programme
            let actors = try await home.database.read { try Audit.words($0, programme: chain).actors }
            filter.actors = Set(
                actors.filter { actor in
                    actor.lowercased().contains(words) || names[actor]?.lowercased().contains(words) == true
                })
        }
        return (filter, names, view)
    }

    private static func line(_ found: ChainedAuditEntry, _ names: [String: String], _ view: SiteView) -> AuditLine {
        let entry = found.entry
        let actor = entry.actor.description
        return AuditLine(
            sequence: found.sequence, when: view.moment(entry.at, zone: view.programme.timeZone), at: entry.at,
            actor: actor, actorName: names[actor], action: entry.action, object: entry.object, before: entry.before,
            after: entry.after, reason: entry.reason, previous: hex(found.previous), hash: hex(found.hash))
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

extension SiteAdapter {
    private static let timelinePage = 25
    /// How far back the reason of a correction is looked for in the audit log.
    private static let auditDepth = 1_000

    func memberSearch(for staff: SiteStaff) async throws -> MemberSearch {
        let principal = try await allowed(.membersRead, staff)
        return MemberSearch(isThroughVault: principal.allows(.membersReveal, in: staff.programme.id))
    }

    func find(_ question: MemberQuestion, for staff: SiteStaff) async throws -> MemberFinding {
        _ = try await allowed(.membersRead, staff)
        let identity: ExternalIdentity?
        switch question {
        case .pseudonym(let text): return try await find(pseudonym: text, in: staff.programme.id)
        case .user(let text): identity = ExternalIdentity(.user, text)
        case .email(let text): identity = EmailAddress(text).map { ExternalIdentity($0) }
        }
        let principal = try await allowed(.membersReveal, staff)
        let programme = staff.programme.id
        var found: MemberID?
        if let identity { found = try await engine.identities.find(identity, programme: programme) }
        if let member = found { found = try await engine.identities.canonical(member, programme: programme) ?? member }
        // Found or not: whoever tries addresses one by one leaves a trace of each. What was asked is not kept.
        let entry = AuditEntry(
            programme: programme, at: engine.clock.now(), actor: AuditActor(principal), action: "member.find",
            object: found.map { "member:\($0)" } ?? "member:unknown")
        try await home.database.write { try Audit.append($0, entry) }
        return found.map { .member($0.description) } ?? .unknown
    }

    /// A whole pseudonym, or the beginning of one as other pages of the console show it.
    private func find(pseudonym text: String, in programme: ProgrammeID) async throws -> MemberFinding {
        if let member = MemberID(text) {
            return try await current(member, in: programme).map { .member($0.member.description) } ?? .unknown
        }
        let digits = text.lowercased().filter { $0 != "-" }
        guard (8..<32).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let first = ID128(digits + String(repeating: "0", count: 32 - digits.count))
        else { return .unknown }
        // The page begins after a member, so it starts one before the first that fits.
        let before =
            first.low > 0
            ? ID128(high: first.high, low: first.low - 1)
            : first.high > 0 ? ID128(high: first.high - 1, low: .max) : nil
        let store = LoyaltyStore(programme: programme)
        let page = try await home.database.read { connection in
            try store.memberPage(after: before.map { MemberID($0) }, limit: 2, connection)
        }
        let found = page.filter { $0.description.filter { $0 != "-" }.hasPrefix(digits) }
        return found.count > 1 ? .several : found.first.map { .member($0.description) } ?? .unknown
    }

    func consoleMember(
        _ id: String, after: String?, for staff: SiteStaff, language: PageLanguage
    ) async throws -> ConsoleMember? {
        let principal = try await allowed(.membersRead, staff)
        let programme = staff.programme.id
        var before: (day: Int32, effect: ID128)?
        if let after {
            let parts = after.split(separator: ".")
            guard parts.count == 2, let day = Int32(parts[0]), let effect = ID128(String(parts[1])) else { return nil }
            before = (day, effect)
        }
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        guard let asked = MemberID(id), let summary = try await current(asked, in: programme) else { return nil }
        let member = summary.member
        let mayAdjust = principal.allows(.ledgerAdjust, in: programme)
        var page = view.consoleMember(summary, mayAdjust: mayAdjust)
        page.requests = try await requests(of: member, view, staff)
        page.reviews = try await engine.openReviews(of: member, in: programme).map { view.openReview($0) }
        let effects = try await engine.history(of: member, in: programme, before: before, limit: Self.timelinePage)
        let reasons =
            principal.allows(.auditRead, in: programme) ? try await reasons(of: effects, in: programme) : [:]
        page.entries = effects.map { view.entry($0, of: summary.profile, note: reasons[$0.id.description]) }
        page.older = effects.count == Self.timelinePage ? effects.last.map { "\($0.day).\($0.id)" } : nil
        return page
    }

    func adjust(
        _ order: PointsOrder, of id: String, for staff: SiteStaff, key: String, language: PageLanguage
    ) async throws -> PointsOutcome? {
        let principal = try await allowed(.ledgerAdjust, staff)
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        guard let asked = MemberID(id), let member = try await current(asked, in: programme)?.member else { return nil }
        guard view.compiled.units[order.unit] != nil, order.amount != 0 else { return .refused }
        let hold = "console-adjustment\n" + key
        if order.amount.magnitude > UInt64(max(0, home.policy.correctionLimit)) {
            // Nobody asks a second person for what is not there to take.
            if let left = try await shortage(order.unit, order.amount, member, view) { return .tooFew(left) }
            return try await askSecond(order, of: member, principal, hold, staff)
        }
        let adjustment = engine.holdID(programme: programme, member: member, key: hold)
        let told: JSONValue = [
            "adjustment": .string(adjustment.description), "unit": .string(order.unit),
            "amount": .integer(order.amount), "reason": .string(order.reason),
        ]
        let record = RequestRecord(
            request: engine.records.request(
                programme, owner: member.value, key: "console-adjustment\n" + key, request: told.canonicalBytes())
        ) { _ in (201, []) }
        let isRepeated: Bool
        do {
            let answer = try await engine.perform(
                .adjust(unit: order.unit, amount: order.amount, id: adjustment, reason: order.reason), member: member,
                in: programme, record: record)
            if case .repeated = answer.status { isRepeated = true } else { isRepeated = false }
        } catch PipelineProblem.command(.ledger(.insufficient(_, _, let spendable))) {
            return .tooFew(view.amount(max(0, spendable), order.unit))
        } catch PipelineProblem.command {
            return .refused
        } catch PipelineProblem.keyReused {
            return .keyUsed
        }
        let entry = AuditEntry(
            programme: programme, at: engine.clock.now(), actor: AuditActor(principal), action: Self.adjustAction,
            object: "member:\(member)", after: told.text())
        try await home.database.write { connection in
            // Sent again after it was cut off between the points and this entry, it makes up for the entry.
            if isRepeated,
                try Audit.entries(connection, programme: programme, limit: Self.auditDepth)
                    .contains(where: { $0.entry.action == entry.action && $0.entry.after == entry.after })
            {
                return
            }
            try Audit.append(connection, entry)
        }
        return .done
    }

    static let adjustAction = "points.adjust"

    /// Why staff corrected points, by the identifier of the effect.
    private func reasons(of effects: [AppliedEffect], in programme: ProgrammeID) async throws -> [String: String] {
        guard effects.contains(where: { $0.kind == .adjustment }) else { return [:] }
        let entries = try await home.database.read {
            try Audit.entries($0, programme: programme, limit: Self.auditDepth)
        }
        var reasons: [String: String] = [:]
        for (_, entry) in entries where entry.action == Self.adjustAction {
            guard let after = entry.after, let told = try? JSONValue(parsing: Array(after.utf8)),
                let id = told["adjustment"]?.stringValue
            else { continue }
            reasons[id] = told["reason"]?.stringValue
        }
        return reasons
    }

    /// The member that this one is today; `nil` if the programme has none.
    func current(_ member: MemberID, in programme: ProgrammeID) async throws -> MemberSummary? {
        let canonical = try await engine.identities.canonical(member, programme: programme)
        guard let summary = try await engine.summary(of: canonical ?? member, in: programme) else {
            throw ProgrammeGone()
        }
        // Members of an import or a simulation are known to the main database only; new ones to the vault only.
        return summary.isKnown || canonical != nil ? summary : nil
    }

    func allowed(_ permission: Permission, _ staff: SiteStaff) async throws -> Principal {
        guard let id = ID128(staff.staff), let principal = try await home.access.staff.find(id)?.principal,
            principal.allows(permission, in: staff.programme.id)
        else { throw HTTPError(.forbidden) }
        return principal
    }
}

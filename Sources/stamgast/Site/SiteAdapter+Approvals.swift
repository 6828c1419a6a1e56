import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage

/// Four eyes: what more than one person corrects waits for a second one.
extension SiteAdapter {
    private static let shownRequests = 200

    /// What a member has to take, if it is less than is asked for.
    func shortage(
        _ unit: String, _ amount: Int64, _ member: MemberID, _ view: SiteView
    ) async throws -> Site.Amount? {
        guard amount < 0 else { return nil }
        let summary = try await engine.summary(of: member, in: view.compiled.id)
        let spendable = max(0, summary?.balances.first { $0.unit == unit }?.spendable ?? 0)
        return spendable < -amount ? view.amount(spendable, unit) : nil
    }

    /// Asks a second person; the same form again is the same request.
    func askSecond(
        _ order: PointsOrder, of member: MemberID, _ principal: Principal, _ key: String, _ staff: SiteStaff
    ) async throws -> PointsOutcome {
        guard let own = ID128(staff.staff) else { throw HTTPError(.forbidden) }
        let programme = staff.programme.id
        let request = ApprovalRequest(
            id: engine.holdID(programme: programme, member: member, key: "second-person\n\(own)\n" + key),
            member: member, unit: order.unit, amount: order.amount, reason: order.reason, askedBy: own,
            askedAt: engine.clock.now())
        let store = ApprovalStore(programme: programme)
        let entry = AuditEntry(
            programme: programme, at: request.askedAt, actor: AuditActor(principal), action: "points.ask",
            object: "member:\(member)", after: Self.told(request).text())
        return try await home.database.write { connection in
            if try store.ask(request, connection) {
                try Audit.append(connection, entry)
                return .waits
            }
            let known = try store.request(request.id, connection)
            let isSame = known?.unit == order.unit && known?.amount == order.amount && known?.reason == order.reason
            return isSame ? .waits : .keyUsed
        }
    }

    private static func told(_ request: ApprovalRequest) -> JSONValue {
        [
            "request": .string(request.id.description), "unit": .string(request.unit),
            "amount": .integer(request.amount), "reason": .string(request.reason),
        ]
    }

    func approvals(for staff: SiteStaff, language: PageLanguage) async throws -> ApprovalDesk {
        _ = try await allowed(.ledgerAdjust, staff)
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let store = ApprovalStore(programme: programme)
        let now = engine.clock.now()
        let (waiting, decided) = try await home.database.read { connection in
            (
                try store.waiting(at: now, limit: Self.shownRequests, connection),
                try store.decided(at: now, limit: Self.shownRequests, connection)
            )
        }
        let names = try await staffNames()
        return ApprovalDesk(
            today: LocalDay(daysSinceEpoch: Int(programmeDay(view))), limit: home.policy.correctionLimit,
            waiting: waiting.map { page($0, view, names, staff) }, decided: decided.map { page($0, view, names, staff) }
        )
    }

    /// A member's corrections for which a second person was asked; for whoever may correct points.
    func requests(of member: MemberID, _ view: SiteView, _ staff: SiteStaff) async throws -> [CorrectionRequest] {
        guard try await may(.ledgerAdjust, staff) else { return [] }
        let store = ApprovalStore(programme: staff.programme.id)
        let found = try await home.database.read { try store.requests(of: member, $0) }
        guard !found.isEmpty else { return [] }
        let names = try await staffNames()
        return found.map { page($0, view, names, staff) }
    }

    private func page(
        _ request: ApprovalRequest, _ view: SiteView, _ names: [ID128: String], _ staff: SiteStaff
    ) -> CorrectionRequest {
        func day(_ instant: Instant) -> LocalDay { view.moment(instant, zone: view.programme.timeZone).day }
        // An account that is gone is known by its identifier only.
        func name(_ id: ID128) -> String { names[id] ?? String(id.description.prefix(8)) }
        let state: CorrectionRequest.State =
            switch request.state {
            case .waiting: request.isExpired(at: view.now) ? .expired : .waiting
            case .agreed: .waiting
            case .carriedOut: .carriedOut
            case .refused: .refused
            }
        return CorrectionRequest(
            id: request.id.description, member: request.member.description,
            change: Site.Amount(request.amount, view.unit(request.unit)), reason: request.reason,
            askedBy: name(request.askedBy), day: day(request.askedAt), until: day(request.endsAt), state: state,
            decidedBy: request.decidedBy.map(name), decision: request.decision,
            isOwn: request.askedBy == ID128(staff.staff))
    }

    func decide(
        _ id: String, agrees: Bool, because reason: String, for staff: SiteStaff, language: PageLanguage
    ) async throws -> ApprovalOutcome {
        let principal = try await allowed(.ledgerAdjust, staff)
        guard let view = view(staff.programme.id, language) else { throw ProgrammeGone() }
        guard let id = ID128(id), let own = ID128(staff.staff) else { return .over }
        let programme = staff.programme.id
        let store = ApprovalStore(programme: programme)
        let now = engine.clock.now()
        let outcome = try await home.database.write { connection in
            let outcome = try store.decide(id, agrees: agrees, by: own, because: reason, at: now, connection)
            guard case .refused(let request) = outcome else { return outcome }
            try Audit.append(
                connection,
                AuditEntry(
                    programme: programme, at: now, actor: AuditActor(principal), action: "points.refuse",
                    object: "member:\(request.member)", before: "asked by staff:\(request.askedBy)",
                    after: Self.told(request).text(), reason: reason))
            return outcome
        }
        switch outcome {
        case .refused: return .refused
        case .ownRequest: return .ownRequest
        case .over: return .over
        case .agreed(let request): return try await carryOut(request, view)
        }
    }

    /// Corrects the points of a request that somebody agreed to. The request is its own key, so that it happens once
    /// however often it is begun.
    private func carryOut(_ request: ApprovalRequest, _ view: SiteView) async throws -> ApprovalOutcome {
        let programme = view.compiled.id
        let store = ApprovalStore(programme: programme)
        guard let member = try await current(request.member, in: programme)?.member else { return .over }
        let key = "second-person\n" + request.id.description
        let adjustment = engine.holdID(programme: programme, member: request.member, key: key)
        let record = RequestRecord(
            request: engine.records.request(
                programme, owner: request.member.value, key: key, request: Self.told(request).canonicalBytes())
        ) { _ in (201, []) }
        do {
            _ = try await engine.perform(
                .adjust(unit: request.unit, amount: request.amount, id: adjustment, reason: request.reason),
                member: member, in: programme, record: record)
        } catch PipelineProblem.command(.ledger(.insufficient(_, _, let spendable))) {
            try await home.database.write { try store.reopen(request, $0) }
            return .tooFew(view.amount(max(0, spendable), request.unit))
        } catch PipelineProblem.command {
            try await home.database.write { try store.reopen(request, $0) }
            return .impossible
        }
        // Whoever agreed answers for it, also when somebody else finished what a crash cut off.
        guard let decider = request.decidedBy, let account = try await home.access.staff.find(decider) else {
            return .over
        }
        var told: JSONObject = Self.told(request).objectValue ?? [:]
        told["adjustment"] = .string(adjustment.description)
        told["asked_by"] = .string("staff:\(request.askedBy)")
        told["agreed_by"] = .string("staff:\(decider)")
        let entry = AuditEntry(
            programme: programme, at: engine.clock.now(),
            actor: AuditActor(.staff(id: account.id, role: account.role, programmes: account.programmes)),
            action: Self.adjustAction, object: "member:\(member)", after: JSONValue.object(told).text(),
            reason: request.decision)
        try await home.database.write { connection in
            if try store.finish(request, connection) { try Audit.append(connection, entry) }
        }
        return .carriedOut
    }
}

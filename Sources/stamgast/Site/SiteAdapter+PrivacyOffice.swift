import Access
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

/// A member's rights, and the privacy office.
extension SiteAdapter {
    private static func field(_ field: OwnDetails.Field) -> PersonalField {
        switch field {
        case .name: .name
        case .phone: .phone
        case .address: .address
        }
    }

    // MARK: The member's side

    func rights(of member: SiteMember) async throws -> OwnRights {
        let programme = member.programme.id
        let office = home.privacyRequests
        let log = try await home.vault.persons.accessLog(of: member.member, programme: programme)
        return OwnRights(
            today: LocalDay(daysSinceEpoch: Int(try office.today(programme))),
            requests: try await office.requests(of: member.member, in: programme),
            looks: log.map { entry in
                let day = (Double(entry.at.milliseconds) / 86_400_000).rounded(.down)
                return OwnRights.Look(
                    day: LocalDay(daysSinceEpoch: Int(day)), purpose: entry.purpose, fields: entry.fields)
            })
    }

    func details(of member: SiteMember) async throws -> OwnDetails {
        let fields = try await home.vault.persons.reveal(
            [member.member], fields: OwnDetails.Field.allCases.map { Self.field($0) }, programme: member.programme.id,
            purpose: .ownPage, actor: "member:" + member.member.description, now: engine.clock.now())[member.member]
        var details = OwnDetails()
        for field in OwnDetails.Field.allCases { details.values[field] = fields?[Self.field(field)] }
        return details
    }

    func correct(_ details: OwnDetails, for member: SiteMember) async throws {
        var fields: [PersonalField: String?] = [:]
        for (field, value) in details.values {
            let isEmpty = !value.contains { !$0.isWhitespace }
            fields.updateValue(isEmpty ? nil : value, forKey: Self.field(field))
        }
        try await home.vault.persons.store([.init(member.member, fields)], programme: member.programme.id)
        let entry = AuditEntry(
            programme: member.programme.id, at: engine.clock.now(), actor: .member, action: "member.correct",
            object: "member")
        try await home.database.write { try Audit.append($0, entry) }
    }

    func ask(
        _ kind: PrivacyRequest.Kind, text: String, for member: SiteMember, key: String
    ) async throws -> PrivacyRequestOutcome {
        do {
            return try await home.privacyRequests.ask(
                kind, text: text, of: member.member, in: member.programme.id, key: key)
        } catch VaultProblem.unknownMember {
            return .unknown
        }
    }

    func withdraw(privacyRequest id: String, for member: SiteMember) async throws -> Bool {
        let programme = member.programme.id
        let office = home.privacyRequests
        guard let id = ID128(id),
            try await office.requests(of: member.member, in: programme).contains(where: { $0.id == id })
        else { return false }
        let outcome = try await office.take(.withdraw, of: id, in: programme, staff: nil, by: .member)
        return outcome == .done(id)
    }

    // MARK: The office

    func privacyOffice(for staff: SiteStaff) async throws -> PrivacyOffice {
        _ = try await allowed(.membersErase, staff)
        let programme = staff.programme.id
        let today = LocalDay(daysSinceEpoch: Int(try home.privacyRequests.today(programme)))
        let counts = try await levels(of: programme, today: today)
        return PrivacyOffice(
            today: today,
            requests: try await home.privacyRequests.queue(in: programme),
            levels: Loyalty.PrivacyLevel.allCases.map { .init(level: $0.page, members: counts[$0]) })
    }

    /// Counted anew when they are ten minutes old, or the day is another.
    private func levels(of programme: ProgrammeID, today: LocalDay) async throws -> [Loyalty.PrivacyLevel: Int64] {
        let now = engine.clock.now()
        let key = "\(programme.name) \(today.iso)"
        if let known = levelCounts.find(key, now: now) { return known }
        let counted = try await home.database.read { try LoyaltyStore(programme: programme).levelCounts($0) }
        // As long as few have chosen, each choice shows at once.
        if counted.values.reduce(0, +) >= 1_000 { levelCounts.keep(counted, key, now: now) }
        return counted
    }

    func privacyCase(_ id: String, for staff: SiteStaff) async throws -> PrivacyCase? {
        let principal = try await allowed(.membersErase, staff)
        let programme = staff.programme.id
        let office = home.privacyRequests
        guard let id = ID128(id), let request = try await office.request(id, in: programme) else { return nil }
        var found = PrivacyCase(
            today: LocalDay(daysSinceEpoch: Int(try office.today(programme))), request: request,
            mayRead: Self.readsRequests(principal))
        if let member = request.member {
            found.alike = try await office.requests(of: member, in: programme).filter {
                $0.id != id && $0.kind == request.kind && $0.state != .duplicate && $0.state != .withdrawn
            }
        }
        if found.mayRead {
            (found.text, found.answer) = try await office.words(
                of: request, in: programme, purpose: PrivacyRequests.purpose, actor: "staff:" + staff.staff)
        }
        return found
    }

    /// The officer reads what members write to them; the owner answers for the house and does not.
    private static func readsRequests(_ principal: Principal) -> Bool {
        guard case .staff(_, let role, _) = principal else { return false }
        return role == .privacyOfficer
    }

    func open(_ letter: PrivacyLetter, for staff: SiteStaff, key: String) async throws -> PrivacyRequestOutcome {
        let principal = try await allowed(.membersErase, staff)
        let programme = staff.programme.id
        var member: MemberID?
        if !letter.member.isEmpty {
            guard let asked = MemberID(letter.member), let found = try await current(asked, in: programme)?.member
            else { return .unknown }
            member = found
        }
        return try await home.privacyRequests.open(
            letter: letter.kind, of: member, received: Int32(clamping: letter.received.daysSinceEpoch), in: programme,
            key: key, by: AuditActor(principal))
    }

    func take(
        _ step: PrivacyStep, privacyRequest id: String, for staff: SiteStaff
    ) async throws -> PrivacyRequestOutcome {
        let principal = try await allowed(.membersErase, staff)
        guard let id = ID128(id), let own = ID128(staff.staff) else { return .unknown }
        let (programme, office, actor) = (staff.programme.id, home.privacyRequests, AuditActor(principal))
        switch step {
        case .check(let identity):
            return try await office.take(.check(identity), of: id, in: programme, staff: own, by: actor)
        case .extend(let reason):
            return try await office.take(.extend(reason), of: id, in: programme, staff: own, by: actor)
        case .refuse(let reason):
            return try await office.take(.refuse(reason), of: id, in: programme, staff: own, by: actor)
        case .complete(let answer):
            return try await office.complete(id, answer: answer, in: programme, staff: own, by: actor)
        case .duplicate(let other):
            guard let other = ID128(other) else { return .refused(.noOriginal) }
            return try await office.mark(id, duplicateOf: other, in: programme, by: actor)
        }
    }

    func processing(for staff: SiteStaff) async throws -> PrivacyFile<ProcessingSheet> {
        _ = try await allowed(.membersErase, staff)
        guard let compiled = engine.host[staff.programme.id] else { throw ProgrammeGone() }
        let record = ProcessingRecord(
            compiled.programme, version: compiled.version, thresholds: ["fewest-in-a-figure": Measure.fewest])
        let sheet = ProcessingSheet(
            version: record.version, digest: record.digest,
            purposes: record.purposes.map { purpose in
                ProcessingSheet.Purpose(
                    id: purpose.id,
                    events: purpose.events.map { event in
                        ProcessingSheet.Event(
                            id: event.id, fields: event.fields,
                            keep: event.keep.map { "\($0.level.rawValue): \($0.time)" })
                    })
            }, traits: record.traits, recipients: record.recipients.map { "\($0.id): \($0.host)" },
            fewest: Measure.fewest)
        return PrivacyFile(content: sheet, json: record.json.text(pretty: true))
    }

    func affected(for staff: SiteStaff) async throws -> PrivacyFile<AffectedSet> {
        let principal = try await allowed(.membersErase, staff)
        let set = try await home.affected(in: staff.programme.id)
        let entry = AuditEntry(
            programme: staff.programme.id, at: engine.clock.now(), actor: AuditActor(principal),
            action: "privacy.breach-drill", object: "programme:\(staff.programme.id.name)")
        try await home.database.write { try Audit.append($0, entry) }
        return PrivacyFile(content: set, json: set.json.text(pretty: true))
    }
}

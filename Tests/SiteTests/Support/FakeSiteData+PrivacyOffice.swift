import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Synchronization

extension Samples {
    /// One request in each state and of each kind.
    static var privacyRequests: [PrivacyRequest] {
        zip(PrivacyRequest.Kind.allCases, PrivacyRequest.State.allCases).enumerated().map { index, pair in
            var request = PrivacyRequest(
                id: ID128(high: 1, low: UInt64(index + 1)),
                member: index == 2 ? nil : MemberID(ID128(high: 5, low: 5)), kind: pair.0, isLetter: index == 2,
                receivedDay: Int32(today.daysSinceEpoch - 3))
            request.state = pair.1
            request.hasText = true
            if pair.1.isOver { request.endedDay = Int32(today.daysSinceEpoch) }
            if index > 0 { request.identity = .document }
            return request
        }
    }

    static var rights: OwnRights {
        OwnRights(
            today: today, requests: privacyRequests,
            looks: ["delivery", "service", "export", "integration", "privacy-office", "other <b>"].map {
                OwnRights.Look(day: today, purpose: $0, fields: ["name", "<i>"])
            })
    }

    static var privacyOffice: PrivacyOffice {
        PrivacyOffice(
            today: today, requests: privacyRequests,
            levels: Site.PrivacyLevel.allCases.map {
                PrivacyOffice.Level(level: $0, members: $0 == .off ? nil : 1_234)
            })
    }

    static func privacyCase(_ request: PrivacyRequest, mayRead: Bool = true) -> PrivacyCase {
        PrivacyCase(
            today: today, request: request, mayRead: mayRead, text: mayRead ? "Please <b>\n\né" : nil,
            answer: mayRead ? "Here & now" : nil, alike: privacyRequests.filter { $0.id != request.id })
    }

    static var processing: ProcessingSheet {
        ProcessingSheet(
            version: 3, digest: "00ff",
            purposes: [
                .init(
                    id: "loyalty",
                    events: [
                        .init(id: "read", fields: ["item: item"], keep: ["personal: 1 month"]),
                        .init(id: "<b>", fields: [], keep: []),
                    ])
            ], traits: ["topics: list of topic"], recipients: ["crm: crm.example.org"], fewest: 5)
    }

    static var affected: AffectedSet {
        AffectedSet(
            programme: programme.id, at: Instant(seconds: 1_795_694_400),
            tables: [
                AffectedSet.Table(
                    domain: .vault, room: "vault", name: "person", columns: ["data_key"], members: 1_200, rows: 1_201),
                AffectedSet.Table(
                    domain: .ledger, room: "loyalty", name: "transfer", columns: ["amount"], members: 9, rows: 99),
            ])
    }
}

extension FakeSiteData {
    func rights(of member: SiteMember) async throws -> OwnRights { Samples.rights }

    func details(of member: SiteMember) async throws -> OwnDetails {
        OwnDetails(values: [.name: "Visser <b>", .phone: "+31"])
    }

    func correct(_ details: OwnDetails, for member: SiteMember) async throws {
        state.withLock { $0.chosen.append("correct \(details.values[.name] ?? "")") }
    }

    func ask(
        _ kind: PrivacyRequest.Kind, text: String, for member: SiteMember, key: String
    ) async throws -> PrivacyRequestOutcome {
        if text == "many" { return .tooMany }
        state.withLock { $0.chosen.append("ask \(kind.rawValue)") }
        return .done(ID128(high: 1, low: 1))
    }

    func withdraw(privacyRequest id: String, for member: SiteMember) async throws -> Bool {
        id == ID128(high: 1, low: 1).description
    }

    private func check(_ staff: SiteStaff) throws {
        guard staff.handlesPrivacy else { throw HTTPError(.forbidden) }
    }

    func privacyOffice(for staff: SiteStaff) async throws -> PrivacyOffice {
        try check(staff)
        return Samples.privacyOffice
    }

    func privacyCase(_ id: String, for staff: SiteStaff) async throws -> PrivacyCase? {
        try check(staff)
        return Samples.privacyRequests.first { $0.id.description == id }.map { Samples.privacyCase($0) }
    }

    func open(_ letter: PrivacyLetter, for staff: SiteStaff, key: String) async throws -> PrivacyRequestOutcome {
        try check(staff)
        state.withLock { $0.chosen.append("letter \(letter.kind.rawValue)") }
        return .done(ID128(high: 1, low: 1))
    }

    func take(
        _ step: PrivacyStep, privacyRequest id: String, for staff: SiteStaff
    ) async throws -> PrivacyRequestOutcome {
        try check(staff)
        if case .complete = step { return .refused(.unchecked) }
        state.withLock { $0.chosen.append("step") }
        return .done(ID128(high: 1, low: 1))
    }

    func processing(for staff: SiteStaff) async throws -> PrivacyFile<ProcessingSheet> {
        try check(staff)
        return PrivacyFile(content: Samples.processing, json: "{}")
    }

    func affected(for staff: SiteStaff) async throws -> PrivacyFile<AffectedSet> {
        try check(staff)
        return PrivacyFile(content: Samples.affected, json: "{}")
    }
}

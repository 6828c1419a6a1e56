import API
import Access
import Loyalty
import Primitives
import Runtime
import Site
import Storage
import Vault

/// What is known about a member, the export of it, its erasure, and where they are signed in.
extension SiteAdapter {
    func ownData(of member: SiteMember, language: PageLanguage) async throws -> OwnData {
        let programme = member.programme.id
        guard let view = view(programme, language),
            let summary = try await engine.summary(of: member.member, in: programme)
        else { throw ProgrammeGone() }
        let store = LoyaltyStore(programme: programme)
        let questions = try await home.service.threads(of: member.member, in: programme).reduce(0) { $0 + $1.messages }
        let rows = try await home.database.read { try store.ownRows(of: member.member, $0) }
        let actor = "member:" + member.member.description
        let fields = try await home.vault.persons.reveal(
            [member.member], programme: programme, purpose: .ownPage, actor: actor, now: view.now)[member.member]
        var names: [ExternalIdentity] = []
        do {
            names = try await home.vault.persons.externalIdentities(
                of: member.member, programme: programme, purpose: .ownPage, actor: actor, now: view.now)
        } catch VaultProblem.unknownMember {}
        return OwnData(
            level: summary.profile.level.page,
            identifiers: names.map { OwnData.Masked(kind: $0.namespace.name, value: $0.value) },
            fields: (fields ?? [:]).sorted { $0.key.name < $1.key.name }.map {
                OwnData.Masked(kind: $0.key.name, value: $0.value)
            },
            traits: summary.traits.sorted { $0.key < $1.key }.map { name, value in
                OwnData.Trait(title: Wording(name, ""), value: Self.text(value))
            },
            counts: [
                .points: rows.transfers, .history: rows.history, .counters: rows.counters, .events: rows.events,
                .rewards: rows.redemptions, .badges: rows.badges, .letters: rows.letters, .questions: questions,
                .follows: rows.follows,
                .experiments: rows.exposures,
            ])
    }

    private static func text(_ value: JSONValue) -> String {
        if let text = value.stringValue { return text }
        if case .array(let values) = value { return values.map(text).joined(separator: ", ") }
        var writer = JSONWriter()
        writer.value(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    func export(of member: SiteMember, after place: String?, language: PageLanguage) async throws -> ExportPart? {
        try await MemberExport(engine: engine, persons: home.vault.persons).part(
            of: member.member, in: member.programme.id, after: place, language: language.rawValue
        ).map { ExportPart(bytes: $0.bytes, next: $0.next) }
    }

    func erase(_ member: SiteMember) async throws {
        do {
            try await home.erasure.erase(member.member, in: member.programme.id, by: .member)
        } catch VaultProblem.unknownMember {
            // Gone already: the same form was sent twice.
        }
    }

    // MARK: Sessions

    func sessions(of member: SiteMember, beside secret: String) async throws -> OwnSessions {
        let programme = member.programme.id
        guard let token = SecretToken(secret),
            let summary = try await engine.summary(of: member.member, in: programme)
        else { throw ProgrammeGone() }
        let found = try await home.access.sessions.all(
            of: member.member, in: programme, beside: token, now: engine.clock.now())
        return OwnSessions(
            today: LocalDay(daysSinceEpoch: Int(summary.day)),
            sessions: found.map { session in
                OwnSession(
                    id: session.id, begun: Self.day(of: session.begunAt), lastUsed: Self.day(of: session.seenAt),
                    isThis: session.isOwn)
            })
    }

    /// Sessions are recorded by whole days, which are days of UTC.
    private static func day(of time: Instant) -> LocalDay {
        LocalDay(daysSinceEpoch: Int((Double(time.milliseconds) / 86_400_000).rounded(.down)))
    }

    func endSession(_ id: String?, of member: SiteMember, beside secret: String) async throws -> Bool {
        guard let token = SecretToken(secret) else { return false }
        let count = try await home.access.sessions.end(
            id, of: member.member, in: member.programme.id, beside: token)
        return id == nil || count > 0
    }
}

import Loyalty
import Primitives
import Runtime
import Vault

/// Leaderboards: what is shown of them, and who takes part.
struct LeaderboardsController: Sendable {
    static let maximumTop = 100
    static let cohortLength = 100

    let engine: Runtime.Engine
    let idempotency: Idempotency
    let wording: EffectWording

    func get(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let page = try Page(call.query, maximum: Self.maximumTop)
        let languages = wording.texts(programme, acceptLanguage: call.acceptLanguage)
        let member = try await viewer(call)
        let cohort = call.query["cohort"] ?? ""
        guard cohort.unicodeScalars.count <= Self.cohortLength else {
            throw Problem.parameter("cohort", "Use at most \(Self.cohortLength) characters.")
        }
        guard
            let standings = try await engine.standings(
                of: call["leaderboard"], member: member, cell: cohort, top: page.limit,
                in: programme)
        else { throw Problem.notFound("leaderboard") }
        let language = languages?.language ?? .en
        let board = compiled.leaderboards[standings.board]?.board
        return .json(capacity: 1_024) { writer in
            writer.beginObject()
            writer.member("leaderboard", standings.board)
            writer.member("name", board?.name.text(language) ?? "")
            writer.member("period", board?.every.rawValue ?? "")
            writer.member("cohort", standings.cell)
            writer.member("shows_ranks", standings.showsRanks)
            writer.member("participants", Int64(standings.participants))
            writer.key("top")
            Self.write(standings.top, language, into: &writer)
            writer.member("taking_part", standings.isOn)
            writer.key("own")
            if let name = standings.name {
                writer.beginObject()
                writer.member("name", name.text(language))
                writer.member("score", standings.score)
                writer.member("rank", standings.rank.map { .integer(Int64($0)) } ?? .null)
                writer.key("around")
                Self.write(standings.around, language, into: &writer)
                writer.key("friends")
                Self.write(standings.friends, language, into: &writer)
                writer.endObject()
            } else {
                writer.null()
            }
            writer.endObject()
        }
    }

    /// Whoever looks, as the query says.
    func viewer(_ call: Call) async throws -> MemberID? {
        guard let text = call.query["member"] else { return nil }
        guard let known = MemberID(text), known.description == text else { throw Problem.notFound("member") }
        try await check(known, try call.programme)
        return known
    }

    private static func write(_ places: [Standings.Place], _ language: Language, into writer: inout JSONWriter) {
        writer.beginArray()
        for place in places {
            writer.beginObject()
            writer.member("rank", Int64(place.rank))
            writer.member("score", place.score)
            writer.member("name", place.name.text(language))
            writer.member("me", place.isMe)
            writer.endObject()
        }
        writer.endArray()
    }

    func join(_ call: Call) async throws -> Reply { try await ask(.join, call) }
    func leave(_ call: Call) async throws -> Reply { try await ask(.leave, call) }
    func rename(_ call: Call) async throws -> Reply { try await ask(.rename, call) }

    private func check(_ member: MemberID, _ programme: ProgrammeID) async throws {
        if try await engine.identities.canonical(member, programme: programme) != nil { return }
        // Members of an import or a simulation may be known to the main database only.
        guard let summary = try await engine.summary(of: member, in: programme), summary.isKnown else {
            throw Problem.notFound("member")
        }
    }

    private func ask(_ request: BoardRequest, _ call: Call) async throws -> Reply {
        let programme = try call.programme
        let member = try call.member()
        try await check(member, programme)
        let action = try await engine.boardAction(request, of: call["leaderboard"], member: member, in: programme)
        return try await idempotency.perform(action, call, member: member, body: nil) { answer in
            guard request != .leave else { return .noContent }
            return .json { writer in
                writer.beginObject()
                writer.member("member", answer.member.description)
                writer.endObject()
            }
        }
    }
}

import Loyalty
import Primitives
import Runtime
import Vault

/// Challenges of teams, finished periods of leaderboards, and friends on them.
struct TeamsController: Sendable {
    static let maximumPeriods = 50

    let members: MembersController
    let boards: LeaderboardsController

    private var engine: Runtime.Engine { members.engine }

    func teams(_ call: Call) async throws -> Reply {
        let teams = try await engine.teams(of: try await members.existing(call), in: try call.programme)
        return ListReply.json(teams, next: nil) { team, writer in
            writer.beginObject()
            writer.member("challenge", team.challenge)
            writer.member("kind", team.kind)
            writer.member("team", team.team.map { .string($0.description) } ?? .null)
            writer.member("members", team.memberCount)
            writer.member("own", team.own)
            writer.member("target", team.target)
            writer.member("reached", team.reached.map { .integer($0) } ?? .null)
            writer.member("quarters", Int64(team.quarters))
            writer.member("complete", team.isComplete)
            writer.member("gives", team.gives.rawValue)
            writer.member("at_least", team.least)
            writer.member("others", .array(team.shown.map { .integer($0) }))
            MemberDocument.write("ends_at", team.endsAt, into: &writer)
            writer.endObject()
        }
    }

    // MARK: Leaderboards

    func list(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let language = boards.wording.texts(programme, acceptLanguage: call.acceptLanguage)?.language ?? .en
        var cells: [String: [(cell: String, count: Int)]] = [:]
        for board in compiled.programme.leaderboards {
            cells[board.id] = try await engine.cells(of: board.id, in: programme)
        }
        return ListReply.json(compiled.programme.leaderboards, next: nil) { board, writer in
            writer.beginObject()
            writer.member("leaderboard", board.id)
            writer.member("name", board.name.text(language))
            writer.member("period", board.every.rawValue)
            writer.member("minimum", Int64(board.minimum))
            writer.member("teams", board.teams.map { .string($0) } ?? .null)
            writer.member("prizes", Int64(board.prizes.count))
            writer.key("cohorts")
            writer.beginArray()
            for (cell, count) in cells[board.id] ?? [] {
                writer.beginObject()
                writer.member("cohort", cell)
                writer.member("participants", Int64(count))
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
    }

    func finished(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        let page = try Page(call.query, maximum: Self.maximumPeriods)
        let language = boards.wording.texts(programme, acceptLanguage: call.acceptLanguage)?.language ?? .en
        guard
            let periods = try await engine.finishedPeriods(
                of: call["leaderboard"], member: try await boards.viewer(call),
                top: LeaderboardsController.maximumTop, limit: page.limit, in: programme)
        else { throw Problem.notFound("leaderboard") }
        func write(_ place: FinishedPlace, into writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("rank", Int64(place.rank))
            writer.member("score", place.score)
            writer.member("name", place.name.text(language))
            writer.member("me", place.isMe)
            writer.member("prize", place.prize.map { .integer(Int64($0 + 1)) } ?? .null)
            writer.member("amount", place.amount)
            writer.endObject()
        }
        return ListReply.json(periods, next: nil) { period, writer in
            writer.beginObject()
            writer.member("first_day", MemberDocument.day(period.period.days.lowerBound))
            writer.member("end_day", MemberDocument.day(period.period.days.upperBound))
            writer.member("cohort", period.period.cell)
            writer.member("finished_day", MemberDocument.day(period.period.finishedDay))
            writer.member("version", period.period.version)
            writer.member("participants", period.period.participants)
            writer.member("prizes_given", period.prizesGiven)
            writer.member("prizes_open", period.prizesOpen)
            writer.member("prize_total", period.prizeTotal)
            writer.key("top")
            writer.beginArray()
            for place in period.top { write(place, into: &writer) }
            writer.endArray()
            writer.key("own")
            if let own = period.own { write(own, into: &writer) } else { writer.null() }
            writer.endObject()
        }
    }

    // MARK: Friends

    func friends(_ call: Call) async throws -> Reply {
        let friends = try await engine.friends(of: try await members.existing(call), in: try call.programme)
        return ListReply.json(friends, next: nil) { friend, writer in
            writer.beginObject()
            writer.member("friend", friend.description)
            writer.endObject()
        }
    }

    func offer(_ call: Call) async throws -> Reply {
        let member = try await members.existing(call)
        let code = SharingCode(members.commandID(call, "friend", member))
        let action = FriendAction.offer(code: engine.friendCodeID(code, in: try call.programme))
        return try await members.idempotency.perform(.friends(action), call, member: member, body: nil) { answer in
            Self.reference(answer, status: 201)
        }.telling(code)
    }

    func accept(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let text = fields.text("code", required: true, limit: 64) ?? ""
        try fields.finish()
        let member = try await members.existing(call)
        let programme = try call.programme
        // A code connects once: what is sent again is answered as it was, before anybody asks whose code it is.
        if let request = try members.idempotency.request(call, owner: member.value, body: body),
            let earlier = try await members.idempotency.find(request)
        {
            return earlier
        }
        guard let code = SharingCode(typed: text),
            let action = try await engine.friendship(code: code, of: member, in: programme)
        else { throw Problem.notFound("code") }
        return try await members.idempotency.perform(action, call, member: member, body: body) {
            Self.reference($0, status: 201)
        }
    }

    func part(_ call: Call) async throws -> Reply {
        let member = try await members.existing(call)
        let friend = MemberID(try call.id("friend", of: "friend"))
        return try await members.idempotency.perform(
            .friends(.part(friend)), call, member: member, body: nil
        ) { _ in .noContent }
    }

    private static func reference(_ answer: Answer, status: Int) -> Reply {
        .json(status) { writer in
            writer.beginObject()
            writer.member("member", answer.member.description)
            writer.endObject()
        }
    }
}

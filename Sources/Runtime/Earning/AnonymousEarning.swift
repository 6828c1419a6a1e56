public import Loyalty
public import Personalisation
public import Primitives
import Storage
import Synchronization

/// Earning without saying who does: events are reported by nobody, answered with blind signatures, and what those are worth is
/// credited later to whoever brings them.
///
/// Reporting reads the catalogue and the programme and writes nothing at all: no row, no counter, no line of a log. What is
/// written is written at redemption, and knows a class and a day.
public final class AnonymousEarning: Sendable {
    public let engine: Engine
    public let tokens: EarningTokens
    /// See ``EarningReach/k``; another in tests alone.
    private let k: Int
    private struct Standing: Sendable {
        var version: Int64
        var day: Int32
        var types: Task<[String: TypeStanding], any Error>
    }
    private let standings = Mutex<[ProgrammeID: Standing]>([:])

    /// How events of one type are earned from today.
    public enum TypeStanding: Sendable {
        /// By tokens, with these keys.
        case open([EarningTokenKey])
        /// As ever, by the member's own event, which below the level `personal` is kept by class and day.
        case identified(Reason)
    }

    public enum Reason: Sendable, Hashable {
        /// The programme's terms need more than a token tells.
        case obstacles([EarningObstacle])
        /// Too few members earn one of its classes in a day: a token would hide nobody.
        case tooFew
        /// Nothing is earned from it.
        case nothing
    }

    public init(engine: Engine, tokens: EarningTokens, k: Int = EarningReach.k) {
        self.engine = engine
        self.tokens = tokens
        self.k = k
    }

    /// What everybody is told, alike.
    public struct Offer: Sendable {
        public var day: Int32
        /// When the day is over and other keys hold.
        public var until: Instant
        public var types: [String: TypeStanding]
    }

    /// The keys of today.
    ///
    /// - Throws: ``PipelineProblem/unknownProgramme(_:)``
    public func offer(_ programme: ProgrammeID, now: Instant) async throws -> Offer {
        let (compiled, calendar, day) = try today(programme, now)
        return Offer(
            day: day, until: calendar.start(of: day + 1), types: try await types(compiled, day))
    }

    /// One answer to a reported event: a signature per class that it is worth, over what was sent blinded for that class's key.
    public enum Report: Sendable {
        case signed([(key: String, signature: [UInt8])])
        /// Another day has begun, or another version is in force: ask for the keys anew.
        case outdated
        case identified(Reason)
    }

    /// Takes a report. It is looked at in memory and forgotten.
    ///
    /// - Parameters:
    ///   - type: the event type.
    ///   - fields: as the programme declares them. There is no time: it is now, by this server's clock.
    ///   - blinded: by key; one for each key of the type, so that the report does not say what the reader hopes for.
    /// - Throws: ``EventProblem``, and as ``offer(_:now:)``.
    public func report(
        _ type: String, channel: String, fields: JSONObject, blinded: [String: [UInt8]], in programme: ProgrammeID,
        now: Instant
    ) async throws -> Report {
        let (compiled, _, day) = try today(programme, now)
        let incoming = IncomingEvent(
            source: "", id: "", type: type, time: now, channel: channel, fields: fields)
        let reader = EventReader(compiled) { [engine] in engine.catalogue.item($0, in: programme) }
        let event = try reader.read(incoming, claim: ID128(high: 0, low: 0), now: now)
        guard let plan = compiled.earning[type], let standing = try await types(compiled, day)[type] else {
            return .identified(.nothing)
        }
        guard case .open(let keys) = standing else {
            guard case .identified(let reason) = standing else { return .identified(.nothing) }
            return .identified(reason)
        }
        guard Set(blinded.keys) == Set(keys.map(\.id)) else { return .outdated }
        let matched = Set(plan.matches(event).map(\.id))
        var signed: [(key: String, signature: [UInt8])] = []
        for key in keys where matched.contains(key.classID) {
            guard let bytes = blinded[key.id], let signature = tokens.sign(bytes, with: key) else { continue }
            signed.append((key.id, signature))
        }
        return .signed(signed)
    }

    /// What became of one token.
    public enum Redemption: Sendable {
        /// It counted; the effects may be none, if a limit had no room.
        case credited([AppliedEffect])
        case spentBefore
        /// Not ours, altered, or too old.
        case refused
    }

    /// Credits tokens to a member, in the order of the answer's own: each is checked, spent and credited in one transaction.
    ///
    /// - Throws: ``PipelineProblem``; the tokens are then not spent, or say ``Redemption/spentBefore`` the next time.
    public func redeem(
        _ brought: [EarningToken?], member: MemberID, in programme: ProgrammeID, now: Instant
    ) async throws -> [Redemption] {
        let (_, _, day) = try today(programme, now)
        var results = [Redemption](repeating: .refused, count: brought.count)
        var commands: [Command] = []
        var places: [Int] = []
        for (index, token) in brought.enumerated() {
            guard let token, let credit = try await tokens.read(token, in: programme, today: day) else { continue }
            places.append(index)
            commands.append(Command(programme: programme, member: member, action: .earn(credit), now: now))
        }
        for (place, result) in zip(places, try await engine.submit(commands)) {
            let answer = try result.get()
            results[place] = answer.status == .duplicate ? .spentBefore : .credited(answer.effects)
        }
        return results
    }

    /// Forgets what can be redeemed no more.
    ///
    /// - Returns: how many spent tokens went.
    @discardableResult
    public func forget(_ programme: ProgrammeID, now: Instant) async throws -> Int {
        try await tokens.forget(of: programme, today: try today(programme, now).day)
    }

    // MARK: Today

    private func today(
        _ programme: ProgrammeID, _ now: Instant
    ) throws -> (compiled: CompiledProgramme, calendar: MemberCalendar, day: Int32) {
        guard let compiled = engine.host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        return engine.calendars.withLock { calendars in
            (compiled, calendars.programmeCalendar(compiled), calendars.programmeDay(compiled, now))
        }
    }

    /// Worked out once a day and version; whoever comes meanwhile waits for the same.
    private func types(_ compiled: CompiledProgramme, _ day: Int32) async throws -> [String: TypeStanding] {
        let standing = standings.withLock { standings in
            if let known = standings[compiled.id], known.version == compiled.version, known.day == day { return known }
            let made = Standing(
                version: compiled.version, day: day, types: Task { try await self.workOut(compiled, day) })
            standings[compiled.id] = made
            return made
        }
        do {
            return try await standing.types.value
        } catch {
            standings.withLock { standings in
                if standings[compiled.id]?.types == standing.types { standings[compiled.id] = nil }
            }
            throw error
        }
    }

    private func workOut(_ compiled: CompiledProgramme, _ day: Int32) async throws -> [String: TypeStanding] {
        var types: [String: TypeStanding] = [:]
        for (type, plan) in compiled.earning {
            guard plan.obstacles.isEmpty else {
                types[type] = .identified(.obstacles(plan.obstacles))
                continue
            }
            guard plan.isPossible else {
                types[type] = .identified(.nothing)
                continue
            }
            let reach = try await EarningReach.read(
                plan.classes, of: compiled.id, today: day, from: engine.database)
            guard plan.classes.allSatisfy({ reach.isOpen($0.id, k: k) }) else {
                types[type] = .identified(.tooFew)
                continue
            }
            types[type] = .open(
                try await tokens.keys(of: compiled.id, day: day, classes: plan.classes.map { (type, $0.id) }))
        }
        return types
    }
}

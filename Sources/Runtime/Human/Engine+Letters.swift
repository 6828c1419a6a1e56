public import Loyalty
public import Primitives
import Storage

/// A letter as it can be read: its text open, its signer with a name.
public struct LetterView: Sendable, Identifiable {
    public var letter: Letter
    /// Empty until it is sent.
    public var text: String
    /// `nil` if the programme does not have this person any more.
    public var signer: Signer?
    public var occasion: Occasion?

    public var id: ID128 { letter.id }
}

/// A letter that a signer is asked for, with all that they may know: who it is stays a pseudonym.
public struct LetterRequest: Sendable, Identifiable {
    public var letter: Letter
    public var signer: Signer
    public var occasion: Occasion
    /// The member's language.
    public var language: Language
    /// What to begin with, filled in.
    public var draft: String

    public var id: ID128 { letter.id }
}

extension Engine {
    // MARK: The member's

    /// The letters that a member got, the newest first.
    public func letters(
        to member: MemberID, in programme: ProgrammeID, before: (day: Int32, id: ID128)? = nil, limit: Int
    ) async throws -> [LetterView] {
        let store = LoyaltyStore(programme: programme)
        let limit = max(1, min(limit, 200))
        let letters = try await database.read { try store.letters(to: member, before: before, limit: limit, $0) }
        return letters.map { view($0, in: programme) }
    }

    /// One letter that a member got.
    public func letter(_ id: ID128, to member: MemberID, in programme: ProgrammeID) async throws -> LetterView? {
        let store = LoyaltyStore(programme: programme)
        guard let letter = try await database.read({ try store.letter(id, of: member, $0) }), letter.state == .sent
        else { return nil }
        return view(letter, in: programme)
    }

    private func view(_ letter: Letter, in programme: ProgrammeID) -> LetterView {
        let compiled = host[programme]?.programme
        let bytes = try? sealer.open(letter.sealed, programme: programme, id: letter.id)
        return LetterView(
            letter: letter, text: bytes.map { String(decoding: $0, as: UTF8.self) } ?? "",
            signer: compiled?.signers.first { $0.id == letter.signer },
            occasion: compiled?.occasions.first { $0.id == letter.occasion })
    }

    /// Whether a member wants letters.
    public func wantsLetters(_ member: MemberID, in programme: ProgrammeID) async throws -> Bool {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { connection in
            try store.load([member], joinedDay: 0, connection)[member]?.wantsLetters ?? true
        }
    }

    // MARK: The writers'

    /// The most requests that are shown at once.
    public static let mostRequests = 500

    /// What signers are asked to write, and was not written yet.
    public func letterRequests(
        of signer: String? = nil, in programme: ProgrammeID
    ) async throws -> [LetterRequest] {
        guard let compiled = host[programme] else { throw PipelineProblem.unknownProgramme(programme) }
        let store = LoyaltyStore(programme: programme)
        let (letters, languages) = try await database.read { connection in
            let letters = try store.letters(.asked, signer: signer, limit: Self.mostRequests, connection)
            let states = try store.load(letters.map(\.member), joinedDay: 0, connection)
            return (letters, states.mapValues(\.profile.language))
        }
        return letters.compactMap { letter in
            request(letter, compiled.programme, languages[letter.member] ?? nil)
        }
    }

    private func request(_ letter: Letter, _ programme: Programme, _ language: Language?) -> LetterRequest? {
        guard let occasion = programme.occasions.first(where: { $0.id == letter.occasion }),
            let signer = programme.signers.first(where: { $0.id == letter.signer })
        else { return nil }
        let language = language ?? programme.languages.first ?? .en
        return LetterRequest(
            letter: letter, signer: signer, occasion: occasion, language: language,
            draft: LetterText.filled(
                occasion.message.text(language, fallbacks: programme.languages), letter.values(programme, language)))
    }

    /// The letter that somebody was asked for; `nil` if nobody was.
    public func askedLetter(_ id: ID128, in programme: ProgrammeID) async throws -> Letter? {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { try store.letter(id, $0) }
    }

    /// The language in which a letter is written: the member's, else the programme's first.
    public func language(of member: MemberID, in programme: ProgrammeID) async throws -> Language {
        let store = LoyaltyStore(programme: programme)
        let language = try await database.read { connection in
            try store.load([member], joinedDay: 0, connection)[member]?.profile.language
        }
        return language ?? host[programme]?.programme.languages.first ?? .en
    }

    /// What came back for what was sent: how many letters, hearts and thanks, from ``PublishedCount/least`` on; of many as of
    /// some seconds ago.
    public func letterTally(in programme: ProgrammeID) async throws -> (sent: Int64, hearts: Int64?, thanks: Int64?) {
        let now = clock.now()
        var tally = letterTallies.find([programme], now: now)[programme]
        if tally == nil {
            let store = LoyaltyStore(programme: programme)
            let counts = try await database.read { try store.replies($0) }
            let counted = LetterTally(
                sent: counts.sent, hearts: counts.replies[.heart] ?? 0, thanks: counts.replies[.thanks] ?? 0)
            letterTallies.keep([programme: counted], now: now) { $0.sent }
            tally = counted
        }
        return (
            tally?.sent ?? 0, PublishedCount.shown(tally?.hearts ?? 0), PublishedCount.shown(tally?.thanks ?? 0)
        )
    }

    // MARK: Follows

    public func follows(of member: MemberID, in programme: ProgrammeID) async throws -> [String] {
        let store = LoyaltyStore(programme: programme)
        return try await database.read { try store.follows(of: member, $0) }
    }

    /// How many follow these makers, as it may be shown: absent below ``PublishedCount/least``; of those whom many follow
    /// as of some seconds ago.
    public func followers(of makers: [String], in programme: ProgrammeID) async throws -> [String: Int64] {
        let now = clock.now()
        func key(_ maker: String) -> String { programme.name + " " + maker }
        let known = followerCounts.find(makers.map(key), now: now)
        var counts: [String: Int64] = [:]
        for maker in makers { counts[maker] = known[key(maker)] }
        let missing = makers.filter { counts[$0] == nil }
        if !missing.isEmpty {
            let store = LoyaltyStore(programme: programme)
            let counted = try await database.read { try store.followers(of: missing, $0) }
            followerCounts.keep(
                Dictionary(counted.map { (key($0.key), $0.value) }, uniquingKeysWith: { first, _ in first }), now: now
            ) { $0 }
            counts.merge(counted) { _, counted in counted }
        }
        return counts.compactMapValues { PublishedCount.shown($0) }
    }
}

extension Keeper {
    /// How many letters that wait are weighed at a time, the latest moments first.
    static let weighed = 5_000

    /// Fills today's queue: asks signers to write, and lets lapse what waited too long. What was asked today already
    /// counts, so running it again fills only what is missing.
    ///
    /// - Returns: how many letters were asked for.
    @discardableResult
    public static func askForLetters(_ engine: Engine, _ programme: ProgrammeID, at now: Instant) async throws -> Int {
        guard let compiled = engine.host[programme], compiled.programme.occasions.contains(where: \.isByHand) else {
            return 0
        }
        let terms = compiled.programme.letters
        let today = compiled.calendar(offsets: engine.zones).day(of: now)
        let store = LoyaltyStore(programme: programme)
        let asked = try await engine.database.read { try store.asked(on: today, $0) }
        // A day that is full is not weighed again.
        let writers = Set(compiled.programme.occasions.filter(\.isByHand).flatMap(\.signers))
        guard writers.contains(where: { asked[$0, default: 0] < terms.perDay }) else { return 0 }
        let (count, newest) = try await engine.database.read { try store.waitingLetters($0) }
        let standing = LetterTurns.Standing(
            day: today, version: compiled.version, asked: asked, waiting: count, newest: newest)
        guard count > 0, !engine.letterTurns.isFruitless(standing, in: programme) else { return 0 }
        let (waiting, last) = try await engine.database.read { connection in
            let waiting = try store.letters(.waiting, limit: weighed, connection)
            return (waiting, try store.lastAsked(Array(Set(waiting.map(\.member))), connection))
        }
        let signers = Dictionary(
            compiled.programme.occasions.map { ($0.id, $0.signers) }, uniquingKeysWith: { first, _ in first })
        let requests = WritingQueue.choose(
            waiting.map { letter in
                WritingQueue.Candidate(
                    letter: letter.id, member: letter.member, occasion: letter.occasion, day: letter.day,
                    lastAsked: last[letter.member], signers: signers[letter.occasion] ?? [])
            }, asked: asked, terms, today: today)
        for answer in try await engine.submit(
            requests.map { request in
                Command(
                    programme: programme, member: request.member,
                    action: .human(.ask(letter: request.letter, signer: request.signer)), now: now)
            })
        {
            // Who was erased or merged meanwhile is asked for another day, or not at all.
            _ = try? answer.get()
        }
        engine.letterTurns.weighed(standing, in: programme, asked: requests.count)
        let lapsed = today - Int32(terms.withinDays)
        if waiting.contains(where: { $0.day < lapsed }) {
            try await engine.alone(programme) { _ = try store.lapse(before: lapsed, $0) }
        }
        return requests.count
    }

    /// Works out again when anniversaries come, after a version that has other occasions. Page by page.
    static func reviewOccasions(_ engine: Engine, _ programme: ProgrammeID) async throws {
        let store = LoyaltyStore(programme: programme)
        var last: MemberID?
        while true {
            let start = last
            let members = try await engine.database.read { try store.allMembers(after: start, limit: page, $0) }
            guard let end = members.last else { return }
            let now = engine.clock.now()
            for answer in try await engine.submit(
                members.map { Command(programme: programme, member: $0, action: .human(.review), now: now) })
            {
                _ = try? answer.get()
            }
            last = end
        }
    }
}

import HTTPTypes
import Loyalty
import Primitives
import Runtime
import Synchronization

/// The reasons of effects in words, as the programme in force has them.
final class EffectWording: Sendable {
    /// What the programme's rules, challenges and badges say.
    struct Texts: Sendable {
        fileprivate let why: [String: LocalizedText]
        let language: Language
        fileprivate let fallbacks: [Language]

        /// Why a rule, challenge or reward did what it did; `nil` where the programme does not say.
        func why(_ source: String) -> String? {
            let text = why[source]?.text(language, fallbacks: fallbacks)
            return text?.isEmpty == false ? text : nil
        }
    }

    private struct Entry {
        weak var programme: CompiledProgramme?
        let why: [String: LocalizedText]
    }

    private let host: ProgrammeHost
    private let entries = Mutex<[ProgrammeID: Entry]>([:])

    init(host: ProgrammeHost) {
        self.host = host
    }

    /// - Parameter acceptLanguage: the header of the request; the programme's first language without one.
    func texts(_ programme: ProgrammeID, acceptLanguage: String?) -> Texts? {
        guard let compiled = host[programme] else { return nil }
        let why = entries.withLock { entries in
            if let entry = entries[programme], entry.programme === compiled { return entry.why }
            let why = Self.why(of: compiled.programme)
            entries[programme] = Entry(programme: compiled, why: why)
            return why
        }
        let languages = compiled.programme.languages
        let wanted = acceptLanguage.flatMap(Self.language)
        return Texts(why: why, language: wanted ?? languages.first ?? .en, fallbacks: languages)
    }

    private static func why(of programme: Programme) -> [String: LocalizedText] {
        var why: [String: LocalizedText] = [:]
        for challenge in programme.challenges { why[challenge.id] = challenge.why }
        for streak in programme.streaks { why[streak.id] = streak.why }
        for challenge in programme.challenges where challenge.team != nil {
            why[MemberState.teamAwards(of: challenge.id)] = challenge.why
        }
        for board in programme.leaderboards { why[CompiledLeaderboard.counter(of: board.id)] = board.why }
        if let referral = programme.referral { why[referral.id] = referral.why }
        for raffle in programme.raffles { why[raffle.id] = raffle.why }
        for rule in programme.rules { why[rule.id] = rule.why }
        for nudge in programme.nudges { why["nudge/" + nudge.id] = nudge.text }
        for quiz in programme.quizzes { why["quiz/" + quiz.id] = quiz.why }
        for contest in programme.contests { why["contest/" + contest.id] = contest.why }
        for occasion in programme.occasions {
            if why[occasion.id] == nil { why[occasion.id] = occasion.why }
            why["recognition/" + occasion.id] = occasion.why
        }
        return why
    }

    /// The most wanted language that Stamgast speaks (RFC 9110, section 12.5.4); `nil` if there is none.
    static func language(_ header: String) -> Language? {
        var best: (language: Language, quality: Double)?
        for part in header.split(separator: ",").prefix(16) {
            let pieces = part.split(separator: ";")
            guard let tag = pieces.first?.drop(while: { $0 == " " }).prefix(2).lowercased(),
                let language = Language(rawValue: tag)
            else { continue }
            var quality = 1.0
            for piece in pieces.dropFirst() {
                let bare = piece.filter { $0 != " " }
                if bare.hasPrefix("q=") { quality = Double(bare.dropFirst(2)) ?? 0 }
            }
            if quality > 0, quality > (best?.quality ?? 0) { best = (language, quality) }
        }
        return best?.language
    }
}

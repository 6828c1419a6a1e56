internal import Hummingbird

/// What a member chooses about profiling: the purposes, the dial, the pause, and the answer to the one question.
extension StamgastSite {
    func addProfiling<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.post("/m/me/profiling") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            let answer = fields["answer"]
            let wish = try answer.map { try Self.answer($0, texts: visit.texts) } ?? Self.wish(fields, visit.texts)
            guard try await data.choose(wish, for: visit.person, language: visit.texts.language) else {
                return redirect(to: "/m/me/privacy?done=age")
            }
            return redirect(to: answer == nil ? "/m/me/privacy?done=profiling" : "/m/")
        }
    }

    /// The one switch.
    static func everything(_ level: PrivacyLevel, texts: Texts) -> ProfilingWish {
        wish(Dictionary(uniqueKeysWithValues: ProfilingDesk.Purpose.allCases.map { ($0, level) }), texts)
    }

    private static func wish(
        _ levels: [ProfilingDesk.Purpose: PrivacyLevel], _ texts: Texts
    ) -> ProfilingWish {
        var shown: [ProfilingDesk.Purpose: String] = [:]
        for (purpose, level) in levels { shown[purpose] = ProfilingView.shown(purpose, level, texts) }
        return ProfilingWish(levels: levels, shown: shown)
    }

    private static func wish(_ fields: [String: String], _ texts: Texts) throws -> ProfilingWish {
        var levels: [ProfilingDesk.Purpose: PrivacyLevel] = [:]
        for purpose in ProfilingDesk.Purpose.allCases {
            guard let text = fields[purpose.rawValue] else { continue }
            guard let level = PrivacyLevel(rawValue: text) else { throw SiteProblem.formUnreadable }
            levels[purpose] = level
        }
        var wish = Self.wish(levels, texts)
        if let text = fields["surprise"] {
            guard let share = Int64(text), ProfilingDesk.surprises.contains(share) else {
                throw SiteProblem.formUnreadable
            }
            wish.surprise = share
        }
        if let text = fields["pause"] {
            guard let pause = ProfilingWish.Pause(rawValue: text) else { throw SiteProblem.formUnreadable }
            wish.pause = pause
        }
        guard wish != ProfilingWish() else { throw SiteProblem.formUnreadable }
        return wish
    }

    /// To the question on Today: a level for everything, or that all stays as it is. Either is the last time it is asked.
    private static func answer(_ text: String, texts: Texts) throws -> ProfilingWish {
        if text == "stay" { return ProfilingWish(place: .question) }
        guard let level = PrivacyLevel(rawValue: text), [.persona, .personal].contains(level) else {
            throw SiteProblem.formUnreadable
        }
        var wish = everything(level, texts: texts)
        wish.place = .question
        let words = texts.profiling
        let said = words.askText + texts.sentenceGap + (level == .persona ? words.askPersona : words.askPersonal)
        wish.shown = wish.levels.mapValues { _ in said }
        return wish
    }
}

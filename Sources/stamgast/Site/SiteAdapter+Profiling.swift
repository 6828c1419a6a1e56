import Loyalty
import Personalisation
import Primitives
import Runtime
import Site

/// How far profiling goes for a member.
extension SiteAdapter {
    func profiling(of member: SiteMember) async throws -> ProfilingDesk {
        let programme = member.programme.id
        guard let standing = try await engine.profiling(of: member.member, in: programme),
            let compiled = engine.host[programme]
        else { throw ProgrammeGone() }
        let choice = standing.choice
        let today = compiled.calendar(of: standing.profile, offsets: engine.zones).day(of: engine.clock.now())
        var pause = ProfilingDesk.Pause.none
        if choice.isPaused(at: engine.clock.now()) {
            pause = standing.pauseEndsOn.map { ProfilingDesk.Pause.until(LocalDay(daysSinceEpoch: Int($0))) } ?? .open
        }
        return ProfilingDesk(
            levels: Dictionary(
                uniqueKeysWithValues: ProfilingPurpose.allCases.compactMap { purpose in
                    ProfilingDesk.Purpose(rawValue: purpose.rawValue).map { ($0, choice[purpose].page) }
                }),
            surprise: choice.surprise.rawValue, pause: pause, isAsked: choice.isAsked,
            today: LocalDay(daysSinceEpoch: Int(today)))
    }

    func choose(_ wish: ProfilingWish, for member: SiteMember, language: PageLanguage) async throws -> Bool {
        var change = ProfilingChange(
            surprise: wish.surprise.flatMap { SurpriseShare(rawValue: $0) },
            pause: wish.pause.flatMap { ProfilingChange.Pause(rawValue: $0.rawValue) },
            isAsked: wish.place == .question ? true : nil)
        for (purpose, level) in wish.levels {
            guard let purpose = ProfilingPurpose(rawValue: purpose.rawValue),
                let level = Loyalty.PrivacyLevel(rawValue: level.rawValue)
            else { continue }
            change.levels[purpose] = level
        }
        var shown: [ProfilingPurpose: String] = [:]
        for (purpose, text) in wish.shown {
            if let purpose = ProfilingPurpose(rawValue: purpose.rawValue) { shown[purpose] = text }
        }
        do {
            try await engine.choose(
                change, of: member.member, in: member.programme.id,
                surface: wish.place == .question ? .question : .page, shown: shown, language: language.rawValue)
            return true
        } catch AgeProblem.tooYoung {
            return false
        }
    }
}

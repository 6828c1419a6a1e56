import Site
import Synchronization
import Testing

extension FakeSiteData {
    func profiling(of member: SiteMember) async throws -> ProfilingDesk { Samples.profiling() }

    func choose(_ wish: ProfilingWish, for member: SiteMember, language: Language) async throws -> Bool {
        let levels = wish.levels.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            "\($0.key.rawValue)=\($0.value.rawValue)"
        }
        let rest = [
            wish.surprise.map { "surprise=\($0)" }, wish.pause.map { "pause=\($0.rawValue)" },
            wish.place == .question ? "question" : nil,
        ].compactMap { $0 }
        state.withLock { $0.chosen.append((["profiling"] + levels + rest).joined(separator: " ")) }
        #expect(Set(wish.shown.keys) == Set(wish.levels.keys), "a consent without the words it was given to")
        // Stands for a child.
        return !wish.levels.values.contains(.personal)
    }
}

extension Samples {
    static func profiling(_ level: PrivacyLevel = .persona) -> ProfilingDesk {
        ProfilingDesk(
            levels: Dictionary(uniqueKeysWithValues: ProfilingDesk.Purpose.allCases.map { ($0, level) }), surprise: 10,
            today: today)
    }
}

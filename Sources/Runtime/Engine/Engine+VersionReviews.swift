import Loyalty
import Primitives
import Storage

extension Engine {
    /// Works out again, for all members, what versions since the last time have moved: when streaks and tiers move, when
    /// something is due. After a version came into force, and when a crash cut that off.
    ///
    /// Page by page; doing it twice changes nothing.
    func finishVersionReviews(of programme: ProgrammeID, _ versions: ProgrammeVersions) async throws {
        guard let compiled = host[programme], let since = try await versions.reviewedUpTo(programme) else { return }
        // What a later release cannot read any more may differ in everything.
        let before = try? await versions.load(programme, version: since)?.document.programme()
        let now = compiled.programme
        if before?.streaks != now.streaks { try await Keeper.reviewStreaks(self, programme) }
        if before?.tiers != now.tiers { try await Keeper.reviewTiers(self, programme) }
        if before.map(Self.agenda) != Self.agenda(of: now) || before?.nudges != now.nudges
            || before?.pressure != now.pressure
        {
            try await Keeper.reviewAgendas(self, programme)
        }
        if before?.occasions != now.occasions { try await Keeper.reviewOccasions(self, programme) }
        try await versions.markReviewed(programme, upTo: compiled.version)
    }

    /// What decides when something falls due for members of whom no counter tells it.
    private static func agenda(of programme: Programme) -> [String: [DurationSpan?]] {
        var spans = Dictionary(uniqueKeysWithValues: programme.rewards.map { ("reward/" + $0.id, [$0.after]) })
        for unit in programme.units { spans["unit/" + unit.id] = [unit.notify?.expiring] }
        return spans.filter { $0.value != [nil] }
    }
}

import Access
import Catalogue
import Hummingbird
import Loyalty
import Personalisation
import Primitives
import Runtime
import Site
import Storage

/// Which reward stands first on Today.
extension SiteAdapter {
    /// What is put first in each place, out of what is within the member's reach.
    func chosenRewards(
        _ view: SiteView, _ summary: MemberSummary, left: [String: Int64], of member: SiteMember
    ) async throws -> [RewardChoices.Slot: RewardChoices.Chosen] {
        let privileges = view.privileges(summary).filter { $0.state.canRedeem }
        let rewards = view.affordable(summary, left: left)
        return try await home.choices.choose(
            among: [
                .privilege: privileges.map { view.candidate($0.reward, summary) },
                .reward: rewards.map { view.candidate($0, summary) },
            ], for: member.member, in: member.programme.id, day: summary.day, objects: member.globalPrivacyControl)
    }

    func choosing(for staff: SiteStaff, language: PageLanguage) async throws -> ChoosingDesk {
        let programme = staff.programme.id
        guard let view = view(programme, language) else { throw ProgrammeGone() }
        let report = try await home.choices.report(of: programme)
        let kinds = Set(report.tallies.keys.map(\.arm.kind)).sorted()
        let arms = Dictionary(grouping: report.tallies, by: \.key.arm).mapValues { cells in
            cells.reduce(ChoiceCount()) { $0 + $1.value }
        }
        let shares = Dictionary(
            Set(arms.keys.map(\.persona)).map { persona in
                (persona, Dictionary(uniqueKeysWithValues: zip(kinds, report.arms.shares(of: kinds, for: persona))))
            }, uniquingKeysWith: { first, _ in first })
        let personas = view.programme.personas
        let rows = arms.sorted { ($0.key.kind, $0.key.persona ?? "") < ($1.key.kind, $1.key.persona ?? "") }
        func sum(heldOut: Bool) -> ChoiceCount {
            report.tallies.filter { $0.key.isHeldOut == heldOut }.values.reduce(ChoiceCount(), +)
        }
        return ChoosingDesk(
            isOff: report.isOff, mayChange: try await may(.programmeWrite, staff), floor: Choice.floor,
            heldOut: Double(RewardChoices.heldOut) / 10_000,
            arms: rows.map { arm, count in
                ChoosingDesk.Arm(
                    persona: arm.persona.map { id in
                        personas.first { $0.id == id }.map { view.wording($0.name, or: id) } ?? Wording(id, "")
                    }, kind: arm.kind, shown: PublishedCount.shown(count.shown),
                    taken: PublishedCount.shown(count.taken), rate: Self.rate(count),
                    share: shares[arm.persona]?[arm.kind] ?? 0)
            },
            kinds: kinds.compactMap { kind in
                let all = rows.filter { $0.key.kind == kind }.reduce(ChoiceCount()) { $0 + $1.value }
                guard Self.rate(all) != nil, let rate = report.tallies.selfNormalisedRate(of: kind) else { return nil }
                return ChoosingDesk.Kind(kind: kind, rate: rate)
            }, chosen: Self.rate(sum(heldOut: false)), even: Self.rate(sum(heldOut: true)))
    }

    func chooseRewards(_ isOn: Bool, for staff: SiteStaff) async throws {
        let programme = staff.programme.id
        guard let principal = try await principal(of: staff), principal.allows(.programmeWrite, in: programme) else {
            throw HTTPError(.forbidden)
        }
        let entry = AuditEntry(
            programme: programme, at: engine.clock.now(), actor: AuditActor(principal),
            action: isOn ? "choice.on" : "choice.off", object: programme.name)
        try await home.choices.set(isOff: !isOn, in: programme) { try Audit.append($0, entry) }
    }

    /// From how many first places on a share is told.
    private static let tellable: Int64 = 100

    private static func rate(_ count: ChoiceCount) -> ChoosingDesk.Rate? {
        guard count.shown >= tellable else { return nil }
        let share = Proportion(Int(min(count.taken, count.shown)), of: Int(count.shown))
        return ChoosingDesk.Rate(value: share.value, interval: share.interval)
    }
}

extension SiteView {
    /// What the choice may know of a reward.
    func candidate(_ reward: Reward, _ summary: MemberSummary) -> ChoiceCandidate {
        let state = summary.rewards.first { $0.reward == reward.id }
        let item = reward.item.flatMap { ItemID($0) }.flatMap { catalogue.item($0) }
        let isSensitive = item?.content.isSensitive ?? false
        return ChoiceCandidate(
            id: reward.id, kind: reward.kind.rawValue,
            topics: isSensitive ? [] : Array(Set(reward.topics + (item?.topics ?? []))).sorted(),
            price: state?.price ?? reward.price,
            spendable: summary.balances.first { $0.unit == reward.unit }?.spendable ?? 0,
            isOpen: state?.canRedeem == true)
    }
}

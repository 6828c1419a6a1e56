import Primitives
import Synchronization

@testable import Site

extension Samples {
    static func choosing(_ language: Language) -> ChoosingDesk {
        let rate = ChoosingDesk.Rate(value: 0.12, interval: 0.08...0.17)
        return ChoosingDesk(
            isOff: false, mayChange: true, floor: 0.04, heldOut: 0.05,
            arms: [
                ChoosingDesk.Arm(kind: "ticket", shown: 1_250, taken: 140, rate: rate, share: 0.81),
                ChoosingDesk.Arm(
                    persona: Wording("Water & klimaat", "nl"), kind: "donation", shown: nil, taken: nil, share: 0.19),
            ], kinds: [ChoosingDesk.Kind(kind: "ticket", rate: 0.11)], chosen: rate)
    }
}

extension FakeSiteData {
    func choosing(for staff: SiteStaff, language: Language) async throws -> ChoosingDesk { Samples.choosing(language) }

    func chooseRewards(_ isOn: Bool, for staff: SiteStaff) async throws {
        state.withLock { $0.chosen.append("choosing \(isOn)") }
    }
}

import Loyalty
import Primitives
import Synchronization

@testable import Site

extension FakeSiteData {
    func isEmpty() async throws -> Bool { state.withLock { $0.staff.isEmpty } }

    /// `founder-secret` is an owner of an empty home; the staff of the samples may set their own programme up.
    func founder(session secret: String) async throws -> Founder? {
        switch secret {
        case "founder-secret": Founder(staff: "f1", mayBegin: true)
        case "staff-secret": Founder(staff: "s1", mayBegin: true, programmes: [Samples.setUp])
        case "local-secret": Founder(staff: "s2", mayBegin: false, programmes: [Samples.setUp])
        default: nil
        }
    }

    func timeZones() -> [String] { ["Asia/Tokyo", "Europe/Amsterdam", "UTC"] }
    func knows(timeZone: String) -> Bool { timeZones().contains(timeZone) }
    func isTaken(programme id: String) async throws -> Bool { id == "avondpost" }
    func starters(language: Site.Language) async throws -> [StarterCard] { Samples.starters(language) }

    func begin(_ order: StartOrder, with kind: Starter.Kind, for founder: Founder) async throws -> StartOutcome {
        let languages = order.languages.map(\.rawValue).joined(separator: ",")
        state.withLock { state in
            state.chosen.append(
                "begin \(kind.rawValue) \(order.id) \(order.name) \(languages) \(order.timeZone) \(order.currency.rawValue)"
            )
        }
        switch order.id {
        case "avondpost": return .taken
        case "refused": return .refused("No <way>.")
        default: return .begun
        }
    }

    func start(for staff: SiteStaff, language: Site.Language) async throws -> StartDesk { Samples.startDesk(language) }

    func launch(_ basisPoints: Int, basedOn version: Int64, for staff: SiteStaff) async throws -> Bool {
        state.withLock { $0.chosen.append("launch \(basisPoints)") }
        return version == 3
    }
}

extension Samples {
    static let startLook = {
        var look = StartLook(accent: "#1f5f8b", logo: "x")
        look.note(LookDraft(problems: [], theme: .standard))
        look.accentError = "x"
        return look
    }()
    static let kinds = Starter.Kind.allCases
    static let setUp = SiteStaff(programme: programme, staff: "s1", managesAccess: true)

    static func starters(_ language: Site.Language) -> [StarterCard] {
        Starter.Kind.allCases.map { kind in
            var counts = StarterCounts()
            (counts.events, counts.rules, counts.challenges, counts.streaks) = (3, 4, 2, 1)
            (counts.badges, counts.tiers, counts.rewards) = (2, 3, 2)
            return StarterCard(
                kind: kind, counts: counts, does: [StarterCard.Done(type: "article.read", times: 5)],
                gives: [Amount(98, ink(language))], badges: [say(language, nl: "Stem", en: "Voice", ja: "声")])
        }
    }

    static func startDesk(_ language: Site.Language, pilot: Int? = 0) -> StartDesk {
        StartDesk(
            version: 3, pilot: pilot, today: today,
            sample: StartDesk.Sample(
                type: "article.read", data: "{\"share\":0.9,\"seconds\":140}", gives: [Amount(10, ink(language))]),
            heard: [
                StartDesk.Heard(
                    event: ConsoleEvent(
                        id: "2", at: LocalMoment(today, minute: 600), type: "article.read", outcome: .noRule),
                    looks: [say(language, nl: "Gelezen", en: "Read", ja: "読んだ")]),
                StartDesk.Heard(
                    event: ConsoleEvent(
                        id: "1", at: LocalMoment(today, minute: 599), type: "artikel", outcome: .quarantined),
                    problem: say(language, nl: "Onbekend <soort>.", en: "Unknown <type>.", ja: "未知の<型>。")),
            ],
            refusals: [
                StartDesk.Refusal(at: LocalMoment(today, minute: 598), fault: .key, status: 401)
            ])
    }
}

import Synchronization

@testable import Site

extension Samples {
    static func circle(_ language: Language) -> CircleDesk {
        CircleDesk(friends: [
            .init(id: "f/1", boards: [.init(board: Wording("Most curious", language), name: "Calm Heron 42")]),
            .init(id: "f2"),
        ])
    }

    static func teams(_ language: Language) -> TeamDesk {
        TeamDesk(
            today: today,
            teams: [
                .init(
                    id: "t/1", name: Wording("Reading circle", language), members: 4,
                    challenges: [
                        .init(
                            title: Wording("Twenty stories", language), target: 20, reached: 12, own: 3,
                            others: [.init(name: "Swift Otter 17", added: 5)], until: today),
                        .init(title: Wording("Four podcasts", language), target: 4, quarters: 2),
                    ], shows: true, mayInvite: true)
            ],
            kinds: [
                .init(
                    id: "household", name: Wording("Household", language),
                    challenges: [Wording("Read together", language)])
            ])
    }

    static func consoleBoards(_ language: Language) -> ConsoleBoards {
        let unit = PointUnit(one: Wording("ink", language), other: Wording("ink", language))
        return ConsoleBoards(
            today: today,
            boards: [
                .init(
                    title: Wording("Most curious", language), minimum: 20,
                    periods: [
                        .init(state: .running, first: today, last: today, crowds: [.init(count: 340)]),
                        .init(state: .waiting(today), first: today, last: today),
                        .init(
                            state: .finished, first: today, last: today,
                            crowds: [.init(cohort: Wording("Silver", language), count: 41)], prizesGiven: 12,
                            prizesOpen: 1, total: Amount(900, unit)),
                        .init(state: .finished, first: today, last: today),
                    ]),
                .init(
                    title: Wording("Teams", language), minimum: 5, teams: Wording("Reading circle", language),
                    periods: [.init(state: .running)]),
            ])
    }
}

extension FakeSiteData {
    func circle(of member: SiteMember, language: Language) async throws -> CircleDesk { Samples.circle(language) }
    func offerFriendship(for member: SiteMember, key: String) async throws -> String { "ABCD-1234-EFGH-5678" }

    func acceptFriendship(code: String, for member: SiteMember) async throws -> Bool { code.hasPrefix("ABCD") }

    func endFriendship(_ id: String, for member: SiteMember) async throws -> Bool {
        state.withLock { $0.chosen.append("part \(id)") }
        return id == "f/1"
    }

    func teams(of member: SiteMember, language: Language) async throws -> TeamDesk { Samples.teams(language) }

    func team(_ id: String, _ wish: TeamWish, for member: SiteMember, key: String) async throws -> TeamOutcome {
        state.withLock { $0.chosen.append("team \(id) \(wish)") }
        switch wish {
        case .open, .invite: return .code("WXYZ-1234-EFGH-5678")
        case .join(let code): return code.hasPrefix("WXYZ") ? .done : .unknown
        case .leave: return .refused
        case .show: return .done
        }
    }

    func boards(for staff: SiteStaff, language: Language) async throws -> ConsoleBoards {
        Samples.consoleBoards(language)
    }
}

import HTTPTypes
import HummingbirdTesting
import Synchronization
import Testing

@testable import Site

@Suite struct HabitsTests {
    @Test func smallFiguresAreLeftOutAndCannotBeWorkedOut() {
        func protected(_ counts: [Int64]) -> [Int64?] {
            HabitFigures.protected(counts.map { (Wording("x", .en), $0) }).map(\.members)
        }
        #expect(protected([1_200, 44, 3]) == [1_200, nil, nil])
        #expect(protected([1_200, 44, 30]) == [1_200, 44, 30])
        #expect(protected([1_200, 4, 3]) == [1_200, nil, nil])
        #expect(protected([1_200, 0, 10]) == [1_200, 0, 10])
        #expect(protected([9]) == [nil])
        #expect(protected([]) == [])
    }

    @Test func noWordOnAStreakSpeaksOfLoss() {
        for texts in [Texts.nl, .en, .ja] {
            let words = [
                texts.history.toldStreak("12", "30"), texts.history.toldFreeze("12"), texts.member.streakOpen(.day),
                texts.member.pauseText, texts.history.toldTierDown("Silver", "100 credits"),
            ]
            for word in words {
                for loss in ["lose", "lost", "broke", "fail", "verlor", "verlies", "mislukt", "失い", "失敗"] {
                    #expect(!word.lowercased().contains(loss), "\(word)")
                }
            }
        }
    }

    @Test func aMemberSeesStreaksTierAndWhatThereIsToChoose() {
        let shell = Shell(language: .en, title: "t", programme: "p", path: nil)
        let page = PlayPage(Samples.memberToday(.en), shell: shell, texts: .en, csrf: "c")
        let me = MePage(Samples.memberToday(.en), shell: shell, texts: .en, csrf: "c")
        #expect(page.hasStreaks)
        #expect(page.streaks.map(\.ring) == [71, 100])
        #expect(page.streaks[0].dots.count == 7)
        #expect(page.streaks[0].goalAction == nil)
        #expect(page.streaks[1].choices.map(\.value) == ["3", "4", "5", "6", "7"])
        #expect(page.streaks[1].choices.filter(\.selected).map(\.value) == ["4"])
        #expect(page.challenges[1].joining?.action == "/m/challenges/first-steps/join")
        #expect(page.challenges[0].goal?.action == "/m/challenges/week-of-podcasts/goal")
        #expect(page.challenges[0].joining == nil)
        #expect(me.step?.level == "Level 3")
        #expect(me.tier?.ring == 60)
        #expect(me.tier?.invitations.first?.accept == "/m/tiers/friend/accept")
        #expect(page.pause?.running == nil)
        #expect(me.pressure?.most == "At most 1 on a day and 3 in seven days.")
        #expect(me.pressure?.choices.filter(\.chosen).map(\.id) == ["normal"])
    }

    @Test func whatAMemberChoosesNeedsTheirSessionAndTheTokenOfTheForm() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, site in
            let token = site.seals.formToken(for: "member-secret")
            let span = ["from": "2026-11-04", "to": "2026-11-08"]
            for (path, form, chosen) in [
                ("/m/streaks/pause", span, "pause 2026-11-04 2026-11-08"), ("/m/streaks/resume", [:], "resume"),
                ("/m/streaks/five-days/goal", ["days": "4"], "goal 4"), ("/m/tiers/friend/accept", [:], "accept"),
                ("/m/tiers/friend/decline", [:], "decline"), ("/m/challenges/winter/join", [:], "join"),
                ("/m/challenges/winter/leave", [:], "leave"),
                ("/m/challenges/winter/goal", ["target": "4"], "target 4"),
                ("/m/pressure", ["choice": "less"], "pressure less"),
            ] as [(String, [String: String], String)] {
                let stranger = try await RouteTests.post(client, path, form: form)
                #expect(stranger.status != .seeOther || stranger.headers[.location] != "/m/play")
                let forged = try await RouteTests.post(client, path, RouteTests.member, form: form)
                #expect(forged.status == .forbidden)
                #expect(data.state.withLock { $0.chosen.last } != chosen)
                let done = try await RouteTests.post(
                    client, path, RouteTests.member, form: form.merging(["csrf": token]) { first, _ in first })
                #expect(done.status == .seeOther)
                #expect(data.state.withLock { $0.chosen.last } == chosen)
            }
            for (path, form, status) in [
                ("/m/streaks/pause", ["from": "2026-11-08", "to": "2026-11-04"], .badRequest),
                ("/m/streaks/pause", ["from": "soon", "to": "later"], .badRequest),
                ("/m/streaks/five-days/goal", ["days": "9"], .badRequest),
                ("/m/pressure", ["choice": "always"], .badRequest),
                ("/m/tiers/gold/accept", [:], .notFound),
            ] as [(String, [String: String], HTTPResponse.Status)] {
                let refused = try await RouteTests.post(
                    client, path, RouteTests.member, form: form.merging(["csrf": token]) { first, _ in first })
                #expect(refused.status == status)
            }
            #expect(data.state.withLock { $0.chosen.count } == 9)
        }
    }

    @Test func staffRepairDaysFromTheConsole() async throws {
        let data = FakeSiteData()
        try await RouteTests.run(data) { client, site in
            let page = try await RouteTests.get(client, "/console/habits", RouteTests.staff)
            #expect(page.status == .ok)
            #expect(RouteTests.text(page).contains("/console/streaks/daily/repairs"))
            let token = site.seals.formToken(for: "staff-secret")
            let form = ["csrf": token, "from": "2026-11-04", "to": "2026-11-04"]
            let done = try await RouteTests.post(client, "/console/streaks/daily/repairs", RouteTests.staff, form: form)
            #expect(done.headers[.location] == "/console/habits?repaired=done")
            let refused = try await RouteTests.post(
                client, "/console/streaks/other/repairs", RouteTests.staff, form: form)
            #expect(refused.headers[.location] == "/console/habits?repaired=refused")
            #expect(data.state.withLock { $0.chosen } == ["repair 2026-11-04 2026-11-04"])
            let member = try await RouteTests.post(
                client, "/console/streaks/daily/repairs", RouteTests.member, form: form)
            #expect(member.status != .seeOther || member.headers[.location]?.hasPrefix("/console/habits") != true)
        }
    }
}

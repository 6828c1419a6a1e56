internal import Hummingbird
internal import Primitives

/// What members choose about streaks and tiers, and the console's page about them.
extension StamgastSite {
    func addHabits<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.post("/m/streaks/pause") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let pause = days(in: fields), try await data.pauseStreaks(pause, for: visit.person) else {
                throw SiteProblem.formUnreadable
            }
            return redirect(to: "/m/play")
        }
        router.post("/m/streaks/resume") { request, _ in
            let visit = try await member(of: request)
            _ = try await form(request, secret: cookies.value(of: .member, in: request))
            _ = try await data.pauseStreaks(nil, for: visit.person)
            return redirect(to: "/m/play")
        }
        router.post("/m/streaks/{id}/goal") { request, context in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let days = fields["days"].flatMap({ Int($0) }),
                try await data.chooseGoal(days, streak: parameter("id", of: context), for: visit.person)
            else { throw SiteProblem.formUnreadable }
            return redirect(to: "/m/play")
        }
        router.post("/m/pressure") { request, _ in
            let visit = try await member(of: request)
            let fields = try await form(request, secret: cookies.value(of: .member, in: request))
            guard let choice = fields["choice"].flatMap({ PressureDesk.Choice(rawValue: $0) }) else {
                throw SiteProblem.formUnreadable
            }
            try await data.choose(choice, for: visit.person)
            return redirect(to: "/m/me")
        }
        for (word, accepts) in [("accept", true), ("decline", false)] {
            router.post("/m/tiers/{id}/\(word)") { request, context in
                let visit = try await member(of: request)
                _ = try await form(request, secret: cookies.value(of: .member, in: request))
                let tier = try parameter("id", of: context)
                guard try await data.answerInvitation(tier: tier, accepts: accepts, for: visit.person) else {
                    throw SiteProblem.notFound
                }
                return redirect(to: "/m/me")
            }
        }
    }

    func addHabitsConsole<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/habits") { request, _ in
            let visit = try await staff(of: request)
            let figures = try await data.habits(for: visit.person, language: visit.texts.language)
            return html(
                HabitsPage(
                    figures, shell: shell(visit, path: "/console/habits"), texts: visit.texts, csrf: visit.csrf,
                    outcome: told("repaired", in: request)))
        }
        router.post("/console/streaks/{id}/repairs") { request, context in
            let visit = try await staff(of: request)
            let fields = try await form(request, secret: cookies.value(of: .staff, in: request))
            var outcome = HabitsPage.Outcome.refused
            if let days = days(in: fields),
                try await data.repair(days, streak: parameter("id", of: context), for: visit.person)
            {
                outcome = .done
            }
            return redirect(to: "/console/habits?repaired=\(outcome.rawValue)")
        }
    }

    /// `from` and `to` of a form, as browsers send dates.
    private func days(in fields: [String: String]) -> StreakPause? {
        func day(_ name: String) -> LocalDay? {
            fields[name].flatMap { CivilDate($0) }.flatMap { LocalDay(year: $0.year, month: $0.month, day: $0.day) }
        }
        guard let from = day("from"), let to = day("to") else { return nil }
        return StreakPause(from: from, to: to)
    }
}

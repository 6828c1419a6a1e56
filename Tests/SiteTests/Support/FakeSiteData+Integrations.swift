import Hummingbird
import Primitives
import Site
import Synchronization

extension FakeSiteData {
    /// Staff called `s9` only read.
    private func mayChange(_ staff: SiteStaff) -> Bool { staff.staff != "s9" }

    func hooks(for staff: SiteStaff) async throws -> HookDesk {
        var desk = Samples.hooks
        desk.mayChange = mayChange(staff)
        return desk
    }

    func hook(_ id: String, for staff: SiteStaff) async throws -> HookLog? {
        guard let hook = Samples.hooks.hooks.first(where: { $0.id == id }) else { return nil }
        var log = Samples.hookLog
        log.hook = hook
        log.mayChange = mayChange(staff)
        return log
    }

    func act(_ action: HookAction, onHook id: String, for staff: SiteStaff) async throws -> HookOutcome? {
        guard mayChange(staff) else { throw HTTPError(.forbidden) }
        guard Samples.hooks.hooks.contains(where: { $0.id == id }) else { return nil }
        state.withLock { $0.chosen.append("\(id) \(action)") }
        switch action {
        case .test: return .sent(.answered(204), milliseconds: 12)
        case .redeliver(let sequence): return sequence == 404 ? .gone : .sent(.timeout, milliseconds: 15_000)
        case .redeliverSince(let day): return day > Samples.today ? .nothing : .queued
        case .resume: return .resumed
        }
    }

    func change(_ change: HookChange, for staff: SiteStaff) async throws -> HookChangeOutcome {
        guard mayChange(staff) else { throw HTTPError(.forbidden) }
        state.withLock { $0.chosen.append("\(change)") }
        switch change {
        case .add(id: "crm", url: _): return .nameTaken
        case .add(_, let address):
            return address.contains("10.0.0.1") ? .addressInside : .done(secret: "whsec_FIRST")
        case .move(_, let address): return address.contains("10.0.0.1") ? .addressInside : .done(secret: nil)
        case .remove(let id): return id == "crm" ? .inUse : .done(secret: nil)
        }
    }

    func rotate(hook id: String, from generation: Int64, for staff: SiteStaff) async throws -> String? {
        guard mayChange(staff) else { throw HTTPError(.forbidden) }
        return state.withLock { state in
            state.chosen.append("rotate \(id) \(generation)")
            return generation == 2 ? "whsec_NEXT" : nil
        }
    }
}

extension Samples {
    static let hooks = HookDesk(
        today: today,
        hooks: [
            Hook(
                id: "crm", url: "https://crm.example/h?a=1&b=<2>",
                state: .failing(since: LocalMoment(today, minute: 600), until: LocalMoment(today, minute: 660)),
                backlog: 10_000, isMore: true, lastTaken: LocalMoment(today, minute: 599), setAside: 2,
                hours: Array(repeating: 0, count: 20) + [3, 9, 4, 0], failed: 7, generation: 2,
                formerUntil: LocalMoment(today, minute: 1_000)),
            Hook(
                id: "mail", url: "https://mail.example/", lastTaken: LocalMoment(today, minute: 10),
                hours: Array(repeating: 5, count: 24)),
            Hook(id: "new", url: "https://new.example/", state: .unused),
            Hook(id: "gone", url: "https://gone.example/", state: .gone, setAside: 1),
            Hook(id: "off", url: "https://off.example/", state: .stopped(since: nil)),
        ], mayChange: true)

    static let hookLog: HookLog = {
        let results: [HookResult] = [
            .answered(204), .answered(503), .timeout, .noConnection, .tls, .refused, .answered(422),
        ]
        // The first is a test, the second was asked for; more than one page of them.
        let attempts = (0..<120).map { index in
            HookLog.Attempt(
                number: Int64(120 - index), sequence: index == 0 ? nil : Int64(120 - index),
                message: index == 0 ? "msg_post_test_ab" : "msg_post_\(120 - index)",
                kind: index == 0 ? "stamgast.test" : "effect", at: LocalMoment(today, minute: 700 - index),
                attempt: index < 2 ? 0 : index % 4 + 1, result: results[index % results.count],
                milliseconds: Int64(10 + index), bytes: 214)
        }
        return HookLog(
            today: today, hook: hooks.hooks[0], attempts: attempts,
            letters: [
                HookLog.Letter(
                    sequence: 41, message: "msg_post_41", kind: "effect", at: LocalMoment(today, minute: 630),
                    attempts: 11, result: .answered(422)),
                HookLog.Letter(
                    sequence: 40, message: "msg_post_40", kind: "reversal", at: LocalMoment(today, minute: 600),
                    attempts: 11, result: .answered(400)),
            ], mayChange: true)
    }()
}

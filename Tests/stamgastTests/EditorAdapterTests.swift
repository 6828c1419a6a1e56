import Access
import Foundation
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Settings
import Site
import Storage
import Synchronization
import Testing
import Vault

@testable import stamgast

/// The programme editor over a real home: from a form to the points that an event gives.
@Suite struct EditorAdapterTests {
    /// One o'clock in the afternoon in Amsterdam.
    private static let now = Instant(seconds: 1_795_694_400)
    private static let rule = EntryPlace("rules/read-to-the-end.yaml")

    private final class SetClock: WallClock {
        private let time = Mutex(EditorAdapterTests.now)

        func now() -> Instant { time.withLock { $0 } }
        func advance(minutes: Int64) { time.withLock { $0.milliseconds += minutes * 60_000 } }
    }

    private struct Stage {
        var home: Home
        var adapter: SiteAdapter
        var face: ProgrammeFace
        var clock: SetClock
        /// May change the programme.
        var manager: SiteStaff

        /// What the end of a short story gives somebody new.
        func ink(_ user: String) async throws -> Int64 {
            let event = IncomingEvent(
                source: "t", id: user, type: "article.read", time: clock.now(),
                fields: ["item": "a1", "share": .double(0.9), "seconds": .integer(30)])
            let name = try #require(ExternalIdentity(.user, user))
            let results = try await home.engine.take(
                [EventEnvelope(event: event, user: name, anonymous: nil)], in: face.id)
            return results.flatMap(\.effects).filter { $0.kind == .award && $0.subject == "ink" }
                .reduce(0) { $0 + $1.amount }
        }

        func account(_ role: Role) async throws -> SiteStaff {
            let made = try await home.access.staff.create(
                name: role.rawValue, role: role, programmes: .only([face.id]), by: .commandLine, now: clock.now())
            return SiteStaff(programme: face, staff: made.id.description)
        }

        func revision() async throws -> Int64 {
            try await adapter.draftSheet(for: manager, language: .en)?.note.revision ?? 0
        }

        /// Changes the form of the rule.
        func fill(_ change: [String: String]) async throws -> EditOutcome {
            let sheet = try #require(
                try await adapter.entry(EditorAdapterTests.rule, for: manager, language: .en))
            return try await adapter.edit(
                .form(EditorAdapterTests.rule, sheet.values.merging(change) { $1 }), revision: sheet.revision,
                for: manager)
        }

        func text(_ path: String) async throws -> String {
            let current = try #require(try await home.versions.loadCurrent(face.id)).document
            return String(decoding: current[path] ?? [], as: UTF8.self)
        }
    }

    private static func with(_ body: (Stage) async throws -> Void) async throws {
        try await Binary.withFolder { folder in
            let clock = SetClock()
            let home = try await Home.open(
                try Configuration(flags: ["home": folder + "/home"]), environment: [:], clock: clock)
            do {
                let programme = try await home.install(demo: "avondpost")
                let adapter = SiteAdapter(
                    home: home, publisher: nil, publisherProgramme: nil, topicNames: [:], epoch: "t")
                let face = try #require(adapter.face(of: programme))
                let made = try await home.access.staff.create(
                    name: "Noor", role: .manager, programmes: .only([programme]), by: .commandLine, now: now)
                let manager = SiteStaff(programme: face, staff: made.id.description)
                try await body(
                    Stage(home: home, adapter: adapter, face: face, clock: clock, manager: manager))
            } catch {
                await home.close()
                throw error
            }
            await home.close()
        }
    }

    @Test func aFormsMistakeIsSaidAtItsFieldAndItsRightValueComesIntoForceAndGoesBack() async throws {
        try await Self.with { stage in
            let adapter = stage.adapter
            #expect(try await stage.ink("before") == 10)
            let wrong = try await stage.fill(["amount": "12", "when": "event.share >= 0.7\n  && event.nosuch > 1"])
            guard case .wrong(let problems) = wrong, let problem = problems.first(where: { $0.field == "when" }) else {
                Issue.record("it should be wrong: \(wrong)")
                return
            }
            #expect(problem.line == 2 && (4...12).contains(problem.column), "\(problem)")
            #expect(try await stage.revision() == 0, "nothing is kept")
            let number = try await stage.fill(["amount": "twelve"])
            guard case .wrong(let problems) = number else {
                Issue.record("it should be wrong: \(number)")
                return
            }
            #expect(problems.contains { $0.field == "amount" }, "\(problems)")

            let original = try await stage.text(Self.rule.path)
            let better = "event.share >= 0.6\n  && event.seconds >= 20"
            #expect(
                try await stage.fill(["amount": "12", "when": better, "why.en": "You read: all"]) == .saved(Self.rule))
            let revision = try await stage.revision()
            #expect(try await stage.fill([:]) == .saved(Self.rule))
            #expect(try await stage.revision() == revision, "the same again changes nothing")
            #expect(try await stage.ink("meanwhile") == 10, "a draft is not in force")

            let sheet = try #require(try await adapter.draftSheet(for: stage.manager, language: .en))
            #expect(sheet.note.by == "Noor" && sheet.difference.problems.isEmpty)
            let fields = sheet.difference.changes.map { $0.thing + " " + $0.field }
            #expect(fields.contains("rule read-to-the-end then.1.award.amount"), "\(fields)")
            let trial = try #require(
                try await adapter.tryEvent(
                    "article.read", data: "{\"item\": \"a\", \"share\": 0.65, \"seconds\": 30}", for: stage.manager,
                    language: .en))
            let line = trial.lines.first { $0.source == "rule read-to-the-end" }
            #expect(line?.outcome == .gives && line?.amounts.first?.count == 12, "\(trial)")
            #expect(
                try await adapter.tryEvent("article.read", data: "{}", for: stage.manager, language: .en)?.problem
                    != nil)

            #expect(try await adapter.apply(draft: revision - 1, StepTerms(), for: stage.manager) == .outdated)
            #expect(try await adapter.apply(draft: revision, StepTerms(), for: stage.manager) == .applied(2))
            #expect(try await adapter.apply(draft: revision, StepTerms(), for: stage.manager) == .gone)
            #expect(try await stage.ink("after") == 12)
            let text = try await stage.text(Self.rule.path)
            #expect(text.contains("when: |\n  event.share >= 0.6\n    && event.seconds >= 20\nthen:"))
            #expect(text.contains("exclusive: reading          # a long read gives more"), "comments stay")
            #expect(text.contains("en: 'You read: all'"))

            let list = try await adapter.editions(before: nil, for: stage.manager)
            #expect(list.editions.map(\.number) == [2, 1] && list.editions[0].by == "Noor")
            let first = try #require(try await adapter.edition(1, for: stage.manager))
            #expect(first.back?.changes.isEmpty == false && first.back?.problems.isEmpty == true)
            #expect(try await adapter.rollBack(to: 1, from: 2, StepTerms(), for: stage.manager) == .applied(3))
            #expect(try await adapter.rollBack(to: 1, from: 2, StepTerms(), for: stage.manager) == .applied(3), "once")
            #expect(try await stage.text(Self.rule.path) == original)
            #expect(try await stage.ink("again") == 10)
            let owner = try await stage.account(.owner)
            let log = try await adapter.audit(AuditQuery(object: "programme:"), checks: true, for: owner)
            #expect(log.lines.map(\.action) == ["programme.roll-back", "programme.apply", "draft.save"])
        }
    }

    @Test func aPlannedDraftComesIntoForceWhenTheClockPassesItAndNotOverAnotherVersion() async throws {
        try await Self.with { stage in
            let (adapter, home) = (stage.adapter, stage.home)
            #expect(try await stage.fill(["amount": "14"]) == .saved(Self.rule))
            var revision = try await stage.revision()
            let day = try #require(LocalDay(year: 2026, month: 11, day: 26))
            let past = LocalMoment(day, minute: 11 * 60 + 59)
            #expect(try await adapter.plan(draft: revision, at: past, StepTerms(), for: stage.manager) == .badTime)
            let soon = LocalMoment(day, minute: 14 * 60)
            #expect(try await adapter.plan(draft: revision, at: soon, StepTerms(), for: stage.manager) == .saved(nil))
            #expect(try await stage.fill(["amount": "15"]) == .planned)
            #expect(try await adapter.draftSheet(for: stage.manager, language: .en)?.note.planned == soon)
            #expect(try await home.applyDueDraft(of: stage.face.id, at: stage.clock.now()) == false)
            stage.clock.advance(minutes: 121)
            #expect(try await home.applyDueDraft(of: stage.face.id, at: stage.clock.now()))
            #expect(try await home.applyDueDraft(of: stage.face.id, at: stage.clock.now()) == false)
            #expect(try await stage.ink("planned") == 14)
            #expect(try await stage.revision() == 0)
            #expect(try await home.versions.current(stage.face.id)?.appliedBy == stage.manager.staff)

            // Another version comes in between.
            #expect(try await stage.fill(["amount": "16"]) == .saved(Self.rule))
            revision = try await stage.revision()
            let later = LocalMoment(day, minute: 16 * 60)
            #expect(try await adapter.plan(draft: revision, at: later, StepTerms(), for: stage.manager) == .saved(nil))
            #expect(try await adapter.rollBack(to: 1, from: 2, StepTerms(), for: stage.manager) == .applied(3))
            stage.clock.advance(minutes: 120)
            #expect(try await home.applyDueDraft(of: stage.face.id, at: stage.clock.now()))
            let sheet = try #require(try await adapter.draftSheet(for: stage.manager, language: .en))
            #expect(sheet.note.refusal == .outdated && sheet.note.planned == nil)
            #expect(sheet.conflicts == [Self.rule.path] && sheet.version == 3)
            #expect(try await stage.ink("refused") == 10)
            #expect(
                try await adapter.edit(.rebase(keepsOwn: true), revision: sheet.note.revision, for: stage.manager)
                    == .saved(nil))
            #expect(
                try await adapter.apply(draft: try await stage.revision(), StepTerms(), for: stage.manager)
                    == .applied(4))
            #expect(try await stage.ink("rebased") == 16)
        }
    }

    @Test func whatMembersAreInTheMiddleOfIsAskedAndAnswered() async throws {
        try await Self.with { stage in
            let (adapter, place) = (stage.adapter, EntryPlace("challenges/five-stories.yaml"))
            _ = try await stage.ink("reader")
            let sheet = try #require(try await adapter.entry(place, for: stage.manager, language: .en))
            #expect(sheet.values["target"] == "5" && sheet.values["count"] == "article.read")
            let values = sheet.values.merging(["target": "3"]) { $1 }
            #expect(try await adapter.edit(.form(place, values), revision: 0, for: stage.manager) == .saved(place))
            let draft = try #require(try await adapter.draftSheet(for: stage.manager, language: .en))
            let question = try #require(draft.difference.questions.first { $0.isStated })
            #expect(question.id == "challenge.five-stories" && question.choices == [.keep, .convert, .restart])
            let why: [Site.Language: String] = [.nl: "Drie: dat past.", .en: "Three fits.", .ja: "三つで十分です。"]
            #expect(
                try await adapter.apply(
                    draft: draft.note.revision, StepTerms(choices: [question.id: .restart], because: why),
                    for: stage.manager) == .applied(2))
            #expect(try await stage.text("changes.yaml").contains("five-stories: restart"))
            let reading = try #require(try await stage.home.versions.loadCurrent(stage.face.id)).document.reading
            #expect(reading?.changes?.because.values == [.nl: "Drie: dat past.", .en: "Three fits.", .ja: "三つで十分です。"])
        }
    }

    @Test func entriesOfEveryKindAreMadeCopiedSwitchedAndTakenOut() async throws {
        try await Self.with { stage in
            let (adapter, manager) = (stage.adapter, stage.manager)
            let names = ["name.nl": "Nieuw", "name.en": "New", "name.ja": "新しい"]
            let whys = ["why.nl": "Nieuw", "why.en": "New", "why.ja": "新しい"]
            let filled: [(EntryForm.Kind, [String: String])] = [
                (.rule, whys.merging(["amount": "7", "trigger": "comment.posted"]) { $1 }),
                (.challenge, names.merging(whys) { $1 }.merging(["target": "2", "amount": "5", "unit": "ink"]) { $1 }),
                (.reward, names.merging(["price": "90", "stock": "4"]) { $1 }),
                (.tier, names.merging(["at": "900"]) { $1 }),
                (.text, ["text.nl": "Dag: hallo", "text.en": "12", "text.ja": "こんにちは"]),
            ]
            for (kind, change) in filled {
                let sheet = try await adapter.newEntry(kind, for: manager, language: .en)
                let create = ProgrammeEdit.create(
                    kind, id: "new-one", sheet.values.merging(change) { $1 })
                let made = try await adapter.edit(create, revision: sheet.revision, for: manager)
                guard case .saved(let place?) = made else {
                    Issue.record("\(kind) should be made: \(made)")
                    continue
                }
                #expect(try await adapter.edit(create, revision: sheet.revision, for: manager) == made, "twice is once")
                let seen = try #require(try await adapter.entry(place, for: manager, language: .en))
                for (name, value) in change { #expect(seen.values[name] == value, "\(kind) \(name)") }
            }
            let bad = try await adapter.edit(
                .create(.rule, id: "Bad Name", [:]), revision: try await stage.revision(), for: manager)
            #expect(bad == .badName)
            func act(_ edit: ProgrammeEdit) async throws -> EditOutcome {
                try await adapter.edit(edit, revision: try await stage.revision(), for: manager)
            }
            let copy = EntryPlace("rules/copied.yaml")
            #expect(try await act(.duplicate(EntryPlace("rules/watched-through.yaml"), as: "copied")) == .saved(copy))
            #expect(try await act(.duplicate(Self.rule, as: "new-one")) == .badName)
            #expect(try await act(.turn(copy, on: false)) == .saved(copy))
            let off = try #require(try await adapter.entry(copy, for: manager, language: .en))
            #expect(off.state == .off && off.values["until"] == "2026-11-26T13:00", "\(off.values)")
            #expect(try await act(.turn(copy, on: true)) == .saved(copy))
            #expect(try await adapter.entry(copy, for: manager, language: .en)?.state == .on)
            _ = try await act(.remove(copy))
            #expect(try await adapter.entry(copy, for: manager, language: .en) == nil)
            _ = try await act(.remove(EntryPlace("programme.yaml", id: "new-one")))
            let desk = try await adapter.programmeDesk(for: manager, language: .en)
            let tiers = try #require(desk.sections.first { $0.name == "tiers" })
            #expect(tiers.entries.map(\.name) == ["bronze", "silver", "gold", "platinum"])
            #expect(tiers.entries.allSatisfy { !$0.isChanged })
            let rules = try #require(desk.sections.first { $0.name == "rules" })
            #expect(rules.entries.filter(\.isChanged).map(\.name) == ["new-one"])
            guard case .wrong = try await act(.file(path: "rules/long-read.yaml", text: "rule: [")) else {
                Issue.record("no YAML should be kept")
                return
            }
            #expect(
                try await adapter.apply(draft: try await stage.revision(), StepTerms(), for: manager) == .applied(2))
        }
    }

    @Test(arguments: Role.allCases) func whoMayOnlyLookChangesNothing(role: Role) async throws {
        try await Self.with { stage in
            let adapter = stage.adapter
            let staff = try await stage.account(role)
            let (reads, writes) = (
                role.permissions.contains(.programmeRead), role.permissions.contains(.programmeWrite)
            )
            func refuses(_ body: () async throws -> Void) async -> Bool {
                do {
                    try await body()
                    return false
                } catch let error as HTTPError {
                    return error.status == .forbidden
                } catch {
                    return false
                }
            }
            let moment = LocalMoment(LocalDay(daysSinceEpoch: 22_000), minute: 0)
            #expect(await refuses { _ = try await adapter.programmeDesk(for: staff, language: .en) } == !reads)
            #expect(await refuses { _ = try await adapter.entry(Self.rule, for: staff, language: .en) } == !reads)
            #expect(await refuses { _ = try await adapter.documentSheet(for: staff) } == !reads)
            #expect(await refuses { _ = try await adapter.draftSheet(for: staff, language: .en) } == !reads)
            #expect(await refuses { _ = try await adapter.editions(before: nil, for: staff) } == !reads)
            #expect(await refuses { _ = try await adapter.edition(1, for: staff) } == !reads)
            #expect(await refuses { _ = try await adapter.edit(.discard, revision: 0, for: staff) } == !writes)
            #expect(
                await refuses { _ = try await adapter.edit(.remove(Self.rule), revision: 9, for: staff) } == !writes)
            #expect(await refuses { _ = try await adapter.apply(draft: 0, StepTerms(), for: staff) } == !writes)
            #expect(
                await refuses { _ = try await adapter.plan(draft: 0, at: moment, StepTerms(), for: staff) } == !writes)
            #expect(await refuses { _ = try await adapter.backtestDraft(for: staff, key: "k") } == !writes)
            #expect(
                await refuses { _ = try await adapter.rollBack(to: 1, from: 1, StepTerms(), for: staff) } == !writes)
            #expect(try await stage.home.versions.current(stage.face.id)?.number == 1)
            #expect(try await stage.revision() == 0)
        }
    }
}

import Foundation
import Loyalty
import Primitives
import Runtime
import Storage
import Testing
import Vault

/// Histories in the form of `vectors/loyalty/expiry.json` (see `vectors/README.md`), carried out by the engine: one
/// member per case, the same step of all cases in one batch.
struct LedgerCases {
    let file: JSONValue
    let cases: [JSONValue]
    let programme: Programme

    init(_ file: JSONValue) throws {
        self.file = file
        cases = file["cases"]?.arrayValue ?? []
        programme = try Self.programme(file)
    }

    static func read(_ name: String) throws -> LedgerCases {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path = root.appendingPathComponent("vectors/loyalty/" + name)
        return try LedgerCases(JSONValue(parsing: [UInt8](try Data(contentsOf: path))))
    }

    /// The programme that every file speaks of: its units and budgets, and for each unit a rule that gives the amount of an
    /// `earned` event. JSON is YAML.
    private static func programme(_ file: JSONValue) throws -> Programme {
        func document(_ value: JSONValue) -> String { String(decoding: value.bytes(), as: UTF8.self) }
        var root: JSONObject = [
            "programme": "vectors", "name": "Vectors", "languages": ["en"],
            "timezone": file["zone"] ?? "Europe/Amsterdam", "day-start": file["day_start"] ?? "00:00",
            "lateness": file["lateness"] ?? "72 hours",
        ]
        var texts: [String: String] = [:]
        let amounts = Set(
            (file["cases"]?.arrayValue ?? []).flatMap { $0["steps"]?.arrayValue ?? [] }
                .compactMap { $0["spend"]?.intValue })
        var units = JSONObject()
        for (id, unit) in file["units"]?.objectValue?.members.map({ ($0.key, $0.value) }) ?? [] {
            var unit = unit.objectValue ?? JSONObject()
            var rule: JSONObject = [
                "rule": .string("earn-" + id), "trigger": "earned", "when": .string("event.unit == '\(id)'"),
                "then": [["award": ["amount": "event.amount", "unit": .string(id)]]],
            ]
            for key in ["budget", "limits"] {
                if let value = unit[key] { rule[key] = value }
                unit[key] = nil
            }
            texts["rules/earn-\(id).yaml"] = document(.object(rule))
            unit["name"] = .string(id)
            units[id] = .object(unit)
            for amount in amounts {
                texts["rewards/\(id)-\(amount).yaml"] = document([
                    "reward": .string("\(id)-\(amount)"), "kind": "digital", "name": "n", "text": "t",
                    "price": ["amount": .integer(amount), "unit": .string(id)],
                ])
            }
        }
        root["units"] = .object(units)
        if let budgets = file["budgets"] { root["budgets"] = budgets }
        texts["programme.yaml"] = document(.object(root))
        texts["events/earned.yaml"] = document([
            "event": "earned",
            "fields": [
                "amount": "integer", "unit": "text", "order": ["type": "text", "required": false],
            ],
        ])
        for type in ["delivered", "returned", "visited"] {
            texts["events/\(type).yaml"] = document([
                "event": .string(type), "fields": ["order": ["type": "text", "required": false]],
            ])
        }
        let document = try ProgrammeDocument(texts)
        return try document.programme()
    }

    /// What the engine shows at each `expect` or `look` of each case, in order.
    func observed(_ test: TestEngine) async throws -> [[JSONValue]] {
        let compiled = try #require(test.engine.host[test.programme])
        let names = cases.indices.compactMap { ExternalIdentity(.user, "é-\($0)") }
        let members = try await test.engine.identities.resolve(names, programme: test.programme, now: TestEngine.start)
        var seen = [[JSONValue]](repeating: [], count: cases.count)
        let most = cases.map { $0["steps"]?.arrayValue?.count ?? 0 }.max() ?? 0
        // Where the member lives from the start.
        let first = cases.compactMap { $0["steps"]?[0]?["at"]?.stringValue.flatMap { RFC3339.parse($0) } }.min()
        try await run(
            cases.indices.map { index in
                Command(
                    programme: test.programme, member: members[index],
                    action: .profile(
                        ProfileChange(
                            level: index % 2 == 0 ? .session : .personal, timeZone: cases[index]["zone"]?.stringValue,
                            dayStartMinutes: cases[index]["day_start"]?.stringValue.flatMap(Self.minutes))),
                    now: first ?? TestEngine.start)
            }, test)
        for step in 0..<most {
            var commands: [Command] = []
            var looks: [(index: Int, now: Instant)] = []
            for index in cases.indices {
                guard let what = cases[index]["steps"]?[step],
                    let now = what["at"]?.stringValue.flatMap({ RFC3339.parse($0) })
                else { continue }
                if what["expect"] != nil || what["look"] != nil {
                    looks.append((index, now))
                } else {
                    commands += try self.commands(
                        what, index, step, member: members[index], now: now, test)
                }
            }
            try await run(commands, test)
            try await look(looks, members, compiled, test, into: &seen)
        }
        return seen
    }

    static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":").compactMap { Int($0) }
        return parts.count == 2 ? parts[0] * 60 + parts[1] : nil
    }

    private func commands(
        _ step: JSONValue, _ index: Int, _ number: Int, member: MemberID, now: Instant, _ test: TestEngine
    ) throws -> [Command] {
        let programme = test.programme
        func command(_ action: Command.Action) -> Command {
            Command(programme: programme, member: member, action: action, now: now)
        }
        if let amount = step["spend"]?.intValue {
            let hold = test.engine.holdID(programme: programme, member: member, key: "\(number)")
            let reward = "\(cases[index]["unit"]?.stringValue ?? "")-\(amount)"
            return [command(.redeem(reward: reward, hold: hold)), command(.confirm(hold: hold))]
        }
        if let zone = step["zone"]?.stringValue { return [command(.profile(ProfileChange(timeZone: zone)))] }
        if step["keeper"] != nil { return [command(.settle)] }
        if let id = step["amend"]?.stringValue {
            let (place, sent) = try #require(
                cases[index]["steps"]?.arrayValue?.enumerated().first { $1["id"]?.stringValue == id })
            let at = try #require(sent["at"]?.stringValue.flatMap { RFC3339.parse($0) })
            let original = try event(sent, index, place, now: at)
            var corrected: IncomingEvent? = original
            if let amount = step["to"], amount != .null {
                corrected?.fields["amount"] = amount
            } else {
                corrected = nil
            }
            let claim = test.engine.claim(programme: programme, source: original.source, id: original.id)
            return [command(.amend(Amendment(original: original, claim: claim, corrected: corrected)))]
        }
        let event = try event(step, index, number, now: now)
        return [
            command(.event(event, claim: test.engine.claim(programme: programme, source: event.source, id: event.id)))
        ]
    }

    private func event(_ step: JSONValue, _ index: Int, _ number: Int, now: Instant) throws -> IncomingEvent {
        var fields = JSONObject()
        if let order = step["order"] { fields["order"] = order }
        var type = step["event"]?.stringValue ?? ""
        if let amount = step["earn"] {
            type = "earned"
            fields["amount"] = amount
            fields["unit"] = cases[index]["unit"]
        }
        let time = step["time"]?.stringValue.flatMap { RFC3339.parse($0) } ?? now
        return IncomingEvent(
            source: "vectors", id: "\(index)-" + (step["id"]?.stringValue ?? "step-\(number)"), type: type, time: time,
            fields: fields)
    }

    private func run(_ commands: [Command], _ test: TestEngine) async throws {
        guard !commands.isEmpty else { return }
        for (command, result) in zip(commands, try await test.engine.submit(commands)) {
            do {
                if case .quarantined(let problem) = try result.get().status {
                    Issue.record("\(command.action) at \(command.now): \(problem)")
                }
            } catch PipelineProblem.command(.ledger(.insufficient)), PipelineProblem.command(.ledger(.unknownHold)) {
                // Not enough to spend: nothing happens, and there is nothing to confirm.
            }
        }
    }

    private func look(
        _ looks: [(index: Int, now: Instant)], _ members: [MemberID], _ compiled: CompiledProgramme,
        _ test: TestEngine, into seen: inout [[JSONValue]]
    ) async throws {
        guard !looks.isEmpty else { return }
        func all() async throws -> [JSONValue] {
            let store = LoyaltyStore(programme: test.programme)
            let keys = looks.map { members[$0.index] }
            let states = try await test.database.read { try store.load(keys, joinedDay: 0, $0) }
            return looks.map { look in
                guard let state = states[members[look.index]] else { return .null }
                let summary = MemberSummary(state, programme: compiled, offsets: test.engine.zones, now: look.now)
                let unit = cases[look.index]["unit"]?.stringValue ?? ""
                return Self.json(summary.balances.first { $0.unit == unit }, at: look.now)
            }
        }
        let before = try await all()
        // What is seen does not depend on whether the calendar was carried out.
        try await run(
            looks.map { Command(programme: test.programme, member: members[$0.index], action: .settle, now: $0.now) },
            test)
        let after = try await all()
        for (place, look) in looks.enumerated() {
            #expect(
                before[place] == after[place],
                "\(cases[look.index]["name"] ?? "") \(RFC3339.format(look.now)): before and after the keeper")
            seen[look.index].append(after[place])
        }
    }

    /// Lots that become spendable and expire together are shown as one.
    private static func json(_ balance: MemberSummary.Balance?, at now: Instant) -> JSONValue {
        guard let balance else { return .null }
        func text(_ instant: Instant?) -> JSONValue {
            instant.map { .string(RFC3339.format($0).replacing(".000Z", with: "Z")) } ?? .null
        }
        struct Group: Hashable, Comparable {
            var expires: Int64
            var active: Int64
            static func < (left: Group, right: Group) -> Bool {
                (left.expires, left.active) < (right.expires, right.active)
            }
        }
        var groups: [Group: (Lot, Int64)] = [:]
        for lot in balance.lots {
            let active = lot.isPending(at: now) ? lot.activeAt : nil
            let key = Group(expires: lot.expiresAt?.milliseconds ?? .max, active: active?.milliseconds ?? 0)
            groups[key] = (lot, (groups[key]?.1 ?? 0) + lot.remaining)
        }
        let lots = groups.sorted { $0.key < $1.key }.map { key, value -> JSONValue in
            [
                "remaining": .integer(value.1), "active_at": key.active == 0 ? .null : text(value.0.activeAt),
                "expires_at": text(value.0.expiresAt),
            ]
        }
        return [
            "spendable": .integer(balance.spendable), "pending": .integer(balance.pending),
            "owed": .integer(balance.owed), "lots": .array(lots),
        ]
    }
}

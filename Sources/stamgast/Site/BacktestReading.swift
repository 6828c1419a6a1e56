import Loyalty
import Primitives
import Runtime
import Site

/// Reads the stored result of a back-test or a replay for the console.
struct BacktestReading: ResultReading {
    let view: SiteView

    func fill(_ sheet: inout BacktestSheet, _ result: JSONValue) {
        sheet.changes = array(result["difference"]?["changes"]).map { change in
            BacktestDraft.Change(
                thing: text(change["thing"]) + " " + text(change["id"]), field: text(change["field"]),
                from: change["from"]?.stringValue, to: change["to"]?.stringValue)
        }
        sheet.keptEvents = integer(result["kept_events"])
        sheet.claims = integer(result["claims"])
        if let counters = result["counters"] {
            sheet.counters = self.counters(counters)
            sheet.uncovered = array(counters["not_covered"]).map {
                BacktestSheet.Note(id: text($0["id"]), text: text($0["reason"]))
            }
        }
        if let replay = result["replay"], replay != .null { sheet.events = events(replay) }
    }

    func replay(_ result: JSONValue) -> BacktestSheet.Replay {
        BacktestSheet.Replay(
            effects: integer(result["effects"]), ofRules: integer(result["of_rules"]),
            share: result["share"]?.doubleValue ?? 0, differing: integer(result["differences"]),
            differences: array(result["listed"]).map {
                BacktestSheet.Note(id: text($0["source"]), text: text($0["says"]))
            })
    }

    private func counters(_ json: JSONValue) -> BacktestSheet.Part {
        let rules = array(json["rules"])
        let units = programme.units.map(\.id).filter { unit in rules.contains { text($0["unit"]) == unit } }
        return BacktestSheet.Part(
            members: integer(json["members"]),
            units: units.flatMap { unit in
                rules.filter { text($0["unit"]) == unit }.map { rule in
                    BacktestSheet.Unit(
                        unit: view.unit(unit),
                        rows: [
                            .init(
                                source: text(rule["rule"]),
                                given: .init(integer(rule["before"]), integer(rule["after"])))
                        ], more: rule["members_with_more"]?.intValue, less: rule["members_with_less"]?.intValue)
                }
            }, moves: moves(json),
            achievements: array(json["challenges"]).map { line in
                BacktestSheet.Achievement(
                    name: name("challenge", text(line["challenge"])), gained: line["gained"]?.intValue,
                    lost: line["lost"]?.intValue)
            }.filter { $0.gained != 0 || $0.lost != 0 })
    }

    private func events(_ json: JSONValue) -> BacktestSheet.Part {
        let units = array(json["units"]).map { unit in
            var shown = BacktestSheet.Unit(
                unit: view.unit(text(unit["unit"])),
                rows: array(unit["sources"]).map { source in
                    .init(source: text(source["source"]), given: pair(source["amount"]))
                }.filter { $0.given.before != $0.given.after },
                owed: pair(unit["outstanding"]), more: unit["members_with_more"]?.intValue,
                less: unit["members_with_less"]?.intValue)
            if let liability = unit["liability"] {
                let currency = " " + text(liability["currency"])
                shown.money = (text(liability["before"]) + currency, text(liability["after"]) + currency)
            }
            return shown
        }
        return BacktestSheet.Part(
            members: integer(json["members"]), units: units.filter { !$0.rows.isEmpty }, moves: moves(json),
            achievements: array(json["achievements"]).map { line in
                BacktestSheet.Achievement(
                    name: name(text(line["kind"]), text(line["id"])), gained: line["gained"]?.intValue,
                    lost: line["lost"]?.intValue)
            }.filter { $0.gained != 0 || $0.lost != 0 })
    }

    private func moves(_ json: JSONValue) -> [BacktestSheet.Move] {
        array(json["tiers"]).map { move in
            BacktestSheet.Move(
                from: tier(text(move["from"])), to: tier(text(move["to"])), members: move["members"]?.intValue)
        }
    }

    // MARK: Names

    private func tier(_ id: String) -> Wording? {
        id.isEmpty ? nil : wording(programme.tiers?.tiers.first { $0.id == id }?.name, id)
    }

    private func name(_ kind: String, _ id: String) -> Wording {
        let name: ProgrammeText? =
            switch kind {
            case "badge": programme.badges.first { $0.id == id }?.name
            case "challenge": programme.challenges.first { $0.id == id }?.name
            case "streak": programme.streaks.first { $0.id == id }?.name
            default: nil
            }
        return wording(name, id)
    }

    private func pair(_ value: JSONValue?) -> BacktestSheet.Pair {
        .init(integer(value?["before"]), integer(value?["after"]))
    }
}

import Foundation
import Primitives

extension LevelEvaluation {
    var json: JSONValue {
        let tables = tables.map { table -> JSONValue in
            var object: JSONObject = [
                "split": .string(table.method.rawValue), "members": .integer(Int64(table.members)),
                "tested": .integer(Int64(table.tested)), "weight": .double(table.chosen.weight),
                "strength": .double(table.chosen.strength), "levels": .array(table.rows.map(Self.json)),
            ]
            if table.chosen.halfLife.isFinite {
                object["personaHalfLifeDays"] = .double(table.chosen.halfLife / Self.day)
            }
            return .object(object)
        }
        let events = hits.map { hit -> JSONValue in
            var object: JSONObject = [
                "model": .string(hit.model), "hr@10": .double(hit.hitRate), "retained": .double(hit.retained),
                "privacy": .string(hit.privacy),
            ]
            if let k = hit.k { object["k"] = .integer(Int64(k)) }
            return .object(object)
        }
        return .object([
            "seed": .integer(Int64(truncatingIfNeeded: seed)), "tables": .array(tables),
            "prequential": .array(events),
        ])
    }

    private static func json(_ row: Row) -> JSONValue {
        var object: JSONObject = [
            "level": .string(row.level), "recall@20": .double(row.recall), "ndcg@100": .double(row.ndcg),
            "coverage@20": .double(row.coverage), "retained": .double(row.retained),
            "gainKept": .double(row.gainKept), "retainedByQuartile": .array(row.quartiles.map { .double($0) }),
            "privacy": .string(row.privacy),
        ]
        if let k = row.k { object["k"] = .integer(Int64(k)) }
        if let epsilon = row.epsilon { object["epsilon"] = .double(epsilon) }
        return .object(object)
    }

    var text: String {
        var lines: [String] = []
        for table in tables {
            let days = table.chosen.halfLife.isFinite ? "\(Int(table.chosen.halfLife / Self.day)) d" : "none"
            lines += [
                "Levels, split \(table.method.rawValue): \(table.members) members learned from, \(table.tested) tested, "
                    + "seed \(seed); chosen on train rows: a \(table.chosen.weight), strength "
                    + "\(Int(table.chosen.strength)), persona half-life \(days)",
                "recall@20  NDCG@100  coverage@20  retained  gain kept  by quarter, mainstream first  level; privacy",
            ]
            lines += table.rows.map(Self.line) + [""]
        }
        guard !hits.isEmpty else { return lines.joined(separator: "\n") }
        lines.append("HR@10   of personal  prequential model; privacy")
        for hit in hits {
            let name = hit.model + (hit.k.map { ", k = \($0)" } ?? "")
            lines.append(String(format: "%.4f  %.4f       ", hit.hitRate, hit.retained) + name + "; " + hit.privacy)
        }
        return lines.joined(separator: "\n")
    }

    private static func line(_ row: Row) -> String {
        var name = row.level
        if let k = row.k { name += ", k = \(k)" }
        if let epsilon = row.epsilon { name += ", ε = \(PrivacyEvaluation.number(epsilon))" }
        let quarters = row.quartiles.map { String(format: "%.3f", $0) }.joined(separator: "/")
        return String(
            format: "%.4f     %.4f    %.4f       %.3f     %6.3f     ", row.recall, row.ndcg, row.coverage,
            row.retained, row.gainKept) + quarters + "  " + name + "; " + row.privacy
    }
}

import ArgumentParser
import Foundation
import Primitives
import Recommending

/// The tables of `stamgast evaluate quality`.
struct QualityReport {
    struct StaticRow {
        var model: String
        var quality: StaticSplit.Quality
        /// Seconds, for what is trained.
        var fit: Double?
        var threads: Int?
    }

    struct Speed {
        var threads: Int
        var fit: Double
        var usersPerSecond: Double
    }

    let rows: Int
    let users: Int
    let items: Int
    private(set) var staticRows: [StaticRow] = []
    let prequential: [Prequential.Row]
    private(set) var speeds: [Speed] = []

    private static let day = 86_400.0

    init(_ data: RatedRows, ease: Bool) throws {
        (rows, users, items) = (data.rows.count, data.users.count, data.items.count)
        let train = rows * 4 / 5
        guard train > 0, train < rows else { throw ValidationError("There are too few ratings to split.") }
        let split = StaticSplit(data, trainCount: train)
        let now = split.trainRows[train - 1].time
        func popular(_ model: String, _ halfLife: Double, since: Int64 = .min) -> StaticRow {
            let popularity = split.popularity(halfLife: halfLife, since: since)
            return StaticRow(model: model, quality: split.quality(split.lists(popularity, now: now)))
        }
        staticRows = [
            popular("popularity", .infinity), popular("popularity, last 30 days", .infinity, since: now - 30 * 86_400),
        ]
        for days in [1.0, 2, 3, 7, 14] {
            staticRows.append(popular("decayed, half-life \(Int(days)) d", days * Self.day))
        }
        var neighbours = ItemNeighbours(rows: [])
        for threads in [1, 2] {
            let fit = Self.best { neighbours = RP3Beta().fit(split.train, threads: threads) }
            let ranker = Ranker(
                neighbours: neighbours, popularity: split.popularity(halfLife: 2 * Self.day), weight: 0.05)
            let serve = Self.best { Self.serve(split, ranker, now: now, threads: threads) }
            speeds.append(
                Speed(threads: threads, fit: fit, usersPerSecond: Double(split.testUsers.count) / serve))
            guard threads == 1 else { continue }
            staticRows.append(
                StaticRow(
                    model: "RP3beta α .8 β .4 K 200", quality: split.quality(split.lists(neighbours)), fit: fit,
                    threads: 1))
            staticRows.append(
                StaticRow(
                    model: "RP3beta^.05 × decayed 2 d", quality: split.quality(split.lists(ranker, now: now)),
                    fit: fit, threads: 1))
        }
        if ease {
            // Items are numbered as they first occur, so those of the train rows come first.
            let known = Int(split.trainRows.map(\.item).max() ?? -1) + 1
            let interactions = Interactions(split.trainRows, users: users, items: known)
            var weights = ItemNeighbours(rows: [])
            let fit = Self.seconds { weights = EASE().fit(interactions, threads: 2) }
            staticRows.append(
                StaticRow(
                    model: "EASE λ 100, 100 per row", quality: split.quality(split.lists(weights)), fit: fit,
                    threads: 2))
        }
        prequential = Prequential(
            halfLives: [Self.day, 3 * Self.day, 7 * Self.day, .infinity], weights: [0, 0.2, 0.5, 1]
        ).run(data, evaluating: train..<rows, threads: 2) { share in
            Output.progress(Int(share * 100), of: 100, "percent of the ratings predicted")
        }
    }

    private static func serve(_ split: StaticSplit, _ ranker: Ranker, now: Int64, threads: Int) {
        DispatchQueue.concurrentPerform(iterations: threads) { part in
            var scratch = Ranker.Scratch()
            for index in stride(from: part, to: split.testUsers.count, by: threads) {
                let history = split.train[Int(split.testUsers[index])]
                ranker.recommend(history: history, limit: 10, now: now, scratch: &scratch)
            }
        }
    }

    private static func seconds(_ work: () -> Void) -> Double {
        let duration = ContinuousClock().measure(work)
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    /// The best of three, after none to warm up.
    private static func best(_ work: () -> Void) -> Double {
        (0..<3).map { _ in seconds(work) }.min() ?? 0
    }

    var json: JSONValue {
        let table = staticRows.map { row -> JSONValue in
            var object: JSONObject = [
                "model": .string(row.model), "recall@10": .double(row.quality.recall),
                "ndcg@10": .double(row.quality.ndcg), "coverage": .double(row.quality.coverage),
            ]
            if let fit = row.fit { object["fitSeconds"] = .double(fit) }
            if let threads = row.threads { object["fitThreads"] = .integer(Int64(threads)) }
            return .object(object)
        }
        let events = prequential.map { row -> JSONValue in
            .object([
                "halfLifeDays": row.halfLife.isFinite ? .double(row.halfLife / Self.day) : .null,
                "a": .double(row.weight), "hr@10": .double(row.hitRate), "mrr@10": .double(row.reciprocalRank),
            ])
        }
        let speed = speeds.map { row -> JSONValue in
            .object([
                "threads": .integer(Int64(row.threads)), "fitSeconds": .double(row.fit),
                "usersPerSecond": .double(row.usersPerSecond),
            ])
        }
        return .object([
            "rows": .integer(Int64(rows)), "users": .integer(Int64(users)), "items": .integer(Int64(items)),
            "static": .array(table), "prequential": .array(events), "rp3": .array(speed),
        ])
    }

    var text: String {
        func number(_ value: Double) -> String { String(format: "%.4f", value) }
        var lines = ["\(rows) ratings, \(users) users, \(items) items", "", "recall@10  NDCG@10  coverage  model"]
        for row in staticRows {
            let time = row.fit.map { String(format: " (fit %.3f s, threads: %d)", $0, row.threads ?? 1) } ?? ""
            lines.append(
                "\(number(row.quality.recall))     \(number(row.quality.ndcg))   \(number(row.quality.coverage))    "
                    + row.model + time)
        }
        lines += ["", "HR@10   MRR@10  half-life and a"]
        for row in prequential {
            let half = row.halfLife.isFinite ? "\(Int(row.halfLife / Self.day)) d" : "none"
            lines.append("\(number(row.hitRate))  \(number(row.reciprocalRank))  \(half), \(row.weight)")
        }
        lines.append("")
        for row in speeds {
            lines.append(
                String(
                    format: "RP3beta, threads: %d: fit %.3f s, %.0f users/s", row.threads, row.fit, row.usersPerSecond))
        }
        return lines.joined(separator: "\n")
    }
}

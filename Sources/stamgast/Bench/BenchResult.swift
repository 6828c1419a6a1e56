import Primitives

/// One figure with the machine's own limit, measured in the same run.
struct BenchResult: Sendable {
    var name: String
    var value: Double
    var unit: String
    /// What the machine can do at most, in the same unit; `nil` where there is no such thing.
    var limit: Double?
    /// What the limit is, in a few words.
    var limitedBy: String = ""
    /// Figures behind the figure: rows, bytes, fsyncs, percentiles.
    var details: [(String, Double)] = []

    /// How near the limit: value over limit, or limit over value where smaller is better.
    var ratio: Double? {
        guard let limit, limit > 0, value > 0 else { return nil }
        return unit == "ns" || unit == "ms" || unit == "MB" ? limit / value : value / limit
    }

    var json: JSONValue {
        .object([
            "name": .string(name), "value": .double(value), "unit": .string(unit),
            "limit": limit.map { .double($0) } ?? .null, "ratio": ratio.map { .double($0) } ?? .null,
            "limited_by": .string(limitedBy),
            "details": .object(JSONObject(details.map { ($0.0, .double($0.1)) })),
        ])
    }

    var line: String {
        func shown(_ number: Double) -> String {
            number >= 100 ? String(Int(number.rounded())) : String(Double(Int((number * 100).rounded())) / 100)
        }
        var text = name.padding(to: 44) + (shown(value) + " " + unit).padding(to: 20)
        if let limit, let ratio {
            text += "limit \(shown(limit)) \(unit), ratio \(shown(ratio)) (\(limitedBy))"
        }
        if !details.isEmpty { text += "  " + details.map { "\($0.0) \(shown($0.1))" }.joined(separator: ", ") }
        return text
    }
}

extension String {
    func padding(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}

/// Time from a monotonic clock, in seconds.
func measured<T>(_ body: () async throws -> T) async rethrows -> (T, seconds: Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let value = try await body()
    let elapsed = clock.now - start
    return (value, Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18)
}

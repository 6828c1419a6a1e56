extension Chart {
    /// The figures as comma-separated values with a line of names (RFC 4180): numbers as programs read them, an interval in
    /// two further columns, nothing where nothing is known.
    ///
    /// - Parameters:
    ///   - lowest: what the column of the lower end of an interval is called, put between brackets behind its series.
    ///   - highest: the same of the upper end.
    func csv(lowest: String, highest: String) -> String {
        var head = [along]
        for one in series {
            head.append(one.name)
            if !one.intervals.isEmpty { head += ["\(one.name) (\(lowest))", "\(one.name) (\(highest))"] }
        }
        let rows = categories.enumerated().map { index, category in
            [Self.cell(category)]
                + series.flatMap { one -> [String] in
                    let value = one.value(at: index).map(Self.number) ?? ""
                    guard !one.intervals.isEmpty else { return [value] }
                    let interval = one.interval(at: index)
                    return [
                        value, interval.map { Self.number($0.lowerBound) } ?? "",
                        interval.map { Self.number($0.upperBound) } ?? "",
                    ]
                }
        }
        return ([head.map(Self.cell)] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    /// A text that is data to a spreadsheet too: what would begin a formula there gets an apostrophe (OWASP, CSV injection).
    static func cell(_ text: String) -> String {
        let first = text.unicodeScalars.first
        let isFormula = first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let safe = (isFormula ? "'" : "") + text
        guard safe.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }
}

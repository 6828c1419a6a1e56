/// A table for a terminal: the first column to the left, figures to the right.
struct TextTable {
    let columns: [String]

    func text(_ rows: [[String]]) -> String {
        let all = [columns] + rows
        let widths = columns.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = row.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - row[column].count)
                return column == 0 ? row[column] + space : space + row[column]
            }
            let line = "  " + cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }

    /// Whole numbers as they are, others with one decimal.
    static func number(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return String((value * 10).rounded() / 10)
    }

    /// A share as a percentage with one decimal.
    static func percent(_ value: Double) -> String { String((value * 1_000).rounded() / 10) + " %" }
}

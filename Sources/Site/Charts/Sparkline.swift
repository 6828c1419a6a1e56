/// A small line without axes, for a cell of a table: only the shape counts, and the figures stand beside it.
struct Sparkline: Sendable, Equatable {
    static let width = 100.0
    static let height = 24.0

    /// In a drawing of 100 by 24; empty without figures.
    var path: String
    /// What a screen reader says.
    var name: String

    /// From the lowest value at the bottom to the highest at the top, with two of room; a flat line lies in the middle.
    init(_ values: [Double?], name: String) {
        self.name = name
        let known = values.compactMap { $0.flatMap { $0.isFinite ? $0 : nil } }
        guard let low = known.min(), let high = known.max() else {
            path = ""
            return
        }
        var path = ""
        var isDrawing = false
        for (index, value) in values.enumerated() {
            guard let value, value.isFinite else {
                isDrawing = false
                continue
            }
            let x = values.count == 1 ? Self.width / 2 : Double(index) / Double(values.count - 1) * Self.width
            let share = high > low ? (value - low) / (high - low) : 0.5
            let y = 2 + (1 - share) * (Self.height - 4)
            path += "\(isDrawing ? "L" : "M")\(ChartPaths.text(x)) \(ChartPaths.text(y))"
            // A point alone would be nothing: a line of no length has round ends.
            let isLast = index + 1 == values.count || !(values[index + 1]?.isFinite ?? false)
            if !isDrawing, isLast { path += "h0" }
            isDrawing = true
        }
        self.path = path
    }
}

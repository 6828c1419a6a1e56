/// The names below a chart: as many as fit on the narrowest screen, so that they never meet on any.
enum ChartLabels {
    /// A name, and where it stands below the drawing.
    struct Label: Sendable, Equatable {
        var text: String
        /// From the left edge, in per cent: `12.5%`.
        var x: String
        /// `start`, `middle` or `end`: names at the edges do not stick out.
        var anchor: String
    }

    /// What is left of 320 CSS pixels between the margins of page and panel.
    static let narrowest = 256.0
    /// The size of the names, in CSS pixels.
    static let size = 12.0
    /// Between two names, in CSS pixels.
    static let gap = 10.0

    /// About how wide a name is drawn, in CSS pixels; rather too wide than too narrow.
    static func width(of text: String) -> Double {
        text.unicodeScalars.reduce(0) { sum, scalar in
            switch scalar.value {
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
                0x1F300...0x1FAFF:
                sum + size
            case 0x4D, 0x57, 0x6D, 0x77: sum + size * 0.9
            default: sum + size * 0.62
            }
        }
    }

    /// - Parameter margin: how wide the names of the vertical axis are, in CSS pixels.
    static func place(_ names: [String], kind: Chart.Kind, margin: Double) -> [Label] {
        let room = max(narrowest - margin, 96)
        // Every name, else every second, every third: the same distance everywhere, starting with the first.
        for step in 1...max(names.count, 1) {
            let chosen = Array(stride(from: 0, to: names.count, by: step))
            let spans = chosen.map { span(names[$0], at: ChartPaths.x($0, of: names.count, kind: kind), room) }
            let fits = zip(spans, spans.dropFirst()).allSatisfy { $0.0.end + gap <= $0.1.start }
            guard fits || chosen.count == 1 else { continue }
            return zip(chosen, spans).map { index, span in
                let x = span.anchor == "start" ? 0 : span.anchor == "end" ? 1_000 : span.middle
                return Label(text: names[index], x: ChartPaths.text(x / 10) + "%", anchor: span.anchor)
            }
        }
        return []
    }

    /// From where to where a name reaches, in CSS pixels in `room`.
    private static func span(
        _ name: String, at middle: Double, _ room: Double
    ) -> (start: Double, end: Double, middle: Double, anchor: String) {
        let width = min(width(of: name), room)
        let centre = middle / ChartPaths.width * room
        if centre - width / 2 < 0 { return (0, width, middle, "start") }
        if centre + width / 2 > room { return (room - width, room, middle, "end") }
        return (centre - width / 2, centre + width / 2, middle, "middle")
    }
}

/// Writes the few shapes that the illustrations need as SVG: elements and attributes only, nothing that loads or runs.
struct Drawing {
    private(set) var text: String

    init(width: Int, height: Int) {
        text = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\">"
    }

    var svg: String { text + "</svg>" }

    mutating func path(
        _ data: String, fill: String, opacity: Double = 1, evenOdd: Bool = false, transform: String? = nil
    ) {
        text += "<path d=\"\(data)\" fill=\"\(fill)\"\(Self.alpha(opacity))\(evenOdd ? " fill-rule=\"evenodd\"" : "")"
        if let transform { text += " transform=\"\(transform)\"" }
        text += "/>"
    }

    mutating func line(_ data: String, stroke: String, width: Double, opacity: Double = 1) {
        text += "<path d=\"\(data)\" fill=\"none\" stroke=\"\(stroke)\" stroke-width=\"\(Self.number(width))\""
        text += " stroke-linecap=\"round\" stroke-linejoin=\"round\"\(Self.alpha(opacity))/>"
    }

    mutating func circle(_ x: Double, _ y: Double, _ radius: Double, fill: String, opacity: Double = 1) {
        text +=
            "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\" fill=\"\(fill)\""
        text += "\(Self.alpha(opacity))/>"
    }

    mutating func ring(_ x: Double, _ y: Double, _ radius: Double, stroke: String, width: Double, opacity: Double = 1) {
        text += "<circle cx=\"\(Self.number(x))\" cy=\"\(Self.number(y))\" r=\"\(Self.number(radius))\" fill=\"none\""
        text += " stroke=\"\(stroke)\" stroke-width=\"\(Self.number(width))\"\(Self.alpha(opacity))/>"
    }

    mutating func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, corner: Double = 0, fill: String,
        opacity: Double = 1
    ) {
        text += "<rect x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(width))\""
        text +=
            " height=\"\(Self.number(height))\"\(corner > 0 ? " rx=\"\(Self.number(corner))\"" : "") fill=\"\(fill)\""
        text += "\(Self.alpha(opacity))/>"
    }

    /// Adds shapes that were drawn elsewhere.
    mutating func append(_ shapes: String) { text += shapes }

    mutating func group(_ transform: String, _ draw: (inout Drawing) -> Void) {
        text += "<g transform=\"\(transform)\">"
        draw(&self)
        text += "</g>"
    }

    private static func alpha(_ opacity: Double) -> String {
        opacity < 1 ? " opacity=\"\(Int(opacity * 100) == 0 ? "0" : ".\(Int((opacity * 100).rounded()))")\"" : ""
    }

    /// At most one decimal, so that drawings stay small.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let rest = abs(tenths) % 10
        return rest == 0 ? "\(sign)\(abs(tenths) / 10)" : "\(sign)\(abs(tenths) / 10).\(rest)"
    }
}

/// Rectangles and other closed shapes gathered by colour: one path each, which is far shorter than one element each.
struct ShapeBatch {
    private var paths: [(colour: String, data: String)] = []

    mutating func add(_ data: String, fill colour: String) {
        if let index = paths.firstIndex(where: { $0.colour == colour }) {
            paths[index].data += data
        } else {
            paths.append((colour, data))
        }
    }

    mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, fill colour: String) {
        let (x, y, width, height) = (Int(x), Int(y), Int(width), Int(height))
        add("M\(x) \(y)h\(width)v\(height)h-\(width)z", fill: colour)
    }

    func draw(into drawing: inout Drawing, opacity: Double = 1) {
        for path in paths { drawing.path(path.data, fill: path.colour, opacity: opacity) }
    }
}

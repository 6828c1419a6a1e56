import Primitives

/// Draws covers. Every motif takes its measures from one repeatable stream of random numbers.
struct CoverArtist {
    static let width = 640.0
    static let height = 400.0

    var drawing = Drawing(width: Int(width), height: Int(height))
    var random: SplitMix64
    let topic: Topic
    let palette: Palette

    /// Colours of one cover, from the ground to the accent.
    struct Palette: Sendable {
        let ground: String
        let soft: String
        let middle: String
        let strong: String
        let accent: String
        let light: String

        var all: [String] { [soft, middle, strong, accent, light] }
    }

    init(topic: Topic, seed: UInt64) {
        self.topic = topic
        random = SplitMix64(seed: seed)
        let choices = Self.palettes(topic)
        palette = choices[random.index(below: choices.count)]
    }

    mutating func draw() -> String {
        drawing.rectangle(0, 0, Self.width, Self.height, fill: palette.ground)
        guard random.chance(0.5) else {
            drawMotif()
            return drawing.svg
        }
        // Mirrored, for variety.
        let ground = drawing
        drawMotif()
        let motif = String(drawing.text.dropFirst(ground.text.count))
        var mirrored = ground
        mirrored.group("matrix(-1 0 0 1 640 0)") { $0.append(motif) }
        return mirrored.svg
    }

    private mutating func drawMotif() {
        switch topic {
        case .politics: drawChamber()
        case .city: drawHouses()
        case .economy: drawBars()
        case .climate: drawWaves()
        case .science: drawOrbits()
        case .art: drawCutOuts()
        case .film: drawBeam()
        case .music: drawStrings()
        case .books: drawShelf()
        case .sport: drawTrack()
        case .food: drawTable()
        case .technology: drawCircuit()
        }
    }

    mutating func between(_ low: Double, _ high: Double) -> Double { random.uniform(low..<high) }

    mutating func pick(_ colours: [String]) -> String { random.pick(colours) ?? palette.soft }

    static func palettes(_ topic: Topic) -> [Palette] {
        switch topic {
        case .politics:
            [
                Palette(
                    ground: "#efe4d2", soft: "#d8c3a2", middle: "#b5533c", strong: "#27324a", accent: "#d99a3d",
                    light: "#fbf6ec"),
                Palette(
                    ground: "#26324a", soft: "#41506f", middle: "#c6a15b", strong: "#b5533c", accent: "#e9c88a",
                    light: "#efe4d2"),
            ]
        case .city:
            [
                Palette(
                    ground: "#f4d9bd", soft: "#e3b08c", middle: "#b65f45", strong: "#4b2f36", accent: "#f2b84b",
                    light: "#fdf2e2"),
                Palette(
                    ground: "#23324d", soft: "#3c4f73", middle: "#8b5a5a", strong: "#16203a", accent: "#f3c766",
                    light: "#f4e3c3"),
                Palette(
                    ground: "#cfe0e2", soft: "#a5c2c6", middle: "#5d7f88", strong: "#2c4650", accent: "#e88f5d",
                    light: "#f6faf7"),
            ]
        case .economy:
            [
                Palette(
                    ground: "#e7e3d4", soft: "#c9c3a8", middle: "#6f8564", strong: "#2f4a3c", accent: "#d7913a",
                    light: "#fbf9f0"),
                Palette(
                    ground: "#2f4a3c", soft: "#4d6b58", middle: "#a9b98e", strong: "#1f3329", accent: "#e7b45c",
                    light: "#f0ecd9"),
            ]
        case .climate:
            [
                Palette(
                    ground: "#f7dfc4", soft: "#9fc3c4", middle: "#4f8f97", strong: "#1f5261", accent: "#ef8354",
                    light: "#fdf4e3"),
                Palette(
                    ground: "#dbe8e0", soft: "#a7cbb5", middle: "#5f9c7f", strong: "#27594b", accent: "#f0b94d",
                    light: "#f9fbf3"),
                Palette(
                    ground: "#1d3c4c", soft: "#2f6375", middle: "#5698a3", strong: "#12283a", accent: "#f3b562",
                    light: "#d9ebe6"),
            ]
        case .science:
            [
                Palette(
                    ground: "#ece8f3", soft: "#c6bce0", middle: "#7f6fb8", strong: "#352f5e", accent: "#f09a6b",
                    light: "#fbfaff"),
                Palette(
                    ground: "#221f45", soft: "#3d3975", middle: "#7d78c8", strong: "#15132f", accent: "#f5c869",
                    light: "#e9e6fb"),
            ]
        case .art:
            [
                Palette(
                    ground: "#f6ead8", soft: "#f2b8a0", middle: "#d5573b", strong: "#2b3a67", accent: "#f0b429",
                    light: "#fffaf0"),
                Palette(
                    ground: "#e9efe6", soft: "#a8c69f", middle: "#2f6b5c", strong: "#23344f", accent: "#ee6c4d",
                    light: "#fffdf7"),
                Palette(
                    ground: "#f3dfe2", soft: "#e6a6b3", middle: "#b23a5b", strong: "#3a2440", accent: "#f2a33a",
                    light: "#fff7f5"),
            ]
        case .film:
            [
                Palette(
                    ground: "#1c1a26", soft: "#37324a", middle: "#a83f39", strong: "#0f0e16", accent: "#f2c14e",
                    light: "#f7ecd0"),
                Palette(
                    ground: "#3a1a24", soft: "#672c3a", middle: "#c4523f", strong: "#230e16", accent: "#f3c98b",
                    light: "#fbeeda"),
            ]
        case .music:
            [
                Palette(
                    ground: "#f3e0d2", soft: "#e7b79b", middle: "#c55a4a", strong: "#3b2340", accent: "#f2a541",
                    light: "#fff6ea"),
                Palette(
                    ground: "#2d2140", soft: "#513a6b", middle: "#c4567a", strong: "#1c1429", accent: "#f6b656",
                    light: "#f7e6ef"),
            ]
        case .books:
            [
                Palette(
                    ground: "#ece1cf", soft: "#c9a77c", middle: "#8a4b38", strong: "#33423f", accent: "#d28b36",
                    light: "#faf4e8"),
                Palette(
                    ground: "#d9e0dc", soft: "#9fb3a8", middle: "#4f6f68", strong: "#2a2f3d", accent: "#c9683f",
                    light: "#f7f8f3"),
            ]
        case .sport:
            [
                Palette(
                    ground: "#d7623f", soft: "#e5825d", middle: "#b94a2d", strong: "#3a2a2a", accent: "#f6d46b",
                    light: "#fdf3e6"),
                Palette(
                    ground: "#3f7d5a", soft: "#5d9a74", middle: "#2f6347", strong: "#1d3c31", accent: "#f4c95d",
                    light: "#f3f6e8"),
            ]
        case .food:
            [
                Palette(
                    ground: "#f6e3c5", soft: "#f0bd72", middle: "#d9652f", strong: "#5a2f24", accent: "#6f8f4e",
                    light: "#fffaf0"),
                Palette(
                    ground: "#dfe8d6", soft: "#b2c99b", middle: "#5f8249", strong: "#2d4430", accent: "#e4703a",
                    light: "#fffdf5"),
                Palette(
                    ground: "#f3d6cf", soft: "#e79e90", middle: "#bd4b45", strong: "#4a2030", accent: "#f0b541",
                    light: "#fff8f3"),
            ]
        case .technology:
            [
                Palette(
                    ground: "#e3e9ee", soft: "#b5c6d3", middle: "#4d7a99", strong: "#1f3547", accent: "#f0824f",
                    light: "#fbfdfe"),
                Palette(
                    ground: "#17293a", soft: "#2a4860", middle: "#4c8dad", strong: "#0d1a27", accent: "#f5b04c",
                    light: "#d7e8f0"),
            ]
        }
    }
}

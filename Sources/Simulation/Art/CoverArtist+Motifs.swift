import Primitives

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension CoverArtist {
    private func n(_ value: Double) -> String { Drawing.number(value) }

    /// Politics: seats in a half circle, in blocks of colour.
    mutating func drawChamber() {
        let centre = between(280, 360)
        drawing.circle(centre, 400, 330, fill: palette.soft, opacity: 0.55)
        let blocks = [palette.strong, palette.middle, palette.accent, palette.light].shuffled(using: &random)
        let shift = between(0, 0.25)
        for row in 0..<4 {
            let radius = 150.0 + Double(row) * 50
            let seats = 8 + row * 3
            for seat in 0..<seats {
                let share = (Double(seat) + 0.5) / Double(seats)
                let angle = Double.pi * (1 - share)
                let block = Int((share + shift) * 3.99) % 4
                let colour = blocks[block]
                drawing.circle(
                    centre + cos(angle) * radius, 392 - sin(angle) * radius, 14,
                    fill: colour == palette.ground ? palette.soft : colour)
            }
        }
        drawing.rectangle(centre - 38, 330, 76, 70, corner: 6, fill: palette.strong)
        drawing.rectangle(centre - 50, 322, 100, 16, corner: 8, fill: palette.accent)
    }

    /// City: gables along the water.
    mutating func drawHouses() {
        drawing.circle(between(90, 550), between(70, 120), between(34, 52), fill: palette.accent)
        var x = -20.0
        var windows = ShapeBatch()
        while x < 660 {
            let wide = between(66, 104)
            let top = between(120, 210)
            let wall = pick([palette.soft, palette.middle, palette.strong, palette.light])
            let middle = x + wide / 2
            switch random.index(below: 3) {
            case 0:
                drawing.path(
                    "M\(n(x)) 330V\(n(top + 40))L\(n(middle)) \(n(top))L\(n(x + wide)) \(n(top + 40))V330Z", fill: wall)
            case 1:
                let step = wide / 8
                drawing.path(
                    """
                    M\(n(x)) 330V\(n(top + 42))h\(n(step))v-14h\(n(step))v-14h\(n(step))v-14h\(n(step * 2))v14\
                    h\(n(step))v14h\(n(step))v14h\(n(step))V330Z
                    """,
                    fill: wall)
            default:
                drawing.path(
                    "M\(n(x)) 330V\(n(top + 44))Q\(n(x + wide * 0.25)) \(n(top + 40)) \(n(x + wide * 0.3)) \(n(top + 16))"
                        + "Q\(n(middle)) \(n(top - 14)) \(n(x + wide * 0.7)) \(n(top + 16))"
                        + "Q\(n(x + wide * 0.75)) \(n(top + 40)) \(n(x + wide)) \(n(top + 44))V330Z",
                    fill: wall)
            }
            let pane = wall == palette.light ? palette.middle : palette.light
            let columns = wide > 84 ? 3 : 2
            for row in 0..<3 {
                for column in 0..<columns where random.chance(0.82) {
                    let gap = wide / Double(columns)
                    windows.rectangle(
                        x + gap * Double(column) + gap / 2 - 7, top + 66 + Double(row) * 38, 14, 22,
                        fill: random.chance(0.3) ? palette.accent : pane)
                }
            }
            x += wide + 2
        }
        windows.draw(into: &drawing)
        drawing.rectangle(0, 326, 640, 74, fill: palette.strong)
        for _ in 0..<9 {
            let start = between(0, 560)
            drawing.line(
                "M\(n(start)) \(n(between(342, 390)))h\(n(between(30, 90)))",
                stroke: pick([palette.accent, palette.light, palette.soft]), width: 4, opacity: 0.55)
        }
    }

    /// Economy: columns, coins and a line that does not simply rise.
    mutating func drawBars() {
        drawing.circle(between(430, 560), between(80, 150), between(90, 140), fill: palette.soft)
        var points: [(Double, Double)] = []
        for column in 0..<8 {
            let x = 60.0 + Double(column) * 66
            let tall = between(70, 260)
            drawing.rectangle(
                x, 350 - tall, 46, tall + 50, corner: 23,
                fill: column % 3 == 1 ? palette.middle : column % 3 == 2 ? palette.strong : palette.light)
            points.append((x + 23, 350 - tall - between(18, 50)))
        }
        let line = points.enumerated().map { "\($0.offset == 0 ? "M" : "L")\(n($0.element.0)) \(n($0.element.1))" }
            .joined()
        drawing.line(line, stroke: palette.accent, width: 5)
        for point in points { drawing.circle(point.0, point.1, 9, fill: palette.accent) }
        drawing.rectangle(0, 352, 640, 48, fill: palette.strong)
        for coin in 0..<5 {
            drawing.circle(90 + Double(coin) * 34, 376, 13, fill: palette.accent, opacity: 0.85 - Double(coin) * 0.12)
        }
    }

    /// Climate: a sun over layers of water and land.
    mutating func drawWaves() {
        let palette = palette
        let sun = between(140, 500)
        drawing.circle(sun, between(110, 170), between(50, 80), fill: palette.accent)
        let layers = [palette.light, palette.soft, palette.middle, palette.strong]
        for (index, colour) in layers.enumerated() {
            let base = 190.0 + Double(index) * 52
            var path = "M0 \(n(base))"
            var x = 0.0
            while x < 640 {
                let step = between(110, 190)
                let lift = between(14, 44)
                path +=
                    """
                    C\(n(x + step * 0.3)) \(n(base - lift)) \(n(x + step * 0.6)) \(n(base + lift)) \(n(x + step)) \
                    \(n(base + between(-8, 8)))
                    """
                x += step
            }
            drawing.path(path + "V400H0Z", fill: colour, opacity: index == 0 ? 0.7 : 1)
        }
        if random.chance(0.6) {
            for mill in 0..<2 {
                let x = between(80, 260) + Double(mill) * 280
                let y = between(150, 190)
                drawing.line("M\(n(x)) \(n(y))V\(n(y + 130))", stroke: palette.light, width: 5)
                let turn = between(0, 120)
                drawing.group("translate(\(n(x)) \(n(y))) rotate(\(n(turn)))") { blades in
                    for blade in 0..<3 {
                        blades.group("rotate(\(blade * 120))") {
                            $0.path("M0 0C8 -20 6 -46 0 -62C-5 -40 -4 -18 0 0Z", fill: palette.light)
                        }
                    }
                }
            }
        }
    }

    /// Science: bodies on their orbits, or cells seen from near.
    mutating func drawOrbits() {
        let x = between(260, 380)
        if random.chance(0.5) {
            for ring in 1...5 {
                let radius = Double(ring) * 52 + 20
                drawing.ring(x, 200, radius, stroke: palette.soft, width: 5)
                for _ in 0..<(ring > 3 ? 2 : 1) {
                    let angle = between(0, 2 * .pi)
                    drawing.circle(
                        x + cos(angle) * radius, 200 + sin(angle) * radius, between(13, 36),
                        fill: pick([palette.middle, palette.accent, palette.strong, palette.light]))
                }
            }
            drawing.circle(x, 200, 34, fill: palette.accent)
            drawing.circle(x - 10, 190, 10, fill: palette.light, opacity: 0.6)
        } else {
            for _ in 0..<13 {
                let radius = between(26, 78)
                let cx = between(20, 620)
                let cy = between(20, 380)
                drawing.circle(
                    cx, cy, radius, fill: pick([palette.soft, palette.middle, palette.light]), opacity: 0.75)
                drawing.circle(
                    cx + radius * 0.15, cy - radius * 0.1, radius * 0.32, fill: pick([palette.strong, palette.accent]))
                drawing.ring(cx, cy, radius + 6, stroke: palette.strong, width: 1.5, opacity: 0.35)
            }
        }
    }

    /// Art: paper cut with scissors.
    mutating func drawCutOuts() {
        for column in 0..<3 {
            drawing.rectangle(
                40 + Double(column) * 190 + between(-14, 14), between(24, 60), between(160, 200), between(270, 330),
                fill: pick([palette.soft, palette.light, palette.middle]))
        }
        let colours = [palette.strong, palette.accent, palette.middle, palette.light, palette.strong, palette.accent]
        for (index, colour) in colours.enumerated() {
            let x = 90 + Double(index % 3) * 200 + between(-30, 30)
            let y = 120 + Double(index / 3) * 170 + between(-26, 26)
            let leaves = 3 + random.index(below: 3)
            let long = between(54, 88)
            let leaf =
                "M0 8C\(Int(long * 0.35)) -6 \(Int(long * 0.3)) -\(Int(long * 0.8)) 0 -\(Int(long))"
                + "C-\(Int(long * 0.3)) -\(Int(long * 0.7)) -\(Int(long * 0.3)) -10 0 8Z"
            let turn = Int(between(0, 360))
            for each in 0..<leaves {
                drawing.path(
                    leaf, fill: colour,
                    transform: "translate(\(Int(x)) \(Int(y))) rotate(\(turn + each * 300 / leaves))")
            }
        }
    }

    /// Film: a beam of light in the dark.
    mutating func drawBeam() {
        let y = between(120, 280)
        drawing.path("M60 \(n(y))L640 \(n(y - 190))V\(n(y + 190))Z", fill: palette.light, opacity: 0.16)
        drawing.path("M60 \(n(y))L640 \(n(y - 120))V\(n(y + 120))Z", fill: palette.light, opacity: 0.22)
        drawing.circle(between(440, 520), y, between(70, 96), fill: palette.accent)
        drawing.circle(between(470, 540), y - between(-20, 20), between(40, 60), fill: palette.middle)
        for _ in 0..<14 {
            drawing.circle(between(150, 620), y + between(-90, 90), between(1.5, 4), fill: palette.light, opacity: 0.8)
        }
        drawing.rectangle(0, 0, 640, 42, fill: palette.strong)
        drawing.rectangle(0, 358, 640, 42, fill: palette.strong)
        for hole in 0..<16 {
            drawing.rectangle(10 + Double(hole) * 40, 12, 22, 18, corner: 4, fill: palette.soft)
            drawing.rectangle(10 + Double(hole) * 40, 370, 22, 18, corner: 4, fill: palette.soft)
        }
        drawing.circle(60, y, 40, fill: palette.middle)
        drawing.circle(60, y, 16, fill: palette.strong)
    }

    /// Music: rings of a record, or strings that sound.
    mutating func drawStrings() {
        if random.chance(0.5) {
            let x = between(180, 460)
            drawing.circle(x, 210, 178, fill: palette.strong)
            for ring in 0..<7 {
                drawing.ring(
                    x, 210, 168 - Double(ring) * 15, stroke: ring % 3 == 0 ? palette.middle : palette.soft, width: 2,
                    opacity: 0.7)
            }
            drawing.circle(x, 210, 58, fill: palette.accent)
            drawing.circle(x, 210, 9, fill: palette.light)
            let side = x < 320 ? 1.0 : -1.0
            drawing.line(
                "M\(n(x + side * 250)) 40L\(n(x + side * 190)) 200L\(n(x + side * 120)) 236", stroke: palette.light,
                width: 9)
            drawing.circle(x + side * 250, 40, 24, fill: palette.middle)
        } else {
            for string in 0..<9 {
                let y = 44 + Double(string) * 39
                let swing = between(8, 46)
                let middle = between(220, 420)
                drawing.line(
                    """
                    M0 \(n(y))C\(n(middle - 140)) \(n(y)) \(n(middle - 80)) \(n(y - swing)) \(n(middle)) \(n(y))\
                    S\(n(middle + 140)) \(n(y)) 640 \(n(y))
                    """,
                    stroke: [palette.soft, palette.middle, palette.strong][string % 3],
                    width: 4 + Double(string % 3) * 3)
            }
            for _ in 0..<6 {
                drawing.circle(
                    between(60, 580), 44 + Double(random.index(below: 9)) * 39, between(14, 28),
                    fill: pick([palette.accent, palette.light, palette.middle]))
            }
        }
    }

    /// Books: spines on two shelves, some leaning.
    mutating func drawShelf() {
        var spines = ShapeBatch()
        var bands = ShapeBatch()
        let colours = [palette.soft, palette.middle, palette.strong, palette.accent, palette.light]
        for floor in [192.0, 384] {
            var x = 18.0
            while x < 600 {
                let wide = between(20, 46).rounded()
                let tall = between(104, 158).rounded()
                let colour = pick(colours)
                let band = colour == palette.light ? palette.middle : palette.light
                if random.chance(0.12) {
                    let lean = Int(between(14, 22))
                    spines.add(
                        "M\(Int(x)) \(Int(floor))l\(lean) -\(Int(tall))h\(Int(wide))l-\(lean) \(Int(tall))z",
                        fill: colour)
                    x += wide + Double(lean) + 3
                } else {
                    spines.rectangle(x, floor - tall, wide, tall, fill: colour)
                    bands.rectangle(x, floor - tall + 18, wide, 6, fill: band)
                    if wide > 32 { bands.rectangle(x + wide / 2 - 4, floor - tall + 40, 8, tall * 0.4, fill: band) }
                    x += wide + 3
                }
                if random.chance(0.08) { x += 44 }
            }
            drawing.rectangle(0, floor, 640, 10, fill: palette.strong)
        }
        spines.draw(into: &drawing)
        bands.draw(into: &drawing, opacity: 0.7)
    }

    /// Sport: lanes around a bend.
    mutating func drawTrack() {
        let x = between(-20, 120)
        let y = between(420, 480)
        for lane in 0..<7 {
            let radius = 150 + Double(lane) * 62
            drawing.ring(x, y, radius, stroke: lane % 2 == 0 ? palette.soft : palette.middle, width: 58)
            drawing.ring(x, y, radius + 31, stroke: palette.light, width: 3)
        }
        for lane in 1..<5 {
            let radius = 150 + Double(lane) * 62
            let angle = between(0.25, 1.2)
            let runner = (x + cos(angle) * radius, y - sin(angle) * radius)
            drawing.circle(runner.0 + 5, runner.1 + 7, 17, fill: palette.strong, opacity: 0.35)
            drawing.circle(runner.0, runner.1, 17, fill: [palette.accent, palette.light, palette.strong][lane % 3])
        }
        drawing.circle(between(500, 580), between(60, 100), 34, fill: palette.accent)
    }

    /// Food: plates seen from above.
    mutating func drawTable() {
        let palette = palette
        for index in 0..<3 {
            let x = 120 + Double(index) * 200 + between(-24, 24)
            let y = between(140, 260)
            let radius = between(84, 112)
            drawing.circle(x + 6, y + 9, radius, fill: palette.strong, opacity: 0.18)
            drawing.circle(x, y, radius, fill: palette.light)
            drawing.ring(x, y, radius * 0.78, stroke: palette.soft, width: 3)
            switch (index + random.index(below: 2)) % 3 {
            case 0:
                drawing.circle(x, y, radius * 0.58, fill: palette.middle)
                drawing.circle(x, y, radius * 0.5, fill: palette.soft)
                for slice in 0..<8 {
                    let angle = Double(slice) * .pi / 4
                    drawing.line(
                        "M\(n(x)) \(n(y))L\(n(x + cos(angle) * radius * 0.48)) \(n(y + sin(angle) * radius * 0.48))",
                        stroke: palette.light, width: 4)
                }
            case 1:
                drawing.circle(x, y, radius * 0.6, fill: palette.middle)
                for _ in 0..<5 {
                    drawing.circle(
                        x + between(-34, 34), y + between(-34, 34), between(5, 11),
                        fill: pick([palette.accent, palette.light, palette.soft]))
                }
            default:
                for leaf in 0..<6 {
                    let shape =
                        "M\(n(x)) \(n(y))q20 -22 0 -\(n(radius * 0.58))q-20 \(n(radius * 0.36)) 0 \(n(radius * 0.58))Z"
                    let colour = leaf % 2 == 0 ? palette.accent : palette.middle
                    drawing.group("rotate(\(leaf * 60) \(n(x)) \(n(y)))") { $0.path(shape, fill: colour) }
                }
                drawing.circle(x, y, 13, fill: palette.soft)
            }
        }
        drawing.line(
            "M\(n(between(20, 60))) 60V340M\(n(between(590, 620))) 70V330", stroke: palette.strong, width: 7,
            opacity: 0.8)
    }

    /// Technology: paths between parts.
    mutating func drawCircuit() {
        for _ in 0..<10 {
            let x = (between(1, 14)).rounded() * 42
            let y = (between(1, 8)).rounded() * 44
            let across = between(80, 260)
            let down = (random.chance(0.5) ? 1.0 : -1.0) * between(30, 80)
            let colour = pick([palette.soft, palette.middle, palette.accent])
            drawing.line(
                "M\(n(x)) \(n(y))h\(n(across * 0.5))l\(n(abs(down))) \(n(down))h\(n(across * 0.5))", stroke: colour,
                width: 5)
            drawing.circle(x, y, 9, fill: colour)
            drawing.circle(x + across + abs(down), y + down, 9, fill: colour)
        }
        let x = between(200, 340)
        let y = between(110, 190)
        for pin in 0..<5 {
            let step = Double(pin) * 26 + 16
            drawing.line(
                "M\(n(x + step)) \(n(y - 16))v168M\(n(x - 16)) \(n(y + step))h168", stroke: palette.accent, width: 6)
        }
        drawing.rectangle(x, y, 136, 136, corner: 14, fill: palette.strong)
        drawing.rectangle(x + 28, y + 28, 80, 80, corner: 8, fill: palette.middle)
        drawing.circle(x + 68, y + 68, 18, fill: palette.light)
    }
}

/// Draws a portrait from back to front.
struct PortraitArtist {
    private let portrait: Portrait
    private let skin: (base: String, shade: String, lip: String)
    private let hair: (base: String, light: String)
    private let shirt: (base: String, dark: String)
    private let clothes: (base: String, dark: String)
    private let background: (base: String, shape: String)

    private static let skins = [
        ("#f7d9c2", "#e9bd9f", "#c9705f"), ("#efc6a0", "#dba67b", "#b9604c"), ("#dba97c", "#c28a5b", "#a2503f"),
        ("#bb8154", "#9f6a40", "#8a4335"), ("#8f5b39", "#774828", "#6d3226"), ("#68412a", "#54321e", "#8a4a3c"),
    ]
    private static let hairs = [
        ("#231c1b", "#3a302d"), ("#43291d", "#5c3c2c"), ("#744627", "#8f5c37"), ("#9c4a28", "#b7623b"),
        ("#d3a75c", "#e5c17d"), ("#8d8a87", "#a9a6a2"), ("#dedad3", "#f1eee9"),
    ]
    private static let shirts = [
        ("#27475c", "#1c3546"), ("#9c3a22", "#7d2c18"), ("#3f6b57", "#305445"), ("#c98a2b", "#a9711d"),
        ("#6b4a6e", "#543857"), ("#33323c", "#24232b"), ("#a9b9a3", "#8ea088"), ("#e7dfd1", "#cfc5b3"),
    ]
    private static let backgrounds = [
        ("#f3dcc8", "#ecc9ab"), ("#d7e3da", "#bfd3c5"), ("#cddce5", "#b3cad8"), ("#f0e2bd", "#e6d197"),
        ("#e8d4dc", "#dabccb"), ("#d9d7ea", "#c2bfde"), ("#f1cdb8", "#e7b598"), ("#e4e0d6", "#d2ccbd"),
    ]

    init(_ portrait: Portrait) {
        self.portrait = portrait
        skin = Self.skins[portrait.skin.rawValue]
        hair = Self.hairs[portrait.hairColour.rawValue]
        shirt = Self.shirts[abs(portrait.shirt) % Self.shirts.count]
        // Under a headscarf, which has the shirt's colour, comes another one.
        clothes = portrait.hair == .headscarf ? Self.shirts[abs(portrait.shirt + 2) % Self.shirts.count] : shirt
        background = Self.backgrounds[abs(portrait.background) % Self.backgrounds.count]
    }

    func draw() -> String {
        var drawing = Drawing(width: 200, height: 200)
        drawing.rectangle(0, 0, 200, 200, fill: background.base)
        drawing.circle(portrait.lean < 0 ? 62 : 138, 78, 74, fill: background.shape)
        let lean = "rotate(\(portrait.lean) 100 150)"
        drawing.group(lean) { hairBehind(&$0) }
        drawBody(&drawing)
        drawing.group(lean) { head in
            drawFace(&head)
            drawBeard(&head)
            drawMouth(&head)
            hairInFront(&head)
            drawGlasses(&head)
        }
        return drawing.svg
    }

    // MARK: Body

    private func drawBody(_ drawing: inout Drawing) {
        drawing.path("M24 200C26 170 48 157 80 150C90 160 110 160 120 150C152 157 174 170 176 200Z", fill: clothes.base)
        let neckline =
            switch portrait.collar {
            case .vNeck: "L100 180Z"
            case .shirt: "L100 172Z"
            default: "Q100 166 84 151Z"
            }
        drawing.path("M84 151L85 120H115L116 151\(neckline)", fill: skin.base)
        drawing.path("M85 128C92 142 108 142 115 128V134C110 150 92 150 85 140Z", fill: skin.shade)
        switch portrait.collar {
        case .crew: drawing.line("M83 151C92 163 108 163 117 151", stroke: clothes.dark, width: 4)
        case .vNeck: drawing.line("M82 151L100 181L118 151", stroke: clothes.dark, width: 4)
        case .shirt:
            drawing.path("M82 148L100 172L86 182L70 154Z", fill: "#f7f3ea")
            drawing.path("M118 148L100 172L114 182L130 154Z", fill: "#efe9dc")
            drawing.line("M100 174V200", stroke: clothes.dark, width: 2)
        case .turtleneck:
            drawing.path("M83 138C92 146 108 146 117 138L121 158C110 166 90 166 79 158Z", fill: clothes.base)
            drawing.line("M80 157C92 165 108 165 120 157", stroke: clothes.dark, width: 2.5)
        case .blazer:
            drawing.path("M80 150C90 160 110 160 120 150L112 200H88Z", fill: "#f4efe4")
            drawing.path("M85 120H115V150C110 160 90 160 85 150Z", fill: skin.base)
            drawing.path("M85 128C92 142 108 142 115 128V134C110 150 92 150 85 140Z", fill: skin.shade)
            drawing.path("M78 150L94 200H62L66 168Z", fill: clothes.dark)
            drawing.path("M122 150L106 200H138L134 168Z", fill: clothes.dark)
        }
    }

    // MARK: Face

    private func drawFace(_ drawing: inout Drawing) {
        if portrait.hair != .headscarf {
            drawing.circle(65, 98, 8, fill: skin.base)
            drawing.circle(135, 98, 8, fill: skin.shade)
            if portrait.earrings {
                drawing.circle(64, 109, 3, fill: "#d9a441")
                drawing.circle(136, 109, 3, fill: "#d9a441")
            }
        }
        drawing.path(
            "M66 84C66 62 80 52 100 52C120 52 134 62 134 84V96C134 120 118 137 100 137C82 137 66 120 66 96Z",
            fill: skin.base)
        // Light comes from the left.
        drawing.path(
            "M118 56C129 61 134 70 134 84V96C134 120 118 137 100 137C116 128 125 112 125 92C125 76 123 66 118 56Z",
            fill: skin.shade, opacity: 0.75)
        drawing.circle(80, 109, 7, fill: skin.lip, opacity: 0.18)
        drawing.circle(119, 109, 7, fill: skin.lip, opacity: 0.18)
        drawing.circle(86, 95, 3.3, fill: "#2a2220")
        drawing.circle(114, 95, 3.3, fill: "#2a2220")
        drawing.circle(87.2, 93.9, 1, fill: "#fff")
        drawing.circle(115.2, 93.9, 1, fill: "#fff")
        let brow = portrait.hair == .headscarf ? "#3a2a22" : hair.base
        drawing.line("M79 86Q86 82 92 85", stroke: brow, width: 3)
        drawing.line("M108 85Q114 82 121 86", stroke: brow, width: 3)
        drawing.line("M101 95Q96 106 98 108Q100 110 104 108.5", stroke: skin.shade, width: 2.6)
    }

    private func drawMouth(_ drawing: inout Drawing) {
        drawing.line("M89 119Q100 128 111 119", stroke: skin.lip, width: 3)
    }

    private func drawBeard(_ drawing: inout Drawing) {
        let full =
            """
            M66 92C66 124 82 145 100 145C118 145 134 124 134 92C133 106 128 111 119 111C112 107 104 111 100 111\
            C96 111 88 107 81 111C72 111 67 106 66 92Z
            """
        switch portrait.beard {
        case .none: break
        case .stubble: drawing.path(full, fill: hair.base, opacity: 0.22)
        case .moustache:
            drawing.path(
                "M82 116C88 109 97 110 100 113C103 110 112 109 118 116C110 119 104 118 100 116C96 118 90 119 82 116Z",
                fill: hair.base)
        case .full:
            drawing.path(full, fill: hair.base)
            drawing.path("M87 117Q100 113 113 117Q108 129 100 129Q92 129 87 117Z", fill: skin.base)
        }
    }

    private func drawGlasses(_ drawing: inout Drawing) {
        let frame = "#2b2523"
        switch portrait.glasses {
        case .none: break
        case .round:
            for x in [85.0, 115.0] {
                drawing.circle(x, 96, 12, fill: "#fff", opacity: 0.22)
                drawing.ring(x, 96, 12, stroke: frame, width: 2.4)
            }
            drawing.line("M97 95Q100 92 103 95M73 94L66 92M127 94L134 92", stroke: frame, width: 2.4)
        case .square:
            let lenses = "M72 88H96V97Q96 105 88 105H80Q72 105 72 97ZM104 88H128V97Q128 105 120 105H112Q104 105 104 97Z"
            drawing.path(lenses, fill: "#fff", opacity: 0.22)
            drawing.line(lenses + "M96 91Q100 89 104 91M72 91L66 90M128 91L134 90", stroke: frame, width: 2.6)
        }
    }

    // MARK: Hair

    private func hairBehind(_ drawing: inout Drawing) {
        switch portrait.hair {
        case .afro: drawing.circle(100, 78, 52, fill: hair.base)
        case .bob:
            drawing.path(
                "M58 92C50 40 150 40 142 92L146 118C147 132 138 136 126 135H74C62 136 53 132 54 118Z", fill: hair.base)
        case .long:
            drawing.path(
                "M57 88C50 40 150 40 143 88C144 118 158 136 150 166C130 176 70 176 50 166C42 136 56 118 57 88Z",
                fill: hair.base)
        case .bun: drawing.circle(100, 38, 18, fill: hair.base)
        case .ponytail:
            drawing.path("M126 52C160 54 166 104 150 142C140 136 142 104 124 84Z", fill: hair.base)
        case .curls:
            for (x, y, radius) in [(66.0, 76.0, 15.0), (134, 76, 15), (62, 94, 10), (138, 94, 10)] {
                drawing.circle(x, y, radius, fill: hair.base)
            }
        case .headscarf:
            drawing.path(
                """
                M54 92C50 46 76 36 100 36C124 36 150 46 146 92C148 126 148 148 158 176C130 190 70 190 42 176C52 \
                148 52 126 54 92Z
                """,
                fill: shirt.dark)
        case .locs:
            for index in 0..<6 {
                let x = 54.0 + Double(index) * 4 + (index > 2 ? 66 : 0)
                drawing.rectangle(
                    x, 70, 9, 74 - Double(index % 3) * 8, corner: 4.5, fill: index % 2 == 0 ? hair.base : hair.light)
            }
        case .sidePart, .crop, .quiff, .bald: break
        }
    }

    private func hairInFront(_ drawing: inout Drawing) {
        switch portrait.hair {
        case .sidePart:
            drawing.path(
                """
                M63 92C58 58 76 40 106 42C132 42 142 62 137 92C134 80 130 72 121 66C106 72 88 70 80 62C72 70 66 \
                80 63 92Z
                """,
                fill: hair.base)
            drawing.line("M80 62C86 52 96 47 110 47", stroke: hair.light, width: 2.5)
        case .crop:
            drawing.path(
                """
                M64 88C60 58 76 43 100 43C124 43 140 58 136 88C134 78 132 72 128 68C118 63 82 63 72 68C68 72 66 \
                78 64 88Z
                """,
                fill: hair.base)
        case .quiff:
            drawing.path(
                """
                M64 90C58 66 66 52 76 47C84 32 120 29 132 44C142 54 141 74 136 90C134 80 131 72 125 66C110 69 92 \
                62 79 67C71 72 66 80 64 90Z
                """,
                fill: hair.base)
            drawing.line("M82 56C92 44 112 40 126 50", stroke: hair.light, width: 3)
        case .curls:
            for (x, y, radius) in [
                (74.0, 62.0, 13.0), (88, 53, 14), (104, 50, 15), (119, 55, 13), (129, 66, 11), (69, 75, 8),
                (131, 78, 8), (96, 62, 8),
            ] { drawing.circle(x, y, radius, fill: hair.base) }
            for (x, y) in [(86.0, 50.0), (103, 46), (119, 52)] {
                drawing.ring(x, y, 6, stroke: hair.light, width: 1.8, opacity: 0.8)
            }
        case .afro:
            drawing.path(
                "M64 88C62 60 80 46 100 46C120 46 138 60 136 88C132 74 124 67 100 67C76 67 68 74 64 88Z",
                fill: hair.base)
            for (x, y) in [(76.0, 44.0), (96, 36), (118, 42), (62, 62), (136, 60)] {
                drawing.circle(x, y, 4, fill: hair.light, opacity: 0.7)
            }
        case .bob:
            drawing.path(
                "M58 92C50 40 150 40 142 92L138 112C137 98 135 88 132 79C118 83 82 83 68 79C65 88 63 98 62 112Z",
                fill: hair.base)
            drawing.line("M78 58C88 51 110 51 122 58", stroke: hair.light, width: 2.5)
        case .long:
            drawing.path("M57 90C50 40 150 40 143 90L140 112C138 86 126 66 104 55C86 66 64 80 60 112Z", fill: hair.base)
            drawing.line("M104 55C118 60 128 68 133 80", stroke: hair.light, width: 2.2)
        case .bun, .ponytail:
            drawing.path(
                "M64 88C61 57 80 44 100 44C120 44 139 57 136 88C132 73 120 63 100 63C80 63 68 73 64 88Z",
                fill: hair.base)
            drawing.line("M80 58C90 51 110 51 120 58", stroke: hair.light, width: 2.5)
        case .headscarf:
            drawing.path(
                """
                M54 92C50 46 76 36 100 36C124 36 150 46 146 92C147 122 128 148 100 148C72 148 53 122 54 92ZM68 90\
                C68 114 82 134 100 134C118 134 132 114 132 90C132 68 118 58 100 58C82 58 68 68 68 90Z
                """,
                fill: shirt.base, evenOdd: true)
            drawing.path(
                "M62 118C70 142 130 142 138 118C150 140 142 160 132 168C112 160 84 160 60 172C54 156 54 138 62 118Z",
                fill: shirt.base)
            drawing.line(
                "M66 126C80 146 116 148 136 124M100 36C80 40 66 54 62 78", stroke: shirt.dark, width: 2.2, opacity: 0.7)
        case .bald:
            drawing.path("M65 96C60 84 62 72 69 66C68 76 69 86 68 98Z", fill: hair.base)
            drawing.path("M135 96C140 84 138 72 131 66C132 76 131 86 132 98Z", fill: hair.base)
        case .locs:
            drawing.path(
                "M63 90C59 56 80 42 100 42C120 42 141 56 137 90C134 76 124 66 100 66C76 66 66 76 63 90Z",
                fill: hair.base)
            drawing.line("M84 46L80 64M100 43V64M116 46L120 64", stroke: hair.light, width: 3)
        }
    }
}

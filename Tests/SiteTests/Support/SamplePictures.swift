import Hummingbird

/// Plain generated pictures for the preview.
enum SamplePictures {
    static func cover(_ name: String) -> Response {
        var random = hash(name)
        func next(_ limit: UInt64) -> Int {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((random >> 33) % limit)
        }
        let palettes = [
            ["#20344a", "#c7643b", "#f0d9b5", "#7b8d8e"], ["#2f4035", "#d6a354", "#f4ead6", "#8a9a7b"],
            ["#3a2a3f", "#c95d63", "#f2d8c9", "#ae8799"], ["#1f3b4d", "#e0b04f", "#e9e4d4", "#5c8d89"],
        ]
        let palette = palettes[next(4)]
        var shapes = ""
        for _ in 0..<3 {
            shapes +=
                "<circle cx='\(next(1200))' cy='\(next(420))' r='\(60 + next(160))' fill='\(palette[1 + next(3)])' opacity='.8'/>"
        }
        for layer in 0..<4 {
            let base = 430 + layer * 90
            shapes +=
                "<path d='M0 \(base + next(60)) C \(200 + next(150)) \(base - 120 + next(90)), \(600 + next(150)) \(base + 110 - next(60)), 1200 \(base - 30 + next(80)) V800 H0z' fill='\(palette[layer % 2 == 0 ? 3 : 0])' opacity='\(0.5 + Double(layer) * 0.15)'/>"
        }
        return svg(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1200 800' preserveAspectRatio='xMidYMid slice'><rect width='1200' height='800' fill='\(palette[2])'/>\(shapes)</svg>"
        )
    }

    static func portrait(_ name: String) -> Response {
        let seed = hash(name)
        let skin = ["#e8b999", "#c98d65", "#8d5a3b", "#f0cdb0"][Int(seed % 4)]
        let hair = ["#2b1d16", "#6b3f22", "#b98b4e", "#474a52"][Int((seed >> 8) % 4)]
        let shirt = ["#31536b", "#7a3b34", "#44603f", "#5a4a72"][Int((seed >> 16) % 4)]
        return svg(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 96 96'><rect width='96' height='96' fill='#dfd3c3'/><path d='M14 96c2-22 16-30 34-30s32 8 34 30z' fill='\(shirt)'/><rect x='40' y='54' width='16' height='18' rx='8' fill='\(skin)'/><path d='M24 44c0-20 8-30 24-30s24 10 24 30v16H24z' fill='\(hair)'/><ellipse cx='48' cy='44' rx='17' ry='21' fill='\(skin)'/><path d='M30 38c8-2 14-6 18-13 4 7 10 11 18 13 0-14-6-21-18-21s-18 7-18 21z' fill='\(hair)'/><circle cx='41' cy='45' r='1.8'/><circle cx='55' cy='45' r='1.8'/><path d='M42 54q6 4 12 0' stroke='#5a2c22' stroke-width='1.6' fill='none' stroke-linecap='round'/></svg>"
        )
    }

    private static func svg(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "image/svg+xml", .cacheControl: "max-age=3600"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }
}

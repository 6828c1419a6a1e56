/// A QR code (ISO/IEC 18004:2015, model 2) of bytes, versions 1 to 10, error correction level M (15 %).
///
/// Enough for a ticket or a code, small enough to read: data analysis and other modes are left out.
struct QRCode: Sendable, Equatable {
    /// Modules per side, without the quiet zone.
    let size: Int
    private var dark: [Bool]
    private var isFunction: [Bool]

    /// Whether the module in a column of a row is dark.
    subscript(row: Int, column: Int) -> Bool { dark[row * size + column] }

    /// The most bytes.
    static let maximumBytes = 213

    /// Blocks by version: error correction codewords per block, and how many blocks of how many data codewords.
    private static let blocks: [(correction: Int, groups: [(count: Int, data: Int)])] = [
        (10, [(1, 16)]), (16, [(1, 28)]), (26, [(1, 44)]), (18, [(2, 32)]), (24, [(2, 43)]), (16, [(4, 27)]),
        (18, [(4, 31)]), (22, [(2, 38), (2, 39)]), (22, [(3, 36), (2, 37)]), (26, [(4, 43), (1, 44)]),
    ]

    /// Centres of the alignment patterns by version.
    private static let alignments: [[Int]] = [
        [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50],
    ]

    /// - Parameter mask: 0 to 7; the one that section 7.8.3 prefers if left out.
    /// - Returns: `nil` if there are more bytes than fit.
    init?(_ text: String, mask: Int? = nil) {
        let bytes = Array(text.utf8)
        guard
            let version = (1...10).first(where: { version in
                let data = Self.blocks[version - 1].groups.reduce(0) { $0 + $1.count * $1.data }
                return bytes.count <= data - (version < 10 ? 2 : 3)
            })
        else { return nil }
        size = 17 + 4 * version
        dark = [Bool](repeating: false, count: size * size)
        isFunction = dark
        drawPatterns(version)
        place(Self.codewords(bytes, version))
        let unmasked = dark
        var best: (penalty: Int, mask: Int, dark: [Bool])?
        for mask in mask.map({ $0...$0 }) ?? 0...7 {
            dark = unmasked
            apply(mask)
            drawFormat(mask)
            let penalty = penalty()
            if best.map({ penalty < $0.penalty }) ?? true { best = (penalty, mask, dark) }
        }
        if let best { dark = best.dark }
    }

    // MARK: Data (sections 7.4 to 7.6)

    private static func codewords(_ bytes: [UInt8], _ version: Int) -> [UInt8] {
        let layout = blocks[version - 1]
        let capacity = layout.groups.reduce(0) { $0 + $1.count * $1.data }
        var bits: [Bool] = []
        func append(_ value: Int, _ count: Int) {
            for shift in (0..<count).reversed() { bits.append(value >> shift & 1 == 1) }
        }
        append(0b0100, 4)
        append(bytes.count, version < 10 ? 8 : 16)
        for byte in bytes { append(Int(byte), 8) }
        append(0, min(4, capacity * 8 - bits.count))
        while bits.count % 8 != 0 { bits.append(false) }
        var data = stride(from: 0, to: bits.count, by: 8).map { start in
            bits[start..<start + 8].reduce(UInt8(0)) { $0 << 1 | ($1 ? 1 : 0) }
        }
        var pad = true
        while data.count < capacity {
            data.append(pad ? 0xEC : 0x11)
            pad.toggle()
        }
        let generator = ReedSolomon.generator(layout.correction)
        var parts: [[UInt8]] = []
        var start = 0
        for group in layout.groups {
            for _ in 0..<group.count {
                parts.append(Array(data[start..<start + group.data]))
                start += group.data
            }
        }
        let corrections = parts.map { ReedSolomon.remainder($0, generator) }
        var result: [UInt8] = []
        for index in 0..<(parts.map(\.count).max() ?? 0) {
            for part in parts where index < part.count { result.append(part[index]) }
        }
        for index in 0..<layout.correction { for correction in corrections { result.append(correction[index]) } }
        return result
    }

    private mutating func place(_ codewords: [UInt8]) {
        var index = 0
        var right = size - 1
        while right >= 1 {
            // The column of the vertical timing pattern is skipped.
            if right == 6 { right = 5 }
            for step in 0..<size {
                let upward = (right + 1) & 2 == 0
                let row = upward ? size - 1 - step : step
                for column in [right, right - 1] where !isFunction[row * size + column] {
                    if index < codewords.count * 8 {
                        dark[row * size + column] = codewords[index / 8] >> (7 - index % 8) & 1 == 1
                        index += 1
                    }
                }
            }
            right -= 2
        }
    }

    // MARK: Patterns (section 6.3)

    private mutating func set(_ row: Int, _ column: Int, _ isDark: Bool) {
        guard (0..<size).contains(row), (0..<size).contains(column) else { return }
        dark[row * size + column] = isDark
        isFunction[row * size + column] = true
    }

    private mutating func drawPatterns(_ version: Int) {
        for index in 0..<size {
            set(6, index, index % 2 == 0)
            set(index, 6, index % 2 == 0)
        }
        for (row, column) in [(3, 3), (3, size - 4), (size - 4, 3)] {
            for down in -4...4 {
                for across in -4...4 {
                    let ring = max(abs(down), abs(across))
                    set(row + down, column + across, ring != 2 && ring != 4)
                }
            }
        }
        let centres = Self.alignments[version - 1]
        let last = centres.count - 1
        for (first, row) in centres.enumerated() {
            for (second, column) in centres.enumerated() {
                // Not where a finder pattern is.
                if (first == 0 && second == 0) || (first == 0 && second == last) || (first == last && second == 0) {
                    continue
                }
                for down in -2...2 {
                    for across in -2...2 { set(row + down, column + across, max(abs(down), abs(across)) != 1) }
                }
            }
        }
        drawFormat(0)
        drawVersion(version)
    }

    /// Level M and the mask, with BCH (15, 5) (section 7.9).
    private mutating func drawFormat(_ mask: Int) {
        var remainder = mask
        for _ in 0..<10 { remainder = remainder << 1 ^ (remainder >> 9) * 0x537 }
        let bits = (mask << 10 | remainder) ^ 0x5412
        func bit(_ index: Int) -> Bool { bits >> index & 1 == 1 }
        for index in 0..<6 { set(index, 8, bit(index)) }
        set(7, 8, bit(6))
        set(8, 8, bit(7))
        set(8, 7, bit(8))
        for index in 9..<15 { set(8, 14 - index, bit(index)) }
        for index in 0..<8 { set(8, size - 1 - index, bit(index)) }
        for index in 8..<15 { set(size - 15 + index, 8, bit(index)) }
        set(size - 8, 8, true)
    }

    /// The version, with BCH (18, 6), from version 7 on (section 7.10).
    private mutating func drawVersion(_ version: Int) {
        guard version >= 7 else { return }
        var remainder = version
        for _ in 0..<12 { remainder = remainder << 1 ^ (remainder >> 11) * 0x1F25 }
        let bits = version << 12 | remainder
        for index in 0..<18 {
            let isDark = bits >> index & 1 == 1
            set(size - 11 + index % 3, index / 3, isDark)
            set(index / 3, size - 11 + index % 3, isDark)
        }
    }

    // MARK: Masks (section 7.8)

    private mutating func apply(_ mask: Int) {
        for row in 0..<size {
            for column in 0..<size where !isFunction[row * size + column] {
                let flips =
                    switch mask {
                    case 0: (row + column) % 2 == 0
                    case 1: row % 2 == 0
                    case 2: column % 3 == 0
                    case 3: (row + column) % 3 == 0
                    case 4: (row / 2 + column / 3) % 2 == 0
                    case 5: row * column % 2 + row * column % 3 == 0
                    case 6: (row * column % 2 + row * column % 3) % 2 == 0
                    default: ((row + column) % 2 + row * column % 3) % 2 == 0
                    }
                if flips { dark[row * size + column].toggle() }
            }
        }
    }

    private func penalty() -> Int {
        var penalty = 0
        let finder = [true, false, true, true, true, false, true]
        for line in 0..<size {
            for isRow in [true, false] {
                let modules = (0..<size).map { isRow ? self[line, $0] : self[$0, line] }
                var run = 1
                for index in 1...size {
                    if index < size, modules[index] == modules[index - 1] {
                        run += 1
                    } else {
                        if run >= 5 { penalty += run - 2 }
                        run = 1
                    }
                }
                for start in 0..<(size - 6) where Array(modules[start..<start + 7]) == finder {
                    let before = (max(0, start - 4)..<start).allSatisfy { !modules[$0] }
                    let after = (start + 7..<min(size, start + 11)).allSatisfy { !modules[$0] }
                    if before || after { penalty += 40 }
                }
            }
        }
        for row in 0..<(size - 1) {
            for column in 0..<(size - 1) {
                let module = self[row, column]
                if self[row, column + 1] == module, self[row + 1, column] == module, self[row + 1, column + 1] == module
                {
                    penalty += 3
                }
            }
        }
        let share = dark.count(where: { $0 }) * 20 / (size * size)
        return penalty + 10 * (share >= 10 ? share - 10 : 9 - share)
    }
}

/// Error correction over GF(256) with the polynomial 0x11D (section 7.5).
enum ReedSolomon {
    static func multiply(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var product = 0
        for shift in (0..<8).reversed() {
            product = product << 1 ^ (product >> 7) * 0x11D
            if right >> shift & 1 == 1 { product ^= Int(left) }
        }
        return UInt8(product)
    }

    /// The coefficients of the generator polynomial without the leading one, the highest power first.
    static func generator(_ degree: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: degree)
        result[degree - 1] = 1
        var root: UInt8 = 1
        for _ in 0..<degree {
            for index in 0..<degree {
                result[index] = multiply(result[index], root)
                if index + 1 < degree { result[index] ^= result[index + 1] }
            }
            root = multiply(root, 2)
        }
        return result
    }

    static func remainder(_ data: [UInt8], _ generator: [UInt8]) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: generator.count)
        for byte in data {
            let factor = byte ^ result.removeFirst()
            result.append(0)
            for index in result.indices { result[index] ^= multiply(generator[index], factor) }
        }
        return result
    }
}

extension QRCode {
    /// The dark modules as the path of an SVG drawing in which a module is one unit, without the quiet zone.
    var path: String {
        var path = ""
        for row in 0..<size {
            for column in 0..<size where self[row, column] { path += "M\(column) \(row)h1v1h-1z" }
        }
        return path
    }

    /// A drawing of its own, with the quiet zone of four modules.
    var svg: String {
        let side = size + 8
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-4 -4 \(side) \(side)\" width=\"\(side * 5)\" "
            + "height=\"\(side * 5)\" shape-rendering=\"crispEdges\" aria-hidden=\"true\">"
            + "<path fill=\"#fff\" d=\"M-4 -4h\(side)v\(side)h-\(side)z\"/><path fill=\"#000\" d=\"\(path)\"/></svg>"
    }
}

/// Turns the checker's places into those of text fields and back.
///
/// The checker counts UTF-8 bytes, lines and code points; browsers count UTF-16 code units.
struct EditorOffsets {
    private let bytes: [UInt8]
    /// UTF-16 code units before each byte; one more than there are bytes.
    private var units: [Int] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        units.reserveCapacity(bytes.count + 1)
        var count = 0
        for byte in bytes {
            units.append(count)
            // The first byte of a character adds for all of it; those of four bytes are two units.
            if byte & 0xc0 != 0x80 { count += byte >= 0xf0 ? 2 : 1 }
        }
        units.append(count)
    }

    func utf16(_ range: Range<Int>) -> Range<Int> {
        let lower = units[min(max(range.lowerBound, 0), bytes.count)]
        return lower..<max(lower, units[min(max(range.upperBound, 0), bytes.count)])
    }

    /// The first byte of the character at or after a number of code units.
    func byte(atUTF16 offset: Int) -> Int {
        var low = 0
        var high = bytes.count
        while low < high {
            let middle = (low + high) / 2
            if units[middle] < offset { low = middle + 1 } else { high = middle }
        }
        while low < bytes.count, bytes[low] & 0xc0 == 0x80 { low += 1 }
        return low
    }

    /// The byte at a line and a column, both from 1.
    func byte(line: Int, column: Int) -> Int {
        var position = 0
        var current = 1
        while current < line, position < bytes.count {
            if bytes[position] == 0x0a { current += 1 }
            position += 1
        }
        var left = column - 1
        while left > 0, position < bytes.count, bytes[position] != 0x0a {
            position += 1
            while position < bytes.count, bytes[position] & 0xc0 == 0x80 { position += 1 }
            left -= 1
        }
        return position
    }
}

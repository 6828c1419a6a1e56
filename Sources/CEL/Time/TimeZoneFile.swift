/// The rules of one time zone, read from the bytes of a TZif file (RFC 8536, versions 1 to 4).
///
/// Times after the last transition follow the file's footer, a POSIX `TZ` rule, for all years to come.
public struct TimeZoneFile: Sendable, Hashable {
    /// Ascending instants at which the offset changes, in Unix seconds.
    private let transitions: [Int64]
    /// The offset from each transition on.
    private let offsets: [Int]
    /// The offset before the first transition.
    private let firstOffset: Int
    private let footer: PosixZone?

    /// - Returns: nil for bytes that are not a TZif file.
    /// - Complexity: O(n).
    public init?(_ bytes: [UInt8]) {
        var reader = TZifReader(bytes)
        guard var block = reader.header() else { return nil }
        var isLong = false
        if block.version >= 0x32 {
            // The first block repeats what 32 bits can hold; the second is the whole.
            guard reader.skip(block.length(timeSize: 4)), let second = reader.header() else { return nil }
            block = second
            isLong = true
        }
        guard let data = reader.data(block, isLong: isLong) else { return nil }
        transitions = data.transitions
        offsets = data.offsets
        firstOffset = data.firstOffset
        footer = isLong ? reader.footer().flatMap(PosixZone.init) : nil
    }

    /// Seconds east of UTC at an instant.
    /// - Complexity: O(log transitions).
    public func utcOffset(at unixSeconds: Int64) -> Int {
        guard let last = transitions.last else { return footer?.utcOffset(at: unixSeconds) ?? firstOffset }
        if unixSeconds >= last {
            if let footer { return footer.utcOffset(at: unixSeconds) }
            return offsets[offsets.count - 1]
        }
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= unixSeconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? firstOffset : offsets[low - 1]
    }
}

/// Reads the blocks of a TZif file.
private struct TZifReader {
    struct Header {
        let version: UInt8
        let utcIndicators: Int
        let standardIndicators: Int
        let leapSeconds: Int
        let transitions: Int
        let types: Int
        let characters: Int

        func length(timeSize: Int) -> Int {
            transitions * timeSize + transitions + types * 6 + characters + leapSeconds * (timeSize + 4)
                + standardIndicators + utcIndicators
        }
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func skip(_ count: Int) -> Bool {
        guard count >= 0, bytes.count - position >= count else { return false }
        position += count
        return true
    }

    private mutating func integer(_ width: Int) -> Int64 {
        var value: UInt64 = 0
        for _ in 0..<width {
            value = value << 8 | UInt64(bytes[position])
            position += 1
        }
        return width == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }

    mutating func header() -> Header? {
        guard bytes.count - position >= 44, bytes[position..<(position + 4)].elementsEqual("TZif".utf8) else {
            return nil
        }
        let version = bytes[position + 4]
        position += 20
        let counts = (0..<6).map { _ in Int(integer(4)) }
        guard counts.allSatisfy({ $0 >= 0 && $0 <= 1_000_000 }), counts[4] > 0 else { return nil }
        return Header(
            version: version, utcIndicators: counts[0], standardIndicators: counts[1], leapSeconds: counts[2],
            transitions: counts[3], types: counts[4], characters: counts[5])
    }

    mutating func data(_ header: Header, isLong: Bool) -> (transitions: [Int64], offsets: [Int], firstOffset: Int)? {
        let timeSize = isLong ? 8 : 4
        guard bytes.count - position >= header.length(timeSize: timeSize) else { return nil }
        let end = position + header.length(timeSize: timeSize)
        let transitions = (0..<header.transitions).map { _ in integer(timeSize) }
        let indices = (0..<header.transitions).map { Int(bytes[position + $0]) }
        position += header.transitions
        var types: [(offset: Int, isDaylight: Bool)] = []
        for _ in 0..<header.types {
            types.append((Int(integer(4)), bytes[position] != 0))
            position += 2
        }
        position = end
        guard indices.allSatisfy({ $0 < types.count }),
            zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        return (transitions, indices.map { types[$0].offset }, types[0].offset)
    }

    /// The text between the two newlines after the last block.
    mutating func footer() -> String? {
        guard position < bytes.count, bytes[position] == 0x0a,
            let end = bytes[(position + 1)...].firstIndex(of: 0x0a)
        else { return nil }
        return String(validating: bytes[(position + 1)..<end], as: UTF8.self)
    }
}

extension Setting where Value == String {
    static func text(_ name: String, _ meaning: String, expected: String, default value: String) -> Setting<String> {
        Setting(name, meaning, expected: expected, default: value, defaultText: value) { $0.isEmpty ? nil : $0 }
    }
}

extension Setting where Value == String? {
    static func secret(_ name: String, _ meaning: String, expected: String) -> Setting<String?> {
        Setting(name, meaning, expected: expected, default: nil, defaultText: nil, isSecret: true) {
            $0.isEmpty ? nil : .some($0)
        }
    }

    /// An absolute http or https address without query or fragment; a trailing slash is dropped.
    static func webAddress(_ name: String, _ meaning: String) -> Setting<String?> {
        Setting(
            name, meaning, expected: "an address such as https://regulars.example.org", default: nil, defaultText: nil
        ) { text in
            guard let scheme = ["https://", "http://"].first(where: { text.hasPrefix($0) }) else { return nil }
            let rest = text.dropFirst(scheme.count)
            guard let first = rest.utf8.first, first != UInt8(ascii: "/"),
                rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"?#@<>\"\\".utf8.contains($0) })
            else { return nil }
            return .some(text.hasSuffix("/") ? String(text.dropLast()) : text)
        }
    }
}

extension Setting where Value == Int {
    static func integer(
        _ name: String, _ meaning: String, in range: ClosedRange<Int>, default value: Int
    ) -> Setting<Int> {
        Setting(
            name, meaning, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)", default: value,
            defaultText: String(value)
        ) { text in
            guard let number = Int(text), range.contains(number) else { return nil }
            return number
        }
    }

    /// A number of bytes.
    static func bytes(
        _ name: String, _ meaning: String, in range: ClosedRange<Int>, default text: String, _ value: Int
    ) -> Setting<Int> {
        Setting(
            name, meaning,
            expected: "a size from \(range.lowerBound) to \(range.upperBound) bytes, such as 512KiB or 4MiB",
            default: value, defaultText: text
        ) { text in
            guard let size = Amount.bytes(text), range.contains(size) else { return nil }
            return size
        }
    }
}

extension Setting where Value == Bool {
    static func toggle(_ name: String, _ meaning: String, default value: Bool) -> Setting<Bool> {
        Setting(
            name, meaning, expected: "true or false", default: value, defaultText: String(value)
        ) { ["true": true, "false": false][$0] }
    }
}

extension Setting where Value == Duration {
    static func duration(
        _ name: String, _ meaning: String, in range: ClosedRange<Duration>, default text: String, _ value: Duration
    ) -> Setting<Duration> {
        Setting(
            name, meaning, expected: "a time such as 90s, 30m, 72h or 14d", default: value, defaultText: text
        ) { text in
            guard let duration = Amount.duration(text), range.contains(duration) else { return nil }
            return duration
        }
    }
}

/// Numbers with a unit behind them.
enum Amount {
    /// `90s`, `30m`, `72h`, `14d`; `0` needs no unit. `nil` for anything else.
    static func duration(_ text: some StringProtocol) -> Duration? {
        if text == "0" { return .zero }
        let seconds: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
        guard let unit = text.last, let factor = seconds[unit], let count = whole(text.dropLast()) else { return nil }
        let (total, overflow) = count.multipliedReportingOverflow(by: factor)
        return overflow ? nil : .seconds(total)
    }

    /// `4096`, `512KiB`, `4MiB`, `1GiB`. `nil` for anything else.
    static func bytes(_ text: some StringProtocol) -> Int? {
        for (unit, factor) in [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)] where text.hasSuffix(unit) {
            guard let count = whole(text.dropLast(unit.count)) else { return nil }
            let (total, overflow) = Int(count).multipliedReportingOverflow(by: factor)
            return overflow ? nil : total
        }
        return whole(text).map { Int($0) }
    }

    /// Digits only: no sign, no space.
    private static func whole(_ text: some StringProtocol) -> Int64? {
        guard let first = text.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return nil }
        return Int64(text)
    }
}

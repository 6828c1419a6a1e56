/// A signed length of time in whole nanoseconds, within ±292 years.
///
/// The language's `duration`. (It is not called `Duration`, so that importing this module does not hide Swift's.)
public struct TimeSpan: Sendable, Hashable, Comparable {
    public let nanoseconds: Int64

    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// - Returns: nil beyond ±292 years.
    public init?(seconds: Int64) {
        let (total, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return nil }
        nanoseconds = total
    }

    /// - Returns: nil beyond ±292 years. Attoseconds are cut off.
    public init?(_ duration: Duration) {
        let parts = duration.components
        let (scaled, overflow) = parts.seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow else { return nil }
        let (total, sumOverflow) = scaled.addingReportingOverflow(parts.attoseconds / 1_000_000_000)
        guard !sumOverflow else { return nil }
        nanoseconds = total
    }

    /// Reads text such as `1h45m`, `-1.5s`, `10ms` or `0`: decimal numbers, each with a unit of
    /// `h`, `m`, `s`, `ms`, `us` (or `µs`) or `ns`.
    /// - Returns: nil for other text or beyond ±292 years.
    public init?(parsing text: String) {
        var scanner = ByteScanner(text)
        let isNegative = scanner.skip("-")
        if !isNegative { _ = scanner.skip("+") }
        guard !scanner.isAtEnd else { return nil }
        if scanner.skip("0"), scanner.isAtEnd {
            nanoseconds = 0
            return
        }
        scanner = ByteScanner(text)
        _ = scanner.skip("-") || scanner.skip("+")
        var total: UInt64 = 0
        while !scanner.isAtEnd {
            guard let part = TimeSpan.part(&scanner) else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow, sum <= 1 << 63 else { return nil }
            total = sum
        }
        guard isNegative || total < 1 << 63 else { return nil }
        nanoseconds = Int64(truncatingIfNeeded: isNegative ? 0 &- total : total)
    }

    /// One number with its unit, in nanoseconds.
    private static func part(_ scanner: inout ByteScanner) -> UInt64? {
        var whole: UInt64 = 0
        var hasDigits = false
        while let digit = scanner.digits(1) {
            let (scaled, overflow) = whole.multipliedReportingOverflow(by: 10)
            let (sum, sumOverflow) = scaled.addingReportingOverflow(UInt64(digit))
            guard !overflow, !sumOverflow else { return nil }
            whole = sum
            hasDigits = true
        }
        var fraction: UInt64 = 0
        var scale: UInt64 = 1
        if scanner.skip(".") {
            while let digit = scanner.digits(1) {
                hasDigits = true
                // Digits beyond what the largest unit can show do not matter.
                guard scale < 1_000_000_000_000_000 else { continue }
                fraction = fraction * 10 + UInt64(digit)
                scale *= 10
            }
        }
        guard hasDigits, let unit = unit(&scanner) else { return nil }
        let (scaled, overflow) = whole.multipliedReportingOverflow(by: unit)
        guard !overflow else { return nil }
        let product = fraction.multipliedFullWidth(by: unit)
        let (quotient, _) = scale.dividingFullWidth(product)
        let (sum, sumOverflow) = scaled.addingReportingOverflow(quotient)
        return sumOverflow ? nil : sum
    }

    private static func unit(_ scanner: inout ByteScanner) -> UInt64? {
        if scanner.skip("h") { return 3_600_000_000_000 }
        if scanner.skip("s") { return 1_000_000_000 }
        if scanner.skip("m") { return scanner.skip("s") ? 1_000_000 : 60_000_000_000 }
        if scanner.skip("u") { return scanner.skip("s") ? 1000 : nil }
        if scanner.skip("n") { return scanner.skip("s") ? 1 : nil }
        // U+00B5 and U+03BC, the two characters that look like µ.
        let isMicro =
            scanner.skip("\u{c2}") ? scanner.skip("\u{b5}") : scanner.skip("\u{ce}") && scanner.skip("\u{bc}")
        return isMicro && scanner.skip("s") ? 1000 : nil
    }

    /// The length in seconds with its fraction, such as `6347s` or `-0.5s`.
    public var text: String {
        let magnitude = nanoseconds.magnitude
        var text = nanoseconds < 0 ? "-" : ""
        text += String(magnitude / 1_000_000_000)
        text.appendFraction(nanoseconds: Int64(magnitude % 1_000_000_000))
        return text + "s"
    }

    public static func < (left: TimeSpan, right: TimeSpan) -> Bool { left.nanoseconds < right.nanoseconds }
}

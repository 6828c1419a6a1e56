internal import Foundation

/// A colour of a screen: sRGB, eight bits each.
public struct Colour: Sendable, Hashable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8

    public init(red: UInt8, green: UInt8, blue: UInt8) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// Six hexadecimal digits, with or without `#`; `nil` for anything else.
    public init?(_ hex: some StringProtocol) {
        let digits = hex.hasPrefix("#") ? Substring(hex.dropFirst()) : Substring(hex)
        guard digits.utf8.count == 6, digits.utf8.allSatisfy({ $0 < 0x80 && Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(digits, radix: 16)
        else { return nil }
        self.init(value)
    }

    /// `0x9C3A22`.
    init(_ value: UInt32) {
        self.init(red: UInt8(value >> 16 & 0xFF), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
    }

    public static let white = Colour(0xFFFFFF)
    public static let black = Colour(0x000000)

    /// Six small hexadecimal digits.
    public var hex: String {
        [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// From 0 for black to 1 for white (WCAG 2.2, relative luminance).
    public var luminance: Double {
        func linear(_ part: UInt8) -> Double {
            let share = Double(part) / 255
            return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// From 1 for equal colours to 21 for black on white (WCAG 2.2, contrast ratio).
    public func contrast(with other: Colour) -> Double {
        let (one, two) = (luminance, other.luminance)
        return (max(one, two) + 0.05) / (min(one, two) + 0.05)
    }

    /// - Parameter share: how much there is of `other`, from 0 to 1.
    public func mixed(with other: Colour, _ share: Double) -> Colour {
        func mix(_ one: UInt8, _ two: UInt8) -> UInt8 {
            UInt8((Double(one) + (Double(two) - Double(one)) * min(max(share, 0), 1)).rounded())
        }
        return Colour(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }

    /// The colour nearest to this one, on the way to `end`, that stands out from all of `grounds`; `end` if none does.
    func standing(out ratio: Double, from grounds: [Colour], towards end: Colour) -> Colour {
        for step in 0..<100 {
            let colour = mixed(with: end, Double(step) / 100)
            if grounds.allSatisfy({ colour.contrast(with: $0) >= ratio }) { return colour }
        }
        return end
    }
}

/// The tenant: one loyalty programme. A home holds many; nothing is ever shared between two of them.
public struct ProgrammeID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 1 to 40 characters: lower-case letters, digits and inner hyphens, starting with a letter.
    public let name: String

    /// `nil` unless `name` is a valid programme name.
    public init?(_ name: some StringProtocol) {
        let bytes = Array(name.utf8)
        guard (1...40).contains(bytes.count), let first = bytes.first, let last = bytes.last,
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first), last != UInt8(ascii: "-"),
            bytes.allSatisfy({
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
            })
        else { return nil }
        self.name = String(name)
    }

    public var description: String { name }

    public static func < (left: ProgrammeID, right: ProgrammeID) -> Bool { left.name < right.name }
}

/// A path to a fact that expressions may read, such as `event.share` or `member.topics.last30days`.
public struct AttributePath: Sendable, Hashable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The names, joined by dots.
    public let text: String

    public init(_ text: String) { self.text = text }

    public init(stringLiteral text: String) { self.text = text }

    public var description: String { text }

    /// The first name: the declared variable, if its own name has no dots.
    public var root: String { String(text.prefix { $0 != "." }) }

    public static func < (left: AttributePath, right: AttributePath) -> Bool { left.text.precedesByBytes(right.text) }
}

/// Which slot of a ``Frame`` holds which attribute of an ``Environment``.
///
/// Slots are numbered from 0 in the order of the declarations, fields by name. Later declarations only add slots, so a
/// program stays valid for frames of an environment that was extended after the program was made.
public struct FrameLayout: Sendable, Hashable {
    /// The attributes by slot.
    public private(set) var paths: [AttributePath] = []
    /// The types by slot.
    public private(set) var types: [CELType] = []
    private var slots: [String: Int] = [:]

    /// The number of slots.
    public var count: Int { paths.count }

    /// The slot of a variable or of a field (`event.share`), nil when none is declared under that path.
    /// - Complexity: O(1); meant for set-up, not for every event.
    public func slot(_ path: String) -> Int? { slots[path] }

    /// The slot of an attribute.
    public func slot(_ path: AttributePath) -> Int? { slots[path.text] }

    /// Adds a slot, or gives the slot of a path that is known its new type.
    mutating func add(_ path: String, _ type: CELType) {
        if let slot = slots[path] {
            types[slot] = type
            return
        }
        slots[path] = paths.count
        paths.append(AttributePath(path))
        types.append(type)
    }
}

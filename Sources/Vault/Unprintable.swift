/// A value that identifies a person or opens something, and so shows neither in logs, in errors nor in a debugger's
/// dump: printing it says what it is, not what it holds.
public protocol Unprintable: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {}

extension Unprintable {
    public var description: String { "(\(Self.self))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

import Foundation
import Runtime
import Settings

/// A command that is carried out inside the server, for somebody whose home that server has open.
///
/// Commands do not ask where they run: `HomeOptions.withHome`, `Output` and `Place` look here, so that it is one code path.
struct Invocation: Sendable {
    /// `nil` in a process of the command's own.
    @TaskLocal static var current: Invocation?

    let home: Home
    let configuration: Configuration
    /// Where the caller stands: paths start there.
    let folder: String
    let say: @Sendable (ControlReply) -> Void
}

/// A command that a running server can carry out for its caller.
protocol RunsInServer {}

/// A command that needs the home for itself, with the reason why.
protocol NeedsHomeAlone {
    /// What to do instead, as a sentence.
    static var instead: String { get }
}

/// Paths as the caller of a command means them.
enum Place {
    static func path(_ path: String) -> String {
        guard let invocation = Invocation.current, !path.hasPrefix("/") else { return path }
        return invocation.folder + "/" + path
    }
}

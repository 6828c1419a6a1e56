public import Primitives
import Synchronization

/// Where a request learns, on its way through the house, that another node owns the programme it is about: nothing has
/// changed then, and whoever carries the request can pass it on.
public final class OwnerNote: Sendable {
    @TaskLocal public static var current: OwnerNote?

    private let noted = Mutex<ProgrammeID?>(nil)

    public init() {}

    /// The programme that another node owns; `nil` if all of the request was ours.
    public var programme: ProgrammeID? { noted.withLock { $0 } }

    static func note(_ programme: ProgrammeID) { current?.noted.withLock { $0 = programme } }
}

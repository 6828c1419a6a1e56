internal import Primitives

/// How long a session lasts.
struct SessionPolicy: Sendable {
    /// Ends when unused for so long.
    let idle: Int64
    /// Ends in any case.
    let absolute: Int64
    /// How finely use is recorded.
    let grain: Int64

    private static let minute: Int64 = 60_000
    private static let day: Int64 = 86_400_000

    /// A working day at a desk.
    static let staff = SessionPolicy(idle: 2 * 60 * minute, absolute: 12 * 60 * minute, grain: minute)
    /// A reader who comes by now and then; recorded by the day, which tells nothing about what was read when.
    static let member = SessionPolicy(idle: 60 * day, absolute: 365 * day, grain: day)

    static func of(_ subject: SignInSubject) -> SessionPolicy {
        subject.isMember ? .member : .staff
    }

    /// A time as it is recorded.
    func recorded(_ time: Instant) -> Int64 {
        let rest = time.milliseconds % grain
        return time.milliseconds - (rest < 0 ? rest + grain : rest)
    }

    func isIdle(seen: Int64, now: Instant) -> Bool {
        recorded(now) - seen > idle
    }
}

import Access
import Primitives

/// How often a till may be wrong. Codes that are right cost nothing.
///
/// The arithmetic is in the threat model: with a million cards a guess is right once in eleven million, and a whole
/// programme's tills get 7,500 guesses a day.
final class CounterLimits: Sendable {
    static let perTillBurst = 10
    static let perTillHourly = 60
    static let perProgrammeHourly = 300

    private let tills = TokenBuckets<String>(
        burst: perTillBurst, count: perTillHourly, perMilliseconds: 3_600_000)
    private let programmes = TokenBuckets<ProgrammeID>(
        burst: perProgrammeHourly, count: perProgrammeHourly, perMilliseconds: 3_600_000)

    /// - Throws: a problem with how long to wait, if nothing may be tried now.
    func mayTry(till: String, programme: ProgrammeID, now: Instant) throws(Problem) {
        let till = tills.take(till, cost: 0, now: now)
        let all = programmes.take(programme, cost: 0, now: now)
        guard till.remaining <= 0 || all.remaining <= 0 else { return }
        // Until one more fits.
        let seconds = 3_600 / (till.remaining <= 0 ? Self.perTillHourly : Self.perProgrammeHourly)
        throw .retry(
            .rateLimited, "Too many codes of no card. Wait, and check the till's clock.", afterSeconds: seconds)
    }

    func wasWrong(till: String, programme: ProgrammeID, now: Instant) {
        _ = tills.take(till, now: now)
        _ = programmes.take(programme, now: now)
    }
}

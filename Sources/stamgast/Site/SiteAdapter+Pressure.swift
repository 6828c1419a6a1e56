import Loyalty
import Runtime
import Site

/// How often the programme may urge the member.
extension SiteAdapter {
    func pressure(of member: SiteMember) async throws -> PressureDesk? {
        guard let standing = try await engine.pressure(of: member.member, in: member.programme.id) else { return nil }
        let terms = standing.terms
        return PressureDesk(
            choice: PressureDesk.Choice(rawValue: standing.choice.name) ?? .normal,
            most: terms.isUnbounded ? nil : PressureDesk.Most(day: terms.perDay, week: terms.perWeek),
            quiet: terms.quiet.map { PressureDesk.Quiet(from: Self.clock($0.from), until: Self.clock($0.until)) },
            week: standing.week)
    }

    func choose(_ pressure: PressureDesk.Choice, for member: SiteMember) async throws {
        guard let choice = UrgingChoice(name: pressure.rawValue) else { return }
        _ = try await engine.perform(.pressure(choice), member: member.member, in: member.programme.id)
    }

    private static func clock(_ minutes: Int) -> String {
        func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(padded(minutes / 60)):\(padded(minutes % 60))"
    }
}

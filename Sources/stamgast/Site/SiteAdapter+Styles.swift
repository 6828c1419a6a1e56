import Loyalty
import Personalisation
import Primitives
import Runtime
import Site

/// What members enjoy in taking part. It is kept as a trait of theirs, so it stands among their data, is exported and erased.
extension SiteAdapter {
    private static let trait = "play-style"

    func playStyles(from answers: [Int]) -> [PlayStyle]? {
        Hexad.scores(answers).map { Hexad.leading($0).compactMap { PlayStyle(rawValue: $0.rawValue) } }
    }

    func playStyle(of member: SiteMember) async throws -> [PlayStyle] {
        guard let summary = try await engine.summary(of: member.member, in: member.programme.id) else { return [] }
        return Self.kept(summary)
    }

    /// The same, as far as the level lets it be used.
    func usedPlayStyle(_ summary: MemberSummary, of member: SiteMember) async throws -> [PlayStyle] {
        let kept = Self.kept(summary)
        guard !kept.isEmpty else { return [] }
        let level = try await engine.level(
            for: .recommendations, of: member.member, in: member.programme.id,
            globalPrivacyControl: member.globalPrivacyControl)
        return level > .off ? kept : []
    }

    func keep(_ styles: [PlayStyle], for member: SiteMember) async throws {
        let value: JSONValue = styles.isEmpty ? .null : .array(styles.map { .string($0.rawValue) })
        _ = try await engine.perform(
            .profile(ProfileChange(traits: [Self.trait: value])), member: member.member, in: member.programme.id)
    }

    private static func kept(_ summary: MemberSummary) -> [PlayStyle] {
        guard case .array(let values)? = summary.traits[trait] else { return [] }
        return values.compactMap { $0.stringValue.flatMap { PlayStyle(rawValue: $0) } }
    }
}

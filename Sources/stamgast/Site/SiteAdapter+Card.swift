import Access
import Primitives
import Runtime
import Site

extension SiteAdapter {
    func card(of member: SiteMember) async throws -> CardCode {
        let now = engine.clock.now()
        let (code, until) = try await home.access.cards.code(of: member.member, in: member.programme.id, now: now)
        return CardCode(
            code: code, grouped: CardCodes.grouped(code), seconds: Int((until - now + 999) / 1_000))
    }
}

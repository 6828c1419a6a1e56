import Loyalty
import Site

extension FakeSiteData {
    func look(for staff: SiteStaff) async throws -> LookDesk { Samples.look }

    /// Finds fault with whatever says "wrong".
    func check(look file: String, for staff: SiteStaff) async throws -> LookDraft {
        guard !file.contains("wrong") else {
            return LookDraft(
                problems: [LookDraft.Problem(line: 2, message: "'wrong' is no colour.", fix: "Write another.")],
                theme: nil)
        }
        return LookDraft(problems: [], theme: Theme(light: Theme.Colours(accent: Colour("1f5f8b"))))
    }

    func take(look file: String, basedOn version: Int64, for staff: SiteStaff) async throws -> Bool { version == 3 }
}

extension Samples {
    static let look = LookDesk(
        file: "colours:\n  accent: '#1f5f8b'\n", version: 3,
        look: ProgrammeLook(
            theme: Theme(
                light: Theme.Colours(accent: Colour("1f5f8b")), headings: .slab,
                texts: [.foot: LocalizedText([.nl: "Voet", .en: "Foot", .ja: "フッター"])]),
            logo: WebLink("/media/logo/example.svg")), mayChange: true)
}

import Loyalty
import Personalisation
import Primitives
import Vault

extension Consents {
    /// How many wordings of one text are looked through for the version that was shown.
    private static let versions = 1...50

    /// Records what a member said about a purpose: `persona` and `personal` are a consent to be profiled, `off` and
    /// `session` take it back.
    ///
    /// A text that was changed gets the next version. Members that the vault does not know, of an import, have no receipts.
    func record(_ note: ConsentNote, id: ID128) async throws {
        let level = note.step.after
        let name = "profiling-\(note.surface.rawValue)-\(note.purpose.rawValue)-\(level.rawValue)"
        let said = "Said through the API: the level \(level.rawValue) for the purpose \(note.purpose.rawValue)."
        for version in Self.versions {
            let act = ConsentAct(
                id: id, purpose: note.purpose.rawValue, decision: level > .session ? .given : .withdrawn,
                text: ConsentText(
                    id: name, version: version, language: note.language ?? "en", body: note.shown ?? said),
                control: ConsentControl(element: note.surface == .question ? "question" : "level-choice"),
                method: note.surface == .api ? .api : .page, keepsTime: note.keepsTime)
            do {
                try await record(act, of: note.member, programme: note.programme, now: note.at)
                return
            } catch ConsentProblem.textChanged where version < Self.versions.upperBound {
                continue
            } catch VaultProblem.unknownMember {
                return
            }
        }
    }
}

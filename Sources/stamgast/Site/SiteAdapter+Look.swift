import Access
import Hummingbird
import Loyalty
import Primitives
import Runtime
import Site
import Storage

/// How the pages look, and the console's page to change it: the file `theme.yaml` of the programme's document.
extension SiteAdapter {
    func look(of programme: Programme) -> ProgrammeLook {
        guard let theme = programme.theme else { return .standard }
        // The digest in the address makes browsers fetch a logo that has changed.
        let logo = theme.logo.flatMap { drawing in
            WebLink("/media/logo/\(programme.id.name).svg?v=\(Self.mark(of: drawing))")
        }
        return ProgrammeLook(theme: theme, logo: logo)
    }

    /// FNV-1a: the same on every node and in every run.
    private static func mark(of text: String) -> String {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        return String(hash, radix: 36)
    }

    func look(for staff: SiteStaff) async throws -> LookDesk {
        guard let current = try await home.versions.loadCurrent(staff.programme.id) else { throw ProgrammeGone() }
        let file = current.document[ProgrammeDocument.theme].map { String(decoding: $0, as: UTF8.self) } ?? ""
        return LookDesk(
            file: file, version: current.version.number, look: staff.programme.look,
            mayChange: try await may(.programmeWrite, staff))
    }

    func check(look file: String, for staff: SiteStaff) async throws -> LookDraft {
        guard let current = try await home.versions.loadCurrent(staff.programme.id) else { throw ProgrammeGone() }
        do throws(DocumentProblems) {
            let check = try Self.document(current.document, with: file).check(zones: engine.zones)
            let problems = check.errors.filter { $0.path == ProgrammeDocument.theme }
            return LookDraft(
                problems: problems.map(Self.problem),
                theme: problems.isEmpty ? check.programme.map { $0.theme ?? .standard } : nil)
        } catch {
            return LookDraft(problems: error.problems.map(Self.problem), theme: nil)
        }
    }

    func take(look file: String, basedOn version: Int64, for staff: SiteStaff) async throws -> Bool {
        guard try await may(.programmeWrite, staff) else { throw HTTPError(.forbidden) }
        let programme = staff.programme.id
        guard let current = try await home.versions.loadCurrent(programme), current.version.number == version else {
            return false
        }
        do {
            let document = try Self.document(current.document, with: file)
            switch try await home.apply(document, to: programme, basedOn: version, by: staff.staff, note: "look") {
            case .applied, .unchanged: return true
            case .conflict: return false
            }
        } catch is DocumentProblems {
            return false
        } catch is UndecidedChanges {
            return false
        }
    }

    /// The document with another look; an empty file takes the theme away. What the last step said of members who were in
    /// the middle of something is about that step, and is left out.
    private static func document(
        _ document: ProgrammeDocument, with theme: String
    ) throws(DocumentProblems) -> ProgrammeDocument {
        var files = document.files.filter { $0.path != ProgrammeDocument.theme && $0.path != "changes.yaml" }
        if theme.contains(where: { !$0.isWhitespace }) {
            files.append(ProgrammeDocument.File(path: ProgrammeDocument.theme, bytes: Array(theme.utf8)))
        }
        return try ProgrammeDocument(files: files)
    }

    private static func problem(_ problem: DocumentProblem) -> LookDraft.Problem {
        LookDraft.Problem(line: problem.line, message: problem.message, fix: problem.fix)
    }
}

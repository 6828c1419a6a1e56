import Access
import Loyalty
import Primitives
import Runtime

/// The programme as a document: read it, check a new one, apply it.
struct ProgrammeController: Sendable {
    let updates: ProgrammeUpdates
    let zones: SystemZones
    let idempotency: Idempotency

    func get(_ call: Call) async throws -> Reply {
        let programme = try call.programme
        guard let (version, document) = try await updates.versions.loadCurrent(programme) else {
            throw Problem.notFound("programme")
        }
        return .json(capacity: 16_384) { writer in
            writer.beginObject()
            writer.member("programme", programme.name)
            Self.writeMembers(version, into: &writer)
            writer.member("document", document.bundle)
            writer.endObject()
        }
    }

    func check(_ call: Call) async throws -> Reply {
        var fields = try Fields(try call.json())
        let bundle = fields.value("document", required: true) ?? .null
        try fields.finish()
        var problems: [DocumentProblem]
        do throws(DocumentProblems) {
            let check = try ProgrammeDocument(bundle: bundle).check(zones: zones)
            problems = check.problems
            if let found = check.programme?.id, found != (try? call.programme) {
                problems.append(Self.foreign)
            }
        } catch {
            problems = error.problems
        }
        return .json(capacity: 1_024) { writer in
            writer.beginObject()
            writer.member("ok", !problems.contains { $0.severity == .error })
            writer.key("problems")
            Self.write(problems, into: &writer)
            writer.endObject()
        }
    }

    func put(_ call: Call) async throws -> Reply {
        let body = try call.json()
        var fields = try Fields(body)
        let based = fields.integer("based_on", required: true, in: 0 ... .max) ?? 0
        let bundle = fields.value("document", required: true) ?? .null
        try fields.finish()
        let programme = try call.programme
        let actor = call.key?.principal.auditName ?? ""
        return try await idempotency.once(call, body: body) {
            let before = try await updates.versions.loadCurrent(programme)
            var document: ProgrammeDocument?
            var problems: [DocumentProblem] = []
            do throws(DocumentProblems) {
                document = try ProgrammeDocument(bundle: bundle)
            } catch {
                problems = error.problems
            }
            // First the version: whoever has an old one should hear that before reading a document's errors.
            if (before?.version.number ?? 0) != based, before?.version.digest != document?.digest {
                throw try await outdated(programme, based, before?.version)
            }
            guard let document else { throw Self.refused(problems) }
            return try await apply(document, to: programme, basedOn: based, before?.document, by: actor)
        }
    }

    private func apply(
        _ document: ProgrammeDocument, to programme: ProgrammeID, basedOn based: Int64, _ before: ProgrammeDocument?,
        by actor: String
    ) async throws -> Reply {
        let check = document.check(zones: zones)
        guard let new = check.programme else { throw Self.refused(check.errors) }
        guard new.id == programme else { throw Self.refused([Self.foreign]) }
        let outcome: ProgrammeApplication
        do {
            outcome = try await updates.apply(document, to: programme, basedOn: based, by: actor)
        } catch let error as CompilationProblem {
            throw Self.refused([DocumentProblem(path: error.place, message: error.message)])
        } catch let error as DocumentProblems {
            throw Self.refused(error.problems)
        } catch let undecided as UndecidedChanges {
            throw Problem(undecided)
        }
        switch outcome {
        case .applied(let version):
            let difference = try before.map { try ProgrammeDiff(from: $0.programme(), to: new) }
            return reply(version, isNew: true, check.warnings, difference)
        case .unchanged(let version): return reply(version, isNew: false, check.warnings, nil)
        case .conflict(let current): throw try await outdated(programme, based, current)
        }
    }

    /// What others changed between the version that the author had and the one in force.
    private func outdated(
        _ programme: ProgrammeID, _ based: Int64, _ current: ProgrammeVersion?
    ) async throws -> Problem {
        guard let current else {
            return Problem(
                .outdatedVersion, "The programme has no version yet. Name 0 as `based_on`.",
                extras: ["version": 0, "difference": .null])
        }
        var difference: JSONValue = .null
        if let old = try await updates.versions.load(programme, version: based)?.document.programme(),
            let new = try await updates.versions.load(programme, version: current.number)?.document.programme()
        {
            difference = ProgrammeDiff(from: old, to: new).json
        }
        return Problem(
            .outdatedVersion,
            "Version \(current.number) is in force. Bring the difference into your document and name that version.",
            extras: ["version": .integer(current.number), "difference": difference])
    }

    func versions(_ call: Call) async throws -> Reply {
        let page = try Page(call.query)
        var before = Int64.max
        if let after = page.after {
            guard let number = Int64(after) else { throw Page.badCursor }
            before = number
        }
        let versions = try await updates.versions.list(try call.programme, before: before, limit: page.limit)
        let next = versions.count == page.limit ? versions.last.map { String($0.number) } : nil
        return ListReply.json(versions, next: next) { version, writer in
            writer.beginObject()
            Self.writeMembers(version, into: &writer)
            writer.member("based_on", version.basedOn)
            writer.member("applied_by", version.appliedBy)
            writer.endObject()
        }
    }

    private func reply(
        _ version: ProgrammeVersion, isNew: Bool, _ warnings: [DocumentProblem], _ difference: ProgrammeDiff?
    ) -> Reply {
        .json(capacity: 1_024) { writer in
            writer.beginObject()
            Self.writeMembers(version, into: &writer)
            writer.member("changed", isNew)
            writer.member("difference", difference?.json ?? .null)
            writer.key("warnings")
            Self.write(warnings, into: &writer)
            writer.endObject()
        }
    }

    private static func writeMembers(_ version: ProgrammeVersion, into writer: inout JSONWriter) {
        writer.member("version", version.number)
        writer.member("applied_at", RFC3339.format(version.appliedAt))
        writer.member("digest", Hexadecimal.encode(version.digest))
    }

    static let foreign = DocumentProblem(
        path: "programme.yaml", message: "The document is of another programme than the key.",
        fix: "Use a key of that programme, or correct `programme`.")

    static func refused(_ problems: [DocumentProblem]) -> Problem {
        Problem(
            .invalidProgramme, "Mend what `problems` names. Nothing has changed.",
            extras: ["problems": .array(problems.map(document))])
    }

    private static func write(_ problems: [DocumentProblem], into writer: inout JSONWriter) {
        writer.beginArray()
        for problem in problems { writer.value(document(problem)) }
        writer.endArray()
    }

    private static func document(_ problem: DocumentProblem) -> JSONValue {
        [
            "path": .string(problem.path), "line": .integer(Int64(problem.line)),
            "column": .integer(Int64(problem.column)), "severity": .string(problem.severity.rawValue),
            "message": .string(problem.message), "fix": problem.fix.map { .string($0) } ?? .null,
        ]
    }
}

extension Problem {
    /// Members are in the middle of something, and the document does not say what becomes of them.
    init(_ undecided: UndecidedChanges) {
        let changes = undecided.changes.map { one -> JSONValue in
            [
                "thing": .string(one.change.thing), "id": .string(one.change.id), "says": .string(one.change.says),
                "choices": .array(one.change.choices.map { .string($0.rawValue) }), "members": .integer(one.members),
                "stated": one.stated.map { .string($0.rawValue) } ?? .null,
            ]
        }
        self.init(
            .undecidedChanges, "Put the lines of `template` into `changes.yaml`, with the choices that you want.",
            extras: [
                "changes": .array(changes), "unused": .array(undecided.unused.map { .string($0) }),
                "template": .string(undecided.template),
            ])
    }
}

enum Hexadecimal {
    static func encode(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

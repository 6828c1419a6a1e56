internal import Access
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Primitives

/// The audit log: looked through by address, and taken along as a file.
extension StamgastSite {
    static let auditPage = "/console/audit"
    /// How many lines of a file are read at once, so that a long log is never in memory whole.
    static let exportedAtOnce = 500

    func addAudit<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/console/audit") { request, _ in
            let visit = try await administrator(of: request, \.readsAudit)
            let form = AuditForm(Self.parameters(of: request))
            let checks = request.uri.queryParameters["check"] != nil
            let desk = try await data.audit(form.query, checks: checks, for: visit.person)
            let page = AuditPage(
                desk, form: form, shell: shell(visit, path: Self.auditPage), texts: visit.texts)
            return html(page, status: form.isWrong ? .unprocessableContent : .ok)
        }
        router.get("/console/audit/export") { request, _ in
            let visit = try await administrator(of: request, \.readsAudit)
            let form = AuditForm(Self.parameters(of: request))
            guard !form.isWrong, let format = request.uri.queryParameters["as"].map(String.init),
                let format = AuditExport(rawValue: format)
            else { throw SiteProblem.notFound }
            // Read before anything is answered: who may not learns it from the status.
            let first = try await data.auditLines(form.query, limit: Self.exportedAtOnce, for: visit.person)
            return export(first, as: format, form.query, visit.person)
        }
    }

    private func export(
        _ first: [AuditLine], as format: AuditExport, _ query: AuditQuery, _ person: SiteStaff
    ) -> Response {
        let data = self.data
        let body = ResponseBody { writer in
            var (lines, query) = (first, query)
            try await writer.write(ByteBuffer(string: format.head))
            while let last = lines.last {
                try await writer.write(ByteBuffer(string: lines.map { format.text($0) }.joined()))
                if lines.count < Self.exportedAtOnce { break }
                query.before = last.sequence
                lines = try await data.auditLines(query, limit: Self.exportedAtOnce, for: person)
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: SecurityHeaders.fields([
                ("content-type", format.type),
                ("content-disposition", "attachment; filename=\"\(format.file)\""),
                ("cache-control", "no-store"), ("x-content-type-options", "nosniff"),
                ("content-security-policy", "default-src 'none'"), ("vary", "accept-language, cookie"),
            ]), body: body)
    }

    /// A member of staff who may do something of administration. What they ask for is checked once more where it is done.
    func administrator(
        of request: Request, _ may: KeyPath<SiteStaff, Bool>
    ) async throws -> Visit<SiteStaff> {
        let visit = try await staff(of: request)
        guard visit.person[keyPath: may] else { throw SiteProblem.aggregatesOnly }
        return visit
    }

    /// What the address says under a name, as a form writes it there: with plus signs for spaces.
    static func parameters(of request: Request) -> (String) -> String? {
        let all = request.uri.queryParameters
        return { name in all[name[...]].map { String($0).replacing("+", with: " ") } }
    }

    /// What a form was made with, so that sending it twice does it once.
    func formKey(_ fields: [String: String]) throws -> String {
        guard let key = fields["key"], key.utf8.count == 32, key.allSatisfy(\.isHexDigit) else {
            throw SiteProblem.formUnreadable
        }
        return key
    }
}

/// What an address asks of the audit log, with what is wrong with it.
struct AuditForm: Sendable, Equatable {
    static let longest = 100

    var query: AuditQuery
    /// As they were typed.
    var from: String
    var to: String
    var isFromWrong: Bool
    var isToWrong: Bool
    /// The last day lies before the first.
    var isTurned: Bool

    var isWrong: Bool { isFromWrong || isToWrong || isTurned }

    init(_ parameter: (String) -> String?) {
        func words(_ name: String) -> String? {
            let text = (parameter(name) ?? "").prefix(Self.longest)
            let trimmed = text.drop { $0 == " " }
            return trimmed.isEmpty ? nil : String(trimmed.reversed().drop { $0 == " " }.reversed())
        }
        from = words("from") ?? ""
        to = words("to") ?? ""
        query = AuditQuery(
            isHome: parameter("of") == "home", action: words("action"), object: words("object"), actor: words("actor"),
            from: Self.day(from), to: Self.day(to), before: parameter("before").flatMap { Int64($0) })
        isFromWrong = !from.isEmpty && query.from == nil
        isToWrong = !to.isEmpty && query.to == nil
        if let first = query.from, let last = query.to { isTurned = last < first } else { isTurned = false }
    }

    static func day(_ text: String) -> LocalDay? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2] else { return nil }
        let numbers = parts.compactMap { $0.allSatisfy(\.isNumber) ? Int($0) : nil }
        return numbers.count == 3 ? LocalDay(year: numbers[0], month: numbers[1], day: numbers[2]) : nil
    }

    /// The same question at another address, with more asked of it.
    func address(_ path: String, isHome: Bool? = nil, _ more: [(String, String)] = []) -> String {
        var parts: [(String, String)] = []
        if isHome ?? query.isHome { parts.append(("of", "home")) }
        // The other chain has other words.
        if isHome == nil {
            for (name, value) in [
                ("action", query.action ?? ""), ("object", query.object ?? ""), ("actor", query.actor ?? ""),
                ("from", from), ("to", to),
            ] where !value.isEmpty {
                parts.append((name, value))
            }
        }
        let asked = (parts + more).map { $0.0 + "=" + WebLink.encode($0.1) }.joined(separator: "&")
        return asked.isEmpty ? path : path + "?" + asked
    }
}

/// A file of the audit log: what is stored, and nothing more.
enum AuditExport: String, CaseIterable {
    case csv
    /// One JSON object per line, with the hashes: whoever has the file can compute the chain anew.
    case lines

    private static let names = [
        "sequence", "at", "actor", "action", "object", "before", "after", "reason", "previous", "hash",
    ]

    var type: String {
        switch self {
        case .csv: "text/csv; charset=utf-8; header=present"
        case .lines: "application/x-ndjson"
        }
    }

    var file: String {
        switch self {
        case .csv: "audit.csv"
        case .lines: "audit.jsonl"
        }
    }

    var head: String { self == .csv ? Self.names.joined(separator: ",") + "\r\n" : "" }

    func text(_ line: AuditLine) -> String {
        let values: [String?] = [
            String(line.sequence), RFC3339.format(line.at), line.actor, line.action, line.object, line.before,
            line.after, line.reason, line.previous, line.hash,
        ]
        switch self {
        case .csv: return values.map { Chart.cell($0 ?? "") }.joined(separator: ",") + "\r\n"
        case .lines:
            var object: JSONObject = [:]
            for (name, value) in zip(Self.names, values) { object[name] = value.map { .string($0) } ?? .null }
            object["sequence"] = .integer(line.sequence)
            return JSONValue.object(object).text() + "\n"
        }
    }
}

/// Who changed what, when and why.
struct AuditPage: Page {
    static let template = "console-audit"
    /// How much of a state is shown; the file has it whole.
    static let shownLetters = 240

    var shell: Shell
    var tabs: [TabView]
    var hasTabs: Bool
    var isHome: Bool
    var errors: FormErrorsView?
    var fields: [FieldView]
    var clear: String?
    var chain: String?
    var chainMark: String?
    var isChainGood: Bool
    /// The page that checks it however long it is.
    var check: String?
    var table: TableView?
    var newest: String?
    var older: String?
    var csv: String
    var lines: String

    init(_ desk: AuditDesk, form: AuditForm, shell: Shell, texts: Texts) {
        let words = texts.admin
        let path = StamgastSite.auditPage
        let query = form.query
        self.shell = shell
        isHome = query.isHome
        tabs = [
            TabView(words.ofProgramme, href: form.address(path, isHome: false), isCurrent: !query.isHome),
            TabView(words.ofHome, href: form.address(path, isHome: true), isCurrent: query.isHome),
        ]
        hasTabs = desk.mayReadHome
        // What was asked stays in the list, even if nothing has it.
        let actions = Set(desk.actions + [query.action].compactMap { $0 }).sorted()
        fields = [
            FieldView(
                choice: words.action, name: "action",
                options: [("", words.anyAction)] + actions.map { ($0, $0) }, chosen: query.action ?? ""),
            FieldView(
                words.object, name: "object", type: "search", value: query.object ?? "", longest: AuditForm.longest),
            FieldView(words.actor, name: "actor", type: "search", value: query.actor ?? "", longest: AuditForm.longest),
            FieldView(
                words.from, name: "from", type: "date", value: form.from, error: form.isFromWrong ? words.dayBad : nil),
            FieldView(
                words.to, name: "to", type: "date", value: form.to,
                error: form.isToWrong ? words.dayBad : form.isTurned ? words.dayTurned : nil),
        ]
        errors = FormErrorsView(fields)
        let bare = form.address(path, isHome: query.isHome)
        clear = form.address(path) == bare ? nil : bare
        (chain, chainMark, check, isChainGood) = (nil, nil, nil, true)
        switch desk.chain {
        case .intact(0, _): break
        case .intact(let count, let mark):
            chain = words.chainIntact(texts.number(count))
            chainMark = mark
        case .broken(let place):
            chain = words.chainBroken(texts.number(place))
            isChainGood = false
        case .unchecked(let count):
            chain = words.chainUnchecked(texts.number(count))
            check = form.address(path, [("check", "1")])
        }
        table = desk.lines.isEmpty ? nil : Self.table(desk, path: path, texts: texts)
        newest = query.before == nil ? nil : form.address(path)
        older =
            desk.hasOlder
            ? desk.lines.last.map { form.address(path, [("before", String($0.sequence))]) } : nil
        csv = form.address(path + "/export", [("as", AuditExport.csv.rawValue)])
        lines = form.address(path + "/export", [("as", AuditExport.lines.rawValue)])
    }

    private static func table(_ desk: AuditDesk, path: String, texts: Texts) -> TableView {
        let words = texts.admin
        let today = desk.today
        let columns: [TableColumn<AuditLine>] = [
            TableColumn("action", words.action) { TableView.Cell($0.action, more: $0.object, isCode: true) },
            TableColumn("actor", words.actor) { line in
                guard let name = line.actorName else { return TableView.Cell(line.actor, isCode: true) }
                return TableView.Cell(name, more: line.actor)
            },
            TableColumn("at", words.when) { TableView.Cell(texts.moment($0.when, today: today)) },
            TableColumn("state", words.change) { line in
                let states = [line.before, line.after].map { clipped($0 ?? "") }
                if line.before == nil { return TableView.Cell(states[1], isCode: line.after != nil) }
                return TableView.Cell(states.joined(separator: " → "), isCode: true)
            },
            TableColumn("reason", words.reason) { TableView.Cell($0.reason ?? "") },
        ]
        return TableView(
            desk.lines, columns, caption: words.auditTitle, query: TableQuery(), path: path, texts: texts,
            perPage: max(desk.lines.count, 1))
    }

    private static func clipped(_ text: String) -> String {
        text.count > shownLetters ? text.prefix(shownLetters) + "…" : text
    }
}

/// The form that corrects points, with what was typed and what was wrong with it.
struct PointsForm: Sendable, Equatable {
    var key: String
    var unit = ""
    var amount = ""
    var reason = ""
    var unitProblem: String?
    var amountProblem: String?
    var reasonProblem: String?
    var isDone = false
    /// Whether it waits for a second person.
    var isWaiting = false

    var isWrong: Bool { unitProblem != nil || amountProblem != nil || reasonProblem != nil }

    /// The amount, if it is one.
    var points: Int64? {
        Int64(amount.withoutOuterBlanks.trimmingPrefix("+")).flatMap { number in
            number != 0 && (-PointsOrder.maximum...PointsOrder.maximum).contains(number) ? number : nil
        }
    }

    var trimmedReason: String { reason.withoutOuterBlanks }
    var hasReason: Bool { (1...PointsOrder.longestReason).contains(trimmedReason.unicodeScalars.count) }
}

/// One member: what they have, what waits, what happened and why.
struct ConsoleMemberPage: Page {
    static let template = "console-member"

    /// A table with its heading.
    struct Section: Sendable, Equatable {
        var id: String
        var title: String
        var table: TableView
        /// The page where something can be done about it.
        var more: String?
    }

    struct Field: Sendable, Equatable {
        var name: String
        var value: String
    }

    struct Entry: Sendable, Equatable {
        var line: HistoryPageModel.Line
        var note: String?
        var fields: [Field]
    }

    struct Adjustment: Sendable, Equatable {
        var action: String
        var csrf: String
        var key: String
        var errors: FormErrorsView?
        var fields: [FieldView]
    }

    var shell: Shell
    var heading: String
    var pseudonym: String
    var facts: [String]
    var tier: TierView?
    var sections: [Section]
    var done: String?
    var adjustment: Adjustment?
    var level: LevelView
    var keptNote: String?
    var entries: [Entry]
    var hasEntries: Bool
    var older: String?
    /// The way back to the latest page, from an older one.
    var latest: String?

    init(
        _ member: ConsoleMember, form: PointsForm, isLatest: Bool = true, shell: Shell, texts: Texts, csrf: String
    ) {
        self.shell = shell
        let words = texts.memberDesk
        let path = WebLink(path: ["console", "members", member.id]).address
        heading = words.heading(String(member.id.prefix(8)))
        pseudonym = member.id
        facts = [
            member.joined.map { words.since(texts.date($0, today: member.today)) },
            member.isPaused ? words.paused : nil,
        ].compactMap { $0 }
        tier = member.tier.map { TierView($0, today: member.today, texts: texts, csrf: csrf) }
        // Only the member answers an invitation.
        tier?.invitations = []
        sections = Self.sections(member, path: path, texts: texts)
        // Only where the menu leads there, too.
        if !shell.sections.contains(where: { $0.links.contains { $0.href == "/console/reviews" } }) {
            for index in sections.indices { sections[index].more = nil }
        }
        done = form.isDone ? words.adjustDone : form.isWaiting ? texts.approvals.waits : nil
        if member.mayAdjust, !member.holdings.isEmpty {
            adjustment = Self.adjustment(member, form, action: path + "/adjust", csrf: csrf, texts: texts)
        }
        level = LevelView(member.level, texts: texts)
        keptNote = member.level == .personal ? nil : words.keptNote
        entries = member.entries.map { entry in
            var line = Self.line(entry.shown, today: member.today, texts: texts)
            if entry.isByStaff { line.reason = WordingView(plain: words.byStaff) }
            return Entry(
                line: line, note: entry.note, fields: entry.fields.map { Field(name: $0.name, value: $0.value) })
        }
        hasEntries = !entries.isEmpty
        older = member.older.map { path + "?after=" + WebLink.encode($0) }
        latest = isLatest ? nil : path
    }

    private static func line(
        _ shown: ConsoleMember.Entry.Shown, today: LocalDay, texts: Texts
    ) -> HistoryPageModel.Line {
        switch shown {
        case .line(let line): HistoryPageModel.view(of: line, today: today, texts: texts)
        case .silent(let silent, let when, let reason):
            HistoryPageModel.Line(
                when: texts.moment(when, today: today), day: when.day.iso,
                reason: WordingView(reason, on: texts.language), effect: texts.memberDesk.silent(silent),
                tone: "neutral", refused: false)
        }
    }

    private static func adjustment(
        _ member: ConsoleMember, _ form: PointsForm, action: String, csrf: String, texts: Texts
    ) -> Adjustment {
        let words = texts.memberDesk
        let fields = [
            FieldView(
                choice: words.unit, name: "unit", options: member.holdings.map { ($0.id, $0.name.text) },
                chosen: form.unit.isEmpty ? nil : form.unit, error: form.unitProblem),
            FieldView(
                words.amount, name: "amount", type: "number", value: form.amount, hint: words.amountHint,
                error: form.amountProblem, isRequired: true, least: String(-PointsOrder.maximum),
                most: String(PointsOrder.maximum), autocomplete: "off"),
            FieldView(
                area: words.reason, name: "reason", value: form.reason, hint: words.reasonHint,
                error: form.reasonProblem, isRequired: true, longest: PointsOrder.longestReason),
        ]
        return Adjustment(
            action: action, csrf: csrf, key: form.key, errors: FormErrorsView(fields), fields: fields)
    }

    // MARK: What there is, in tables

    private static func sections(_ member: ConsoleMember, path: String, texts: Texts) -> [Section] {
        let words = texts.memberDesk
        let today = member.today
        func table<Row: Sendable>(
            _ id: String, _ title: String, _ rows: [Row], _ columns: [TableColumn<Row>], more: String? = nil
        ) -> Section? {
            rows.isEmpty
                ? nil
                : Section(
                    id: id, title: title,
                    table: TableView(
                        rows, columns, caption: title, query: TableQuery(), path: path, texts: texts, perPage: 200),
                    more: more)
        }
        @Sendable func said(_ wording: Wording) -> TableView.Cell {
            TableView.Cell(WordingView(wording, on: texts.language))
        }
        @Sendable func number(_ value: Int64) -> TableView.Cell { TableView.Cell(texts.number(value)) }
        @Sendable func date(_ day: LocalDay?) -> TableView.Cell {
            TableView.Cell(day.map { texts.date($0, today: today) } ?? "–")
        }
        return [
            table(
                "member-balances", words.balances, member.holdings,
                [
                    TableColumn("unit", words.unit) { said($0.name) },
                    TableColumn("spendable", words.spendable, isNumber: true) { number($0.spendable) },
                    TableColumn("pending", words.pending, isNumber: true) { number($0.pending) },
                    TableColumn("held", words.held, isNumber: true) { number($0.held) },
                    TableColumn("owed", words.owed, isNumber: true) { number($0.owed) },
                    TableColumn("expiring", words.expiring) { holding in
                        TableView.Cell(
                            holding.expiring.map { texts.number($0.amount) } ?? "–",
                            more: holding.expiring.map { texts.date($0.day, today: today) })
                    },
                ]),
            table(
                "member-reviews", words.reviews, member.reviews,
                [
                    TableColumn("check", words.check) { TableView.Cell($0.check, isCode: true) },
                    TableColumn("day", words.day) { date($0.day) },
                    TableColumn("held", words.held) { review in
                        TableView.Cell(
                            review.held.isEmpty ? "–" : texts.list(review.held.map { texts.amount($0) }))
                    },
                    TableColumn("until", words.until) { date($0.until) },
                ], more: "/console/reviews"),
            table(
                "member-requests", texts.approvals.onMember, member.requests,
                ApprovalsPage.columns(texts, today: today, showsMember: false)),
            table(
                "member-redemptions", words.redemptions, member.redemptions,
                [
                    TableColumn("reward", texts.console.reward) { said($0.title) },
                    TableColumn("price", words.price) { TableView.Cell(texts.amount($0.price)) },
                    TableColumn("until", words.until) { date($0.until) },
                ]),
            table(
                "member-challenges", words.challenges, member.challenges,
                [
                    TableColumn("challenge", words.challenge) { said($0.title) },
                    TableColumn("progress", words.progress) { challenge in
                        TableView.Cell(
                            texts.common.progress(texts.number(challenge.done), texts.number(challenge.target)))
                    },
                    TableColumn("until", words.until) { date($0.lastDay) },
                ]),
            table(
                "member-streaks", words.streaks, member.streaks,
                [
                    TableColumn("streak", words.streak) { said($0.title) },
                    TableColumn("length", words.length, isNumber: true) { number($0.length) },
                    TableColumn("longest", words.longest, isNumber: true) { number($0.longest) },
                ]),
        ].compactMap { $0 }
    }
}

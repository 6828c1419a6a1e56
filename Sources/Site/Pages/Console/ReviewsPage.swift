/// The queue of what looked suspicious.
struct ReviewsPage: Page {
    static let template = "reviews"

    struct Entry: Sendable, Equatable {
        var check: String
        var why: WordingView?
        var day: String
        var member: String
        var memberPage: String
        var held: String
        var until: String
        var label: String
        var checkID: String
        var memberID: String
        var dayID: String
        var mayDecide: Bool
        var csrf: String
    }

    struct Group: Sendable, Equatable {
        var check: String
        var csrf: String
        var number: String
    }

    var shell: Shell
    var total: String
    var entries: [Entry]
    var groups: [Group]
    var hasEntries: Bool
    var result: String?

    init(_ queue: ReviewQueue, shell: Shell, texts: Texts, csrf: String, decided: Int64? = nil) {
        self.shell = shell
        let words = texts.reviews
        total = words.total(queue.total, texts.number(queue.total))
        entries = queue.cases.map { found in
            var held = found.held.map { texts.amount($0) }
            if found.badges > 0 { held.append(words.badges) }
            if found.others > 0 { held.append(texts.fair.others(found.others, texts.number(found.others))) }
            return Entry(
                check: found.check, why: found.why.map { WordingView($0, on: texts.language) },
                day: texts.date(found.day, today: queue.today), member: String(found.member.prefix(8)),
                memberPage: WebLink(path: ["console", "members", found.member]).address,
                held: held.isEmpty ? words.nothing : texts.list(held),
                until: words.until(texts.date(found.until, today: queue.today)),
                label: words.caseLabel(found.check, texts.date(found.day, today: queue.today)), checkID: found.check,
                memberID: found.member, dayID: found.day.iso, mayDecide: queue.mayDecide, csrf: csrf)
        }
        var names: [String] = []
        for found in queue.cases where !names.contains(found.check) { names.append(found.check) }
        groups =
            queue.mayDecide
            ? names.enumerated().map { Group(check: $0.element, csrf: csrf, number: String($0.offset)) } : []
        hasEntries = !entries.isEmpty
        result = decided.map { words.decided($0, texts.number($0)) }
    }
}

extension Texts {
    func sentence(for news: ReviewNews) -> String {
        switch news {
        case .waits(let amount): amount.map { reviews.waits(self.amount($0)) } ?? reviews.waitsPlain
        case .released: reviews.released
        case .refused: reviews.refused
        }
    }
}

/// What waits because it looked suspicious: the console's queue, and what the member reads.
struct ReviewTexts: Sendable {
    var title: String
    var intro: String
    var total: Texts.Counted
    var all: String
    var reason: String
    var release: String
    var refuse: String
    var member: String
    var until: Texts.One
    var badges: String
    var nothing: String
    var caseLabel: Texts.Two
    var decided: Texts.Counted
    var emptyTitle: String
    var emptyText: String
    var waits: Texts.One
    var waitsPlain: String
    var released: String
    var refused: String
}

/// What stands in the parts that pages are made of.
struct PartTexts: Sendable {
    /// Above what was wrong with a form.
    var formErrors: String
    /// The name of the way to a table's other pages.
    var pages: String
    var before: String
    var after: String
    /// The first and the last row that are shown, of how many.
    var rows: @Sendable (_ first: String, _ last: String, _ all: String) -> String
    var close: String
}

/// The page that shows every part: headings, and words to show them with.
struct GuideTexts: Sendable {
    var title: String
    var intro: String
    var colours: String
    var colourNames: [String]
    var type: String
    var typeSamples: [String]
    var space: String
    var motion: String
    var motionText: String
    var buttons: String
    var primary: String
    var secondary: String
    var quiet: String
    var unavailable: String
    var forms: String
    var name: String
    var nameHint: String
    var number: String
    var numberError: String
    var date: String
    var choice: String
    var choices: [String]
    var text: String
    var agree: String
    var save: String
    var tables: String
    var tableCaption: String
    var tableHeads: [String]
    var tableRows: [String]
    var tableNew: String
    var cards: String
    var cardTitle: String
    var cardText: String
    var cardMeta: [String]
    var rings: String
    var badges: String
    var badgeNames: [String]
    var badgeEarned: String
    var badgeOpen: String
    var tabs: String
    var tabNames: [String]
    var dialog: String
    var dialogOpen: String
    var dialogText: String
    var notices: String
    var noticeGood: String
    var noticeBad: String
    var toasts: String
    var toastTitle: String
    var toastText: String
    var empty: String
    var emptyTitle: String
    var emptyText: String
    var skeletons: String
    var skeletonText: String
    var timeline: String
    var timelineDays: [String]
    var timelineLines: [String]
    var figures: String
    var charts: String
    var week: String
    var month: String
    var line: String
    var lineSummary: String
    var bars: String
    var barsSummary: String
    var stacked: String
    var stackedSummary: String
    var seriesNames: [String]
    var sparklines: String
    var sparklineName: String
}

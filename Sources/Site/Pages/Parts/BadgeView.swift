/// A badge on the wall: earned, on the way, or not yet told what it is.
struct BadgeView: Sendable, Equatable {
    var title: WordingView
    var summary: WordingView?
    var picture: String?
    var initial: String
    var tint: String
    var earned: Bool
    var state: String

    init(_ badge: Badge, today: LocalDay, texts: Texts) {
        let words = texts.member
        title = WordingView(
            badge.isHidden ? Wording(words.badgeHidden, texts.language) : badge.title, on: texts.language)
        summary = badge.summary.map { WordingView($0, on: texts.language) }
        picture = badge.picture?.address
        initial = badge.isHidden ? "?" : badge.title.text.first.map { String($0).uppercased() } ?? "·"
        tint = Tint.of(badge.id)
        earned = badge.earned != nil
        state =
            badge.earned.map { words.badgeEarned(texts.date($0, today: today)) }
            ?? badge.progress.map { texts.common.progress(texts.number($0.done), texts.number($0.target)) }
            ?? words.badgeOpen
    }
}

/// The templates of this target, by name.
extension Renderer {
    static var embedded: [String: String] {
        [
            "balance": text(PackageResources.balance_mustache),
            "boards": text(PackageResources.boards_mustache),
            "books": text(PackageResources.books_mustache),
            "card": text(PackageResources.card_mustache),
            "changes": text(PackageResources.changes_mustache),
            "challenge": text(PackageResources.challenge_mustache),
            "console": text(PackageResources.console_mustache),
            "console-rewards": text(PackageResources.console_rewards_mustache),
            "counter": text(PackageResources.counter_mustache),
            "cover": text(PackageResources.cover_mustache),
            "face": text(PackageResources.face_mustache),
            "front": text(PackageResources.front_mustache),
            "gifts": text(PackageResources.gifts_mustache),
            "habits": text(PackageResources.habits_mustache),
            "history": text(PackageResources.history_mustache),
            "hub-links": text(PackageResources.hub_links_mustache),
            "icon-check": text(PackageResources.icon_check_mustache),
            "icon-cross": text(PackageResources.icon_cross_mustache),
            "icon-listen": text(PackageResources.icon_listen_mustache),
            "icon-lock": text(PackageResources.icon_lock_mustache),
            "icon-play": text(PackageResources.icon_play_mustache),
            "jobs": text(PackageResources.jobs_mustache),
            "languages": text(PackageResources.languages_mustache),
            "layout": text(PackageResources.layout_mustache),
            "letters": text(PackageResources.letters_mustache),
            "maker": text(PackageResources.maker_mustache),
            "maker-row": text(PackageResources.maker_row_mustache),
            "makers": text(PackageResources.makers_mustache),
            "me": text(PackageResources.me_mustache),
            "member": text(PackageResources.member_mustache),
            "meta": text(PackageResources.meta_mustache),
            "moderation": text(PackageResources.moderation_mustache),
            "notice": text(PackageResources.notice_mustache),
            "paper": text(PackageResources.paper_mustache),
            "play": text(PackageResources.play_mustache),
            "proposals": text(PackageResources.proposals_mustache),
            "quarantine": text(PackageResources.quarantine_mustache),
            "redemption": text(PackageResources.redemption_mustache),
            "reward": text(PackageResources.reward_mustache),
            "rewards": text(PackageResources.rewards_mustache),
            "rules": text(PackageResources.rules_mustache),
            "signin": text(PackageResources.signin_mustache),
            "story": text(PackageResources.story_mustache),
            "streak": text(PackageResources.streak_mustache),
            "stubs": text(PackageResources.stubs_mustache),
            "teaser": text(PackageResources.teaser_mustache),
            "tickets": text(PackageResources.tickets_mustache),
            "tier": text(PackageResources.tier_mustache),
            "toasts": text(PackageResources.toasts_mustache),
            "words": text(PackageResources.words_mustache),
            "writers": text(PackageResources.writers_mustache),
        ]
    }

    /// Without the last line break, so that a part can stand within a line.
    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self)
    }
}

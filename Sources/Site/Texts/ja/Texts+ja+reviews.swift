extension Texts {
    static let jaReviews = ReviewTexts(
        title: "確認待ち",
        intro: "これらの日の記録は、読者によるものではないように見えます。何も取り上げません。判断があるまで保留し、判断がなければ自動的に解除されます。",
        total: { _, shown in "\(shown)件が確認を待っています" },
        all: "まとめて:",
        reason: "理由",
        release: "解除する",
        refuse: "認めない",
        member: "会員",
        until: { "\($0)に自動で解除" },
        badges: "バッジ",
        nothing: "保留中のものはありません",
        caseLabel: { check, day in "\(day)の\(check)" },
        decided: { _, shown in "\(shown)件を処理しました。" },
        emptyTitle: "確認待ちはありません",
        emptyText: "不審に見える日はありません。",
        waits: { "\($0)を確認しています。何もする必要はありません。結果はここでお知らせします。" },
        waitsPlain: "確認しています。何もする必要はありません。結果はここでお知らせします。",
        released: "確認しました。問題ありません。すべてあなたのものです。",
        refused: "確認しましたが、数に入れられませんでした。ご意見があればお知らせください。")
}

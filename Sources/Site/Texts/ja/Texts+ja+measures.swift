extension Texts {
    static let jaMeasures = MeasureTexts(
        title: "変わったこと",
        intro: "それぞれの人の最初の頃との比較です。複数の人をまとめた数字だけで、個人を調べることはできません。",
        who: "対象",
        members: "人数",
        before: "最初の頃",
        now: "その後",
        changed: "変化",
        all: "全員",
        treated: "働きかけあり",
        heldOut: "働きかけなし(比較用)",
        tooFew: "少数のため非表示",
        few: { "\($0)人に満たない数字は表示しません。" },
        interval: { low, high in "(\(low)から\(high))" },
        change: { "働きかけそのものによる差は\($0)です。" },
        emptyTitle: "測定しているものはありません",
        emptyText: "このプログラムには、変えたい行動が定められていません。",
        own: "自分の始まりとくらべて",
        ownIntro: "これはあなただけに見えます。ほかの人とはくらべません。",
        ownUntil: { "始まりの期間は\($0)までです。その後の変化がここに出ます。" },
        ownTooFew: "始まりの期間のあとの記録がまだ少なく、変化は分かりません。",
        ownNothing: "まだ記録がありません。最初の一回から始まりの期間が始まります。")
}

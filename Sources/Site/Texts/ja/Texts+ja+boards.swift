extension Texts {
    static let jaBoards = BoardTexts(
        title: "ランキング",
        intro: "参加したい方だけのものです。あなたとは分からない名前で載り、いつでもやめられます。",
        under: { "「\($0)」として参加しています。" },
        standing: { rank, score in "\(rank)位（\(score)）" },
        topHeading: "上位",
        aroundHeading: "あなたの前後",
        friendsHeading: "友だち",
        finishedHeading: "前回の確定した結果",
        me: "あなた",
        tooFew: "参加者が少ないため、順位は表示されません。",
        nothingYet: "この期間の最初の一歩で順位がつきます。",
        join: "参加する",
        leave: "やめる",
        rename: "別の名前を引く",
        noneText: "このプログラムにランキングはありません。")
}

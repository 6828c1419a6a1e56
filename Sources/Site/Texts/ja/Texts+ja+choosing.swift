extension Texts {
    static let jaChoosing = ChoosingTexts(
        title: "先頭に置く特典",
        intro: { floor, heldOut in
            "手の届く特典のうち一つを、「今日」の先頭に置きます。どれにするかは、種類とペルソナごとに、実際に選ばれたものから学びます。\(floor)は偶然に任せ、会員の\(heldOut)にはすべてを同じ確率で出します。価格やポイントが変わることはありません。"
        },
        state: "学習",
        isOn: "選ばれたものは一分以内に反映されます。誰が選んだかは残らず、回数だけを数えます。",
        isOff: "停止中です。手の届くうちで最も高い特典が先頭に立ち、何も数えません。",
        switchOn: "開始する",
        switchOff: "停止する",
        changed: "次のページから有効です。",
        kind: "種類",
        persona: "選んだペルソナ",
        everybody: "そのほかの全員",
        shown: "先頭の回数",
        taken: "選ばれた回数",
        share: "選ばれた割合",
        now: "現在の確率",
        few: "少数",
        rate: { "\($0)（\($1)〜\($2)）" },
        empty: "まだ先頭に置かれたものはありません。",
        compared: "比較",
        comparedNote: "出したものすべてを、出る確率で重み付けした推定です。以前の日も含みます。",
        chosen: "学習に従った場合",
        even: "すべて同じ確率の場合",
        always: { "常に先頭：\($0)" })
}

extension Texts {
    static let jaVitals = VitalTexts(
        heading: "常連のみなさんの様子",
        churn: "離れた人",
        churnNote: "その前の四週間には来て、この四週間は来ていない人の割合",
        value: "会員の価値",
        active: "訪れた人",
        activeNote: "この四週間、全会員のうち",
        days: "一人あたりの日数",
        daysNote: "訪れた人が四週間のうちに来た日数",
        between: { low, high in "\(low)〜\(high)" },
        needsDays: { have, need in "データがまだ足りません：\(need)日のうち\(have)日。" },
        needsMembers: { "データがまだ足りません：会員が\($0)人に達していません。" },
        needsPayments: "データがまだ足りません：会員の支払いはまだ集計していません。",
        compareHeading: "ある場合とない場合",
        compared: { rule, with, without, difference in
            "\(rule)：受け取った人の\(with)、対象外の人の\(without)が再び訪れました。差は\(difference)。"
        },
        nothingToTell: "差があるとはまだ言えません。",
        noComparison: "比べるために対象外とした人がいないか、まだ少ないか、期間が短すぎます。",
        sample: { "毎日あらたに選んだ\($0)人の会員からの推定です。幅は100回のうち95回あてはまります。" })
}

/// How often the programme may urge the member.
extension Texts {
    static let jaPressure = PressureTexts(
        title: "お知らせの回数",
        intro: "ポイントの期限、ランクの終わり、手が届いた欲しいもの、ときどきの小さな後押しについてです。お礼と大切なご連絡は、いつでも届きます。",
        most: { "一日に\($0)回、七日間に\($1)回までです。" },
        unbounded: "このプログラムには上限がありません。ご自分で決められます。",
        quiet: { "\($0)から\($1)まではお知らせしません。" },
        week: { "この七日間のお知らせ：\($0)回" },
        legend: "ご希望",
        normal: "このままで",
        normalText: "上に書かれているとおりです。",
        less: "少なめに",
        lessText: "七日間に一回までです。",
        off: "受け取らない",
        offText: "お知らせはしません。ページではこれまでどおりご覧いただけます。",
        save: "保存する",
        free: "ポイントには影響しません。",
        expiring: { "\($0)は\($1)から\($2)までに期限を迎えます" })
}

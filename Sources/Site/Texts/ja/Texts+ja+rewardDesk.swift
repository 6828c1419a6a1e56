extension Texts {
    static let jaRewardDesk = RewardDeskTexts(
        stockHeading: "在庫",
        stockIntro: "プログラムの定めに加えて実際にあるもの：見つかった分、破損した分、窓口で渡した分。",
        amount: "数量",
        amountHint: "減らす場合は先頭にマイナスを付けます",
        reason: "理由",
        stockSave: "在庫を変更",
        stockDone: "在庫を変更しました。",
        stockTooFew: { "減らせるのは残り\($0)個です。" },
        stockRefused: "この特典は在庫を数えていません。",
        amountBad: "ゼロ以外の整数を入力してください。",
        reasonBad: "理由を500文字以内で入力してください。",
        changesHeading: "最近の変更",
        when: "日時",
        codesHeading: "コード",
        codesIntro: "1行に1つずつ。封印され、受け取る会員にのみ表示されます。ここには再表示されません。",
        codesPaste: "コードを貼り付け",
        codesFile: "またはファイルを選択",
        codesSave: "追加する",
        codesDone: { "新規：\($0)、登録済み：\($1)、リスト内の重複：\($2)。" },
        codesEmpty: "コードがありません。",
        codesTooMany: { "一度に\($0)件までです。" },
        codesBad: { "\($0)行目が200バイトを超えるか、制御文字を含んでいます。何も追加されていません。" },
        codesRefused: "この特典にはコードがありません。",
        ticketHeading: "チケットを確認",
        ticketText: "QRコードの下の文字",
        ticketCheck: "確認のみ",
        ticketAdmit: "入場させる",
        ticketState: { state in
            switch state {
            case .good: "有効です。まだ使われていません。"
            case .admitted: "有効です。使用済みとして記録しました。"
            case .used: "すでに使用されています。"
            case .void: "無効になりました。"
            }
        },
        ticketUnknown: "このプログラムのチケットではありません。",
        carrier: "配送業者",
        tracking: "追跡番号",
        address: "住所",
        addressShow: "住所を表示",
        addressNone: "住所が登録されていません。",
        parcelBad: "現在はできないか、制御文字が含まれています。",
        toldInReach: "リストの特典に手が届くようになりました。",
        toldBack: "リストの特典がまた入荷しました。",
        toldOpened: "長くご利用いただいているので、こちらを選べるようになりました。",
        toldSeatOffered: "席が空き、あなたのために確保しています。",
        toldSeatLapsed: "確保していた席は次の方に回りました。")
}

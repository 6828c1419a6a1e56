internal import Runtime

/// *My data* of the member, and the privacy office of the house.
extension Texts {
    static let jaOffice = OfficeTexts(
        dataTitle: "わたしのデータ",
        dataLink: "保存している内容の確認、訂正、持ち出し、消去と、閲覧の記録。",
        dataOpen: "わたしのデータへ",
        detailsSure: "まわりに人がいないことを確認しました。ここで一度だけ表示します。",
        detailsShow: "表示して訂正する",
        detailsTitle: "あなたの情報",
        detailsIntro: "このページで一度だけ表示します。空欄にした項目は削除されます。",
        detailsSave: "訂正を保存",
        detailsDone: "情報を訂正しました。",
        detailsBad: { "\($0)文字以内で、見えない文字は使えません。" },
        looksHeading: "閲覧の記録",
        looksIntro: "封をしたあなたのデータが開かれた日、目的、項目です。",
        looksNone: "閲覧はありません。",
        purpose: { purpose in
            switch purpose {
            case "delivery": "あなたへのお知らせ"
            case "service": "サービスデスクの対応"
            case "export": "あなた自身の書き出し"
            case "integration": "プログラムとつながるシステム"
            case "privacy-office": "プライバシー担当によるご請求の対応"
            default: "目的「\(purpose)」"
            }
        },
        exportText: "仮名で保存しているものも含め、すべてを、読めるページと、他のプログラム用のJSONで受け取れます。",
        exportReadable: "ページとして保存",
        rightsHeading: "プライバシー担当への請求",
        rightsIntro: "ご本人の請求であることを確認し、1か月以内にお答えします。",
        rightsKind: "請求の内容",
        rightsText: "お伝えになりたいこと",
        rightsHint: "空欄でもかまいません",
        rightsSend: "請求を送る",
        rightsSent: "請求を受け付けました。",
        kind: { kind in
            switch kind {
            case "access": "データの開示"
            case "erasure": "消去"
            case "rectification": "訂正"
            case "restriction": "利用の制限"
            case "objection": "プロファイリングへの異議"
            case "portability": "データの持ち出し"
            default: kind
            }
        },
        state: { state in
            switch state {
            case .open: "対応中"
            case .working: "実行中"
            case .done: "完了"
            case .refused: "お断り"
            case .withdrawn: "取り下げ"
            case .duplicate: "別の請求で対応"
            }
        },
        due: { "\($0)までに回答" },
        ended: { "\($0)に終了" },
        withdraw: "取り下げる",
        withdrawn: "請求を取り下げました。",
        tooMany: "受け付けられる件数に達しています。回答をお待ちいただくか、取り下げてください。",
        textBad: { "\($0)文字以内で、見えない文字は使えません。" },
        title: "プライバシー担当",
        intro: "データに関する会員の請求を、回答期限の順に示します。開くと会員の閲覧記録に残ります。",
        requests: "請求",
        empty: "請求はありません。",
        letter: "書面",
        letterHeading: "書面による請求",
        letterMember: "会員の仮名",
        letterMemberHint: "会員でない方の場合は空欄",
        letterMemberBad: "該当する会員はいません。",
        letterReceived: "受領日",
        letterReceivedBad: "過去1年以内で、今日までの日付にしてください。",
        letterOpen: "請求を登録",
        levelsHeading: "現在のレベル",
        levelsNote: "プロファイリングの各レベルの会員数です。少ない数は示しません。",
        few: "少数またはなし",
        dueColumn: "回答期限",
        late: "期限超過",
        stateColumn: "状態",
        identityColumn: "本人確認",
        unchecked: "未確認",
        identity: { identity in
            switch identity {
            case .knownAddress: "登録済みの宛先からの返答"
            case .account: "発行元のアカウントでのサインイン"
            case .inPerson: "対面"
            case .document: "書類の提示（写しは保存しません）"
            }
        },
        extended: { reason in
            switch reason {
            case .complex: "2か月延長：内容が複雑なため"
            case .many: "2か月延長：請求が多いため"
            }
        },
        refusal: { reason in
            switch reason {
            case .unfounded: "お断り：根拠がない、または過度"
            case .identity: "お断り：本人確認ができない"
            case .law: "お断り：法令による"
            }
        },
        problem: { problem in
            switch problem {
            case .over: "この請求は終了しています。"
            case .unchecked: "本人確認がまだです。先に確認してください。"
            case .tooLate: "すでに延長したか、1か月を過ぎています。"
            case .noOriginal: "同じ会員の同じ内容の請求ではありません。"
            }
        },
        received: { "\($0)に受領" },
        member: { "会員 \($0)" },
        noMember: "会員なし",
        writtenHeading: "請求の文面",
        nothingWritten: "文面はありません。",
        sealed: "プライバシー担当者だけが読めます。",
        answerHeading: "会員への回答",
        check: "本人確認を記録",
        checkHint: "この請求だけのための確認です。ほかの請求の確認は使えません。",
        complete: "実行して終了",
        completeHint: "異議では会員のレベルを「オフ」にし、制限では一時停止もします。ほかの請求では回答が対応となります。空欄でもかまいません。",
        eraseHint: "会員を完全に消去します。回答は保存できません。",
        extend: "延長する",
        refuse: "断る",
        reason: "理由",
        duplicate: "重複とする",
        duplicateOf: "対応する請求",
        duplicateHint: "重複した請求は実行されず、本人確認も引き継ぎません。",
        stepDone: "完了し、監査ログに記録しました。",
        back: "請求の一覧へ戻る",
        download: "JSONで保存",
        recordsTitle: "処理の記録",
        recordsIntro: "現在有効なプログラム文書から作成しています。文書にないものは処理しません。目的、保存期間、提供先、しきい値が変わると記号も変わり、新しい評価が必要です。",
        recordsVersion: { "文書の版 \($0)" },
        recordsDigest: { "評価 \($0)" },
        recordsFewest: { "統計は\($0)人以上を対象" },
        recordsPurpose: { "目的「\($0)」" },
        recordsKeptNot: "元のイベントは保存しない",
        recordsTraits: "会員の属性",
        recordsRecipients: "提供先",
        recordsNone: "なし",
        breachTitle: "漏えい訓練",
        breachIntro: "各データベースが漏えいした場合の影響を、個人を示さずに数えたものです。",
        breachCounted: { "集計時刻 \($0)" },
        breachClock: { "いま発見した場合の報告期限 \($0)" },
        breachSteps: "対応の手順",
        breachList: [
            "発見した時刻を記録します。そこから72時間です。",
            "漏えいを止めます。鍵を替え、セッションを終了します。",
            "どのデータベース、どの表、何人の会員かを示し、このページをJSONで保存します。",
            "会員へのリスクを判断し、リスクがない場合を除き監督機関に報告します。",
            "リスクが高い場合は、会員に速やかに知らせます。",
            "報告の有無にかかわらず、経緯、影響、対応を記録します。",
        ],
        breachTable: "表",
        breachMembers: "会員",
        breachRows: "行",
        breachFacts: "項目",
        domain: { $0 == .vault ? "保管庫：会員ごとに封印" : "主データベース：仮名" })
}

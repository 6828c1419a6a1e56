internal import Loyalty

extension Texts {
    static let jaEditor = EditorTexts(
        title: "プログラム",
        intro: "会員が得られるすべてを、書かれているとおりに示します。変更は下書きにたまり、適用するまで何も変わりません。",
        inForce: { "版 \($0) が \($1) から有効です（\($2)）。" },
        versions: "版の一覧",
        versionsIntro: "これまでに有効だったすべての版です。開くと、変更点を見たり、その版に戻したりできます。",
        version: "版",
        versionNumber: { "版 \($0)" },
        since: "有効になった時",
        byWhom: "担当",
        sinceBy: { "\($0) から有効（\($1)）" },
        older: "以前の版",
        versionChanged: "この版の変更点",
        versionFirst: "比べられる前の版がありません。",
        backTo: { "版 \($0) に戻す" },
        backText: "今の版からの変更点です。戻すと、この版と同じ内容の新しい版ができます。",
        back: "この版に戻す",
        document: "文書の全体",
        documentIntro: "すべてのファイルを一つの文書にしたもので、コマンドラインが読むものと同じです。下書きに保存されます。",
        documentHint: "各ファイルは --- # rules/curious-reader.yaml のような行で始まります。",
        draft: "下書き",
        draftBy: { "最後の変更：\($0)、\($1)" },
        draftOpen: "下書きを見る",
        draftGone: "下書きはもうありません。",
        discard: "下書きを捨てる",
        discardText: "下書きの変更はすべて失われます。有効な版はそのままです。",
        discarded: "下書きを捨てました。",
        saved: "下書きに入りました。",
        save: "下書きに保存",
        notSaved: "まだ保存していません。誤りがあります。",
        notApplied: "何も変わっていません。誤りがあります。",
        needsText: "フォームでは変えられない書き方です。YAML で変えてください。",
        badName: "英小文字で始まる、英小文字・数字・ハイフンの、まだ使われていない名前にしてください",
        badTime: "これから来る日時にしてください",
        outdated: "何も変わっていません。先に別の人が変更しました。もう一度ご覧ください。",
        outdatedDraft: { "下書きは版 \($0) から始まりましたが、今は版 \($1) が有効です。" },
        rebase: "下書きを最新にする",
        rebased: "下書きは最新です。",
        rebaseOwn: "下書きのほうを残す",
        rebaseOther: "もう一方を使う",
        conflicts: "両方で変更されたファイル：",
        plan: "予定する",
        planDone: "下書きは自動的に有効になります。",
        planBack: "予定を取り消しました。",
        unplan: "予定を取り消す",
        plannedFor: { "有効になる日時：\($0)" },
        plannedClosed: "下書きには予定があります。変更するには予定を取り消してください。",
        when: "日時",
        whenComes: "プログラムの時間帯で入力します。",
        apply: "適用",
        applyNow: "今すぐ適用",
        applied: "新しい版が有効になりました。",
        questions: "会員が途中まで進んでいます。どうしますか。",
        because: "変更の理由",
        becauseText: "会員が変更点とともに読みます。空欄なら何も表示されません。",
        difference: "変更点",
        noDifference: "変更はありません。",
        noticed: "会員は次のことにも気づきます：",
        what: "対象",
        before: "変更前",
        after: "変更後",
        nothing: "なし",
        new: "新規",
        gone: "削除",
        problems: "誤りがあります",
        wrong: "このままでは保存できません",
        place: { "\($0) 行 \($1) 列：" },
        try: "出来事を試す",
        tryText: "下書きが新しい会員に何を与えるかを見ます。何も保存されません。",
        data: "データ",
        dataHint: "JSON で入力します。例：{ \"share\": 0.9, \"seconds\": 120 }",
        nothingLooks: "このような出来事を見るものはありません。",
        backtest: "過去と照らし合わせる",
        backtestText: "下書きが過去に与えたはずのものを見ます。会員には影響しません。",
        form: "フォーム",
        formText: "フォームにないものは、書かれたまま残ります。",
        yaml: "YAML で書く",
        yamlHint: "コメントと順序は書いたとおりに残ります。",
        noForm: "フォームはありません。書かれたまま変更します。",
        views: "表示の切り替え",
        add: "追加",
        newEntry: { "新規：\($0)" },
        idHint: "英小文字・数字・ハイフン。後から変えられません。",
        whenHint: "CEL の条件。例：event.share >= 0.7。空なら常に成り立ちます。",
        amountHint: "数、または event.months * 10 のような計算。",
        copy: "複製",
        copyName: "複製の名前",
        remove: "取り除く",
        removeText: "下書きから取り除きます。会員が得たものは残ります。",
        removed: "下書きから取り除きました。",
        turnOn: "有効にする",
        turnOnText: "下書きを適用すると、また働きます。",
        turnOff: "止める",
        turnOffText: "文書には残り、下書きを適用すると働かなくなります。",
        changedHere: "下書きで変更",
        sectionEmpty: "まだ何もありません。",
        section: { name in
            switch name {
            case "programme": "全般"
            case "events": "出来事"
            case "rules": "ルール"
            case "challenges": "チャレンジ"
            case "tiers": "ランク"
            case "rewards": "特典"
            case "streaks": "連続記録"
            case "badges": "バッジ"
            case "texts": "文言"
            case "leaderboards": "ランキング"
            case "raffles": "抽選"
            case "referrals": "紹介"
            case "quizzes": "クイズ"
            case "contests": "予想"
            case "recognition": "感謝"
            case "personas": "ペルソナ"
            case "access": "アクセス"
            case "examples": "計算例"
            case "simulation": "シミュレーション"
            default: name
            }
        },
        kindName: { kind in
            switch kind {
            case "rule": "ルール"
            case "challenge": "チャレンジ"
            case "reward": "特典"
            case "tier": "ランク"
            case "text": "文言"
            default: kind
            }
        },
        field: { name in
            switch name {
            case "id": "機械のための名前"
            case "why": "会員が読む理由"
            case "name": "名前"
            case "text": "説明"
            case "trigger": "出来事"
            case "count": "数える出来事"
            case "when": "条件"
            case "amount": "量"
            case "unit": "単位"
            case "limit": "会員ごとの上限"
            case "limit-number": "上限の値"
            case "limit-period": "期間"
            case "from": "開始"
            case "until": "終了"
            case "target": "目標"
            case "every": "やり直しの間隔"
            case "join": "参加のしかた"
            case "kind": "種類"
            case "price": "価格"
            case "price-unit": "支払う単位"
            case "stock": "在庫数"
            case "per-member": "会員ごとの最大数"
            case "withdrawn": "取り扱いを終える"
            case "at": "到達する値"
            default: name
            }
        },
        limit: { $0 == "none" ? "上限なし" : $0 == "times" ? "回数" : "量" },
        period: { name in
            switch name {
            case "day": "日"
            case "week": "週"
            case "month": "月"
            case "year": "年"
            default: "全期間"
            }
        },
        join: { $0 == "member" ? "自分で選ぶ" : "自動で参加" },
        rewardKind: { name in
            switch name {
            case "preview": "先行公開"
            case "questions": "作り手への質問"
            case "digital": "デジタル"
            case "ticket": "チケット"
            case "experience": "体験"
            case "workshop": "ワークショップ"
            case "advice": "相談"
            case "stream": "ライブ配信"
            case "minutes": "時間（分）"
            case "analysis": "分析"
            case "physical": "郵送する品"
            case "donation": "寄付"
            case "conversion": "別の単位"
            case "credit": "クレジット"
            default: name
            }
        },
        state: { state in
            switch state {
            case .on: "有効"
            case .later: "これから"
            case .off: "停止中"
            }
        },
        choice: { choice in
            switch choice {
            case .keep: "今あるものをそのまま残す"
            case .convert: "新しい条件で計算し直す"
            case .restart: "初めからやり直す"
            }
        },
        outcome: { outcome in
            switch outcome {
            case .gives: "与える"
            case .reduced: "少なく与える"
            case .refused: "上限に達している"
            case .nothing: "何も生じない"
            case .notMet: "条件を満たさない"
            case .notYet: "まだ始まっていない"
            case .noLonger: "もう終わった"
            case .excluded: "別のルールが優先"
            case .heldOut: "測定のため対象外"
            }
        },
        refusal: { refusal in
            switch refusal {
            case .outdated: "予定どおり適用されませんでした。別の版が先に有効になりました。"
            case .problems: "予定どおり適用されませんでした。下書きに誤りがあります。"
            case .undecided: "適用されませんでした。途中まで進んだ会員の扱いが書かれていません。"
            case .role: "予定どおり適用されませんでした。予定した人にもう権限がありません。"
            }
        })
}

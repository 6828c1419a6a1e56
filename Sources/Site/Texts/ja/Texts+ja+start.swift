internal import Loyalty

extension Texts {
    static let jaStart = StartTexts(
        title: "設定",
        emptyTitle: "まだ何もありません",
        emptyText:
            "このStamgastにはまだプログラムがありません。サーバーを起動した画面に、設定用のリンクが表示されています。プログラムがないまま起動するたびに、新しいリンクが表示されます。",
        hubTitle: "プログラムの設定",
        hubText: "名前から最初の会員まで、五つの手順です。途中でやめても、終えたところは残ります。",
        hubNew: "プログラムを始める",
        hubGoOn: "続ける",
        stateClosed: "まだ公開していません",
        statePilot: { "会員の\($0)に公開中" },
        stateOpen: "全員に公開中",
        progress: { "手順\($0)／\($1)" },
        steps: ["名前と言語", "ひな形", "最初のイベント", "外観", "公開"],
        goOn: "次へ",
        back: "戻る",
        later: "あとで",
        nameIntro: "会員に見える名前と、一日の区切りを決めます。",
        name: "プログラムの名前",
        nameHint: "すべてのページの上に表示されます。",
        nameBad: "一行で1文字から80文字",
        id: "短い名前",
        idHint: "ファイルとアドレスに使い、あとから変わりません。英小文字、数字、ハイフン。空欄なら名前から作ります。",
        idBad: "英小文字、数字、ハイフンで、先頭は英字、40文字まで",
        idTaken: "同じ名前のプログラムがすでにあります",
        languages: "言語",
        languagesHint: "すべての文がこれらの言語で用意されます。選んでいない会員には最初の言語を使います。",
        languagesBad: "一つ以上選んでください",
        zone: "タイムゾーン",
        zoneHint: "選んでいない会員に使います。日、週、連続記録の区切りになります。",
        zoneBad: "タイムゾーンの名前ではありません",
        currency: "帳簿の通貨",
        currencyHint: "未使用分の報告では、一ポイントを一セントまたは一円ほどと数えます。あとから変えられます。",
        site: "サイトのアドレス",
        siteHint: "手順3のイベントの例に使います。空欄でもかまいません。",
        siteBad: "https://www.example.org のようなアドレス",
        starterIntro: "すぐに使えるプログラムから始め、あとから自由に変えられます。公開するまで誰も参加しません。",
        kindName: { kind in
            switch kind {
            case .newspaper: "新聞"
            case .streaming: "動画配信"
            case .podcast: "ポッドキャスト"
            case .museum: "美術館・博物館"
            case .employees: "従業員"
            case .mobility: "移動"
            }
        },
        kindText: { kind in
            switch kind {
            case .newspaper: "最後まで読む、また来る、意見を交わす。"
            case .streaming: "最後まで観る、ライブで観る、週に一本。"
            case .podcast: "最後まで聴く、作り手に尋ねる、足を運ぶ。"
            case .museum: "訪れる、じっくり観る、学ぶ。"
            case .employees: "しっかり休む、学ぶ、助け合う。参加は自由です。"
            case .mobility: "環境にやさしい移動を自分のペースで。場所は記録しません。"
            }
        },
        brings: { counts in
            "イベント\(counts.events)種類、ルール\(counts.rules)、チャレンジ\(counts.challenges)、連続記録\(counts.streaks)、"
                + "バッジ\(counts.badges)、ランク\(counts.tiers)、特典\(counts.rewards)"
        },
        week: { "たとえば\($0)で、\($1)になります。" },
        choose: { "\($0)で始める" },
        refused: { "このままではプログラムを作れません：\($0)" },
        eventIntro: "サイトでの行動をStamgastに送ります。正しく届いたかどうかは、このページですぐに分かります。",
        keyHeading: "キー",
        keyText: "サーバー用のキーは会員を名指しできます。ページ用のキーはソースに置かれ、訪問者についてだけ送れます。",
        keyMake: "キーを作る",
        keyServer: "サーバー用",
        keyPage: "ページ用",
        keyOwner: "キーを作れるのはオーナーだけです。イベントを送れるキーを頼んでください。",
        keyOnce: "今コピーしてください。表示は一度だけです。",
        keyMadeBefore: "このキーは以前に作られ、そのときに表示されました。なくした場合は新しく作ってください。",
        keyLabel: "最初のイベント",
        snippetHeading: "イベント",
        snippetServer: "サーバーまたはコマンドラインから",
        snippetPage: "ページから、ログインしていない訪問者について",
        sampleGives: { "参加している新しい会員なら、このイベントで\($0)になります。" },
        sampleNothing: "このイベントだけでは何も得られませんが、あとの分に数えられます。",
        heardHeading: "届いたもの",
        heardNone: "まだ何も届いていません。上のイベントを送ると、ここに表示されます。",
        heardAgain: "もう一度確認",
        heardLooks: { "対象：\($0)。" },
        heardNobody: "届きましたが、対象となるルールはありません。",
        heardClosed: "まだ誰も参加していないため、イベントは届いても何も与えません。",
        refusalsHeading: "受け付けられなかったもの",
        refusalsText: "この一時間に受け付けられなかったリクエストです。誰のものかは分かりません。",
        fault: { fault in
            switch fault {
            case .key: "キーがないか、間違っているか、取り消されています。ヘッダー「Authorization: Bearer …」に入れてください。"
            case .scope: "このキーではできません。events:writeの権限が必要です。ページ用のキーは会員を名指しできません。"
            case .form: "イベントの形が正しくありません。どの項目が違うかは、リクエストへの応答に書かれています。"
            case .size: "大きすぎるか、一度に多く届きすぎました。"
            }
        },
        lookIntro: "誰のプログラムかが会員に分かるように、色とロゴを決めます。あとでもかまいません。",
        accent: "色",
        accentHint: "ボタン、リンク、進み具合の色です。#1f5f8b のように六桁で。空欄ならStamgastの色です。",
        logo: "ロゴ（SVG）",
        logoHint: "ファイルの中身を貼り付けてください。8 KBまで。空欄ならStamgastのマークです。",
        lookTry: "先に見る",
        lookTake: "これにする",
        lookSee: "すべての部品を見る",
        lookDone: "これからはこの外観になります。",
        lookHas: "このプログラムには独自の外観があります。",
        lookWhole: "文字、ほかの色、文章は管理画面の「外観」ページで変えられます。",
        outdated: "何も変わっていません。その間に別の版が入りました。もう一度お試しください。",
        launchIntro: "小さく始めましょう。まず一部の会員に公開し、様子を見てから広げます。",
        launchHow:
            "誰が参加するかは偶然で決まり、そのまま変わりません。割合を増やすと会員が加わり、外れる人はいません。まだ参加していない会員のイベントは届きますが、あとからも含めて何も与えません。",
        percent: "会員の割合",
        percentHint: "1から100までのパーセント。100なら全員に公開します。",
        percentBad: "1から100までの整数",
        launch: "公開する",
        launchChange: "割合を変える",
        launched: { "会員の\($0)に公開しました。これからのイベントが数えられます。" },
        launchedAll: "全員に公開しました。これからのイベントが数えられます。",
        toConsole: "管理画面へ")
}

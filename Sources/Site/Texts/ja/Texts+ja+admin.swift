internal import Access

/// The words of the console's administration.
extension Texts {
    static let jaAdmin = AdminTexts(
        auditTitle: "監査ログ",
        auditIntro: "だれが、何を、いつ、なぜ変えたか。記録は追加されるだけで、それぞれがハッシュで前の記録に結び付けられています。",
        ofProgramme: "このプログラム",
        ofHome: "ホーム全体",
        action: "操作",
        anyAction: "すべて",
        object: "対象",
        actor: "だれが",
        from: "この日から",
        to: "この日まで",
        dayBad: "2026-11-28 のように日付を入力してください。",
        dayTurned: "最初の日より前の日付です。",
        search: "検索",
        clear: "条件を消す",
        when: "日時",
        change: "変更内容",
        reason: "理由",
        chainIntact: { "チェーンは正常です。\($0)番目の記録まで検証しました。" },
        chainBroken: { "チェーンが壊れています。\($0)番目の記録が前の記録とつながらないか、失われています。バックアップと比べてください。" },
        chainUnchecked: { "チェーンには\($0)件の記録があり、今は検証していません。" },
        chainCheck: "チェーンを検証する",
        chainMark: "最後のハッシュ（別の場所に控えてください）：",
        auditNone: "見つかりませんでした",
        auditNoneText: "この条件に合う記録はありません。",
        newest: "最新",
        exportCSV: "CSVでダウンロード",
        exportLines: "JSON Linesでダウンロード",
        keysTitle: "APIキー",
        keysIntro: "自社のプログラムがこのプログラムに接続するためのキーです。必要な権限だけを与え、使わなくなったキーは無効にしてください。",
        keysNone: "キーはまだありません。",
        keyNew: "新しいキー",
        label: "名前",
        labelHint: "何のためのキーか：ショップ、ロビーのレジなど。",
        labelBad: "キーの用途を1行、半角100文字以内で入力してください。",
        kind: "種類",
        kindServer: "サーバー用（秘密）",
        kindPage: "ページに埋め込む公開キー",
        scopes: "権限",
        scopesHint: "公開キーに許されるのはイベントの送信だけです。",
        scopesBad: "権限を1つ以上選んでください。",
        scopesPage: "公開キーはだれでも読めます。events:write だけを選んでください。",
        keyMake: "キーを作る",
        keyMade: "キーができました",
        keyMadeText: "今すぐ保管してください。このあと二度と表示できません。",
        keyMadeNote: "このキーを持つ人は、その権限のすべてを使えます。なくしたり漏れたりしたら、無効にして作り直してください。",
        keyMadeBefore: "このキーはすでに作られ、そのとき表示されました。控えていなければ、無効にして作り直してください。",
        state: "状態",
        keyState: {
            switch $0 {
            case .active: "有効"
            case .expired: "期限切れ"
            case .revoked: "無効"
            }
        },
        created: "作成",
        lastUsed: "最終使用",
        never: "未使用",
        expires: "期限",
        number: "識別子",
        keyRevoke: "無効にする",
        keyRevokeText: "以後、このキーでは何も受け付けません。元に戻すことはできません。キーは一覧に残ります。",
        keyRevokeSure: "このキーを無効にする",
        keyRevoked: "キーを無効にしました。",
        reasonHint: "監査ログに残ります。個人に関することは書かないでください。",
        staffTitle: "スタッフ",
        staffIntro: "ここでだれが何をできるか。初めは一度だけ使えるリンクで入り、パスワードは本人が決めます。",
        name: "名前",
        nameHint: "職場での呼び名。",
        nameBad: "名前を1行、半角100文字以内で入力してください。",
        role: "役割",
        place: "担当",
        here: "割り当てられたプログラムのみ",
        everywhere: "すべてのプログラム",
        since: "登録日",
        sinceDay: { "\($0)から" },
        endedOn: { "\($0)に終了" },
        you: "あなた",
        sessions: "ログイン中",
        sessionsOpen: { "ログイン中のセッション：\($1)件" },
        sessionsText: "終了すると、すべての端末でログアウトし、未使用のリンクも無効になります。",
        sessionsEnd: "すべてログアウト",
        sessionsEnded: "すべてログアウトしました。",
        invite: "スタッフを招待",
        inviteSave: "アカウントとリンクを作る",
        accountMadeBefore: "このアカウントはすでに作られ、リンクはそのとき表示されました。アカウントのページで作り直してください。",
        rolesHeading: "役割ごとの権限",
        linkMade: "一度だけ使えるリンク",
        linkText: { "\($0)まで有効です。このあと二度と表示できません。" },
        linkNote: "信頼できる手段で渡してください。リンクを持つ人がアカウントを使えます。",
        linkNew: "新しいリンク",
        linkNewText: "入れなくなった人のために。以前のリンクは、使われるか期限が切れるまで有効です。",
        linkSave: "リンクを作る",
        roleChange: "役割を変える",
        roleSave: "役割を保存",
        roleChanged: "役割を変更しました。ログイン中のセッションにもすぐ反映されます。",
        lastOwner: "できません。キーとスタッフを管理する人が必要です。先に別の人をオーナーにしてください。",
        notYours: "このアカウントは、あなたが管理していないプログラムも担当しています。変更できるのは、それらも管理する人だけです。",
        accountEnded: "このアカウントは終了しており、元に戻せません。",
        remove: "削除",
        removeText: "セッションとリンクはすぐに終了します。監査ログが参照するため、アカウントは一覧に残ります。",
        removeSure: "はい、このアカウントを完全に終了します",
        removeUnsure: "確認のチェックを入れてください。",
        removeSave: "アカウントを削除",
        removed: "アカウントを終了しました。",
        scopeMeans: {
            switch $0 {
            case .eventsWrite: "イベントの送信"
            case .membersRead: "会員データの参照"
            case .membersWrite: "会員の変更と消去"
            case .programmeRead: "プログラムの参照"
            case .programmeWrite: "プログラムの変更"
            case .catalogueWrite: "カタログの管理"
            case .console: "コンソールの数値"
            case .metricsRead: "サーバーの計測値"
            case .counter: "レジ・窓口"
            case .aggregatesRead: "集計値"
            }
        },
        roleName: {
            switch $0 {
            case .owner: "オーナー"
            case .manager: "マネージャー"
            case .editor: "編集者"
            case .analyst: "アナリスト"
            case .privacyOfficer: "プライバシー責任者"
            case .serviceAgent: "サポート担当"
            case .clerk: "窓口担当"
            case .teamLead: "チームリーダー"
            }
        },
        roleMeans: {
            switch $0 {
            case .owner: "すべて。会員の身元の確認と消去、キーとスタッフの管理を含みます。"
            case .manager: "会員とプログラムの管理、監査ログの閲覧。"
            case .editor: "カタログの管理と閲覧。"
            case .analyst: "閲覧のみ。"
            case .privacyOfficer: "会員の身元の確認と消去、監査ログの閲覧。"
            case .serviceAgent: "会員のサポートと身元の確認。"
            case .clerk: "特典の受け渡し。コンソールは使えません。"
            case .teamLead: "複数の会員をまとめた数値のみ。"
            }
        })
}

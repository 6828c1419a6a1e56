internal import Access

extension Texts {
    static let jaStaffDoor = StaffDoorTexts(
        title: "コンソールにログイン",
        text: "プログラムを運営する方のページです。",
        login: "ログイン名",
        password: "パスワード",
        button: "ログインする",
        failed: "ログインできませんでした。入力を確かめてください。何度か続いたときは15分待つか、リンクを頼んでください。",
        busy: "ただいま混み合っています。少し待ってからお試しください。",
        expired: "時間が過ぎました。最初からやり直してください。",
        unlinked: { "\($0) のアカウントは、どの担当者ともつながっていません。オーナーに頼んでください。" },
        providerFailed: { "\($0) でログインできませんでした。もう一度お試しください。" },
        linkHint: "パスワードがない、または入れないときは、一度だけ使えるリンクをオーナーに頼んでください。",
        with: { "\($0) でログイン" },
        codeTitle: "あと一歩です",
        codeText: "アプリに今出ているコードか、回復コードを一つ入力してください。",
        code: "コード",
        again: "最初からやり直す",
        refusedTitle: "ログインできませんでした",
        refusedText: "発行元のサイトで確認できませんでした。サイトに戻って、もう一度お試しください。",
        accountTitle: "自分のアカウント",
        accountIntro: "ログインの方法と、ログイン中の端末です。",
        passwordHeading: "パスワード",
        passwordNone: "まだありません。一度だけ使えるリンクで入っています。",
        passwordSince: { "\($0)に決めました。" },
        needsSecond: "パスワードだけでは入れません。二段階認証も設定してください。",
        loginHint: "英字、数字と . _ - @ + で3～64文字",
        current: "今までのパスワード",
        currentPassword: "あなたのパスワード",
        newPassword: "新しいパスワード",
        newPasswordHint: { "\($0)文字以上。あなたしか並べない言葉をいくつか組み合わせてください。" },
        passwordSave: "パスワードを保存",
        passwordSaved: "パスワードを保存し、ほかの端末からログアウトしました。",
        secondHeading: "二段階認証",
        secondNone: "まだありません。スマートフォンのアプリに、30秒ごとに新しいコードが出ます。",
        secondOn: "アプリにコードが出ます。",
        secondNeedsPassword: "先にパスワードを決めてください。",
        secondStart: "設定する",
        secondRenew: "設定し直す",
        secondTitle: "二段階認証の設定",
        secondText: "認証アプリで読み取るか、文字を入力してください。次に、アプリに出たコードを入力します。",
        secondPicture: "認証アプリ用のQRコード",
        secondLetters: "入力する文字",
        secondSave: "使い始める",
        codesHeading: "回復コード",
        codesText: "スマートフォンがないとき、それぞれ一度だけログインに使えます。",
        codesLeft: { "残り\($1)個です。" },
        codesRenew: "新しく作る",
        codesTitle: "あなたの回復コード",
        codesOnce: "表示されるのは今だけです。紙に書くなどして、スマートフォンとは別に保管してください。前のコードは使えません。",
        linked: { "\($0) のアカウントでもログインできます。" },
        sessionsEnd: "ほかの端末からログアウト",
        sessionsEnded: "ほかの端末からログアウトしました。",
        problem: { problem in
            switch problem {
            case .loginBad: "英字、数字と . _ - @ + で3～64文字です"
            case .loginTaken: "この名前はほかの人が使っています"
            case .passwordShort: "短すぎます"
            case .passwordLong: "長すぎます"
            case .passwordCommon: "名前やよくある言葉とほとんど同じで、すぐに当てられます"
            case .currentWrong: "パスワードが違うか、間違いが続いたため今は使えません"
            case .codeWrong: "コードが違います。アプリに今出ているものを入力してください"
            case .passwordMissing: "先にパスワードを決めてください"
            case .formOld: "このフォームは使用済みか、古すぎます。最初からやり直してください"
            case .busy: "ただいま混み合っています。少し待ってからお試しください"
            }
        },
        way: "入り方",
        wayLink: "リンクのみ",
        wayPassword: "パスワード",
        waySecond: "パスワードとコード",
        wayProvider: "外部アカウント",
        resetHeading: "パスワードと二段階認証",
        resetText: "回復コードとともに取り消し、ログアウトさせます。その後、新しいリンクを渡してください。",
        resetSave: "取り消す",
        resetDone: "パスワードと二段階認証を取り消しました。",
        identityHeading: { "\($0) のアカウント" },
        identityYes: "つながっています。",
        identityNo: "つながっていません。",
        identity: "そこでのメールアドレスか識別子",
        identityHint: "アドレスは、提供元が確認したものに限ります。@ を含む識別子には sub: を付けてください。",
        identitySave: "つなぐ",
        identityEnd: "切り離す",
        identityLinked: "アカウントをつなぎました。",
        identityUnlinked: "アカウントを切り離しました。",
        identityTaken: "このアカウントはほかの担当者とつながっています",
        identityBad: "メールアドレスでも識別子でもありません")
}

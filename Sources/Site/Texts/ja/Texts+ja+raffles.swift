extension Texts {
    static let jaRaffles = RaffleTexts(
        title: "抽選",
        intro: "抽選の結果は誰でも計算し直せます。名簿にあなたと分かるものは載りません。",
        hub: "参加して、抽選の方法を確かめられます。",
        days: { "\($0)から\($1)まで" },
        prizesHeading: "賞品",
        mine: { "\($0)枚をお持ちです（\($1)枚まで）" },
        free: "無料の抽選券を受け取る",
        buy: { "\($0)で抽選券を買う" },
        take: { "賞品を受け取る：\($0)" },
        takeUntil: { "\($0)までお待ちします。その後は次の方に移ります。" },
        won: { "当選：\($0)" },
        stage: { stage in
            switch stage {
            case .announced: "予告"
            case .open: "受付中"
            case .ended: "受付終了。まもなく名簿を締め切ります"
            case .closed: "名簿を締め切りました。抽選はこれからです"
            case .drawn: "抽選済み"
            }
        },
        refused: "できませんでした。残高、抽選券の枚数、期間をご確認ください。",
        done: "完了しました。",
        proofHeading: "抽選の方法と確かめ方",
        proofText:
            "始まる前に秘密の数を決め、その指紋を公開します。最終日の後に名簿を締め切り、名簿の指紋も公開します。抽選のときに秘密の数を明かします。当選者はそこから決まり、誰にも変えられません。",
        proofTrust:
            "信頼していただく点がひとつあります。名簿を締め切る前に、私たちは秘密の数を知っています。私たちが選べない公開の値を混ぜる場合は、その信頼も要りません。",
        commitment: "秘密の数の指紋",
        root: "名簿の指紋",
        seed: "秘密の数",
        beacon: "公開の値",
        announced: "混ぜる値",
        lines: "名簿でのあなたの行",
        entries: { "参加者\($1)人" },
        document: "計算し直すためのすべて（JSON）",
        noneText: "いま抽選はありません。",
        toldTickets: { "抽選券\($1)枚" },
        toldWon: "当選しました。",
        toldOffered: "賞品があなたを待っています。",
        consoleIntro: "遅れて届くイベントがそろうと、名簿は自動で締め切られます。抽選はここで一度だけ行います。",
        close: "名簿を締め切る",
        draw: "抽選する",
        drawConfirm: { "「\($0)」の抽選は一度きりです。秘密の数が公開され、賞品が贈られます。" },
        drawFinal: "いま抽選する",
        value: "公開された値（そのまま入力）",
        taken: { "授与\($0)件、受け取り待ち\($1)件" },
        raffle: "抽選",
        state: "状態",
        cancel: "まだしない")
}

/// The words of the member's main pages.
extension Texts {
    static let jaHub = HubTexts(
        play: "参加する",
        menuProgramme: "プログラム",
        menuPeople: "人びと",
        menuOperations: "運用",
        playLink: "参加できるものをすべて見る",
        playIntro: "気に入ったものにどうぞ。どれも自由参加です。",
        playEmpty: "参加できるものが始まると、ここに表示されます。",
        challenges: "チャレンジ",
        together: "みんなで、遊びながら",
        habits: "あなたの習慣",
        me: "わたし",
        cardText: "窓口で見せるコードです。",
        ticketsText: "QRコード付きのコードとチケットです。",
        historyText: "すべての記録と、その理由です。")
}

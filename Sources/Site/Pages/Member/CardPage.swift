/// The member's card: a code that changes every half minute, to show at a counter. The page fetches the next one by itself,
/// in its place; without scripts it loads anew.
struct CardPage: Page {
    static let template = "card"

    var shell: Shell
    /// In groups of three.
    var code: String
    /// The code as a QR drawing.
    var path: String
    /// Until the page loads anew.
    var seconds: Int

    init(_ card: CardCode, shell: Shell) {
        self.shell = shell
        code = card.grouped
        path = QRCode(card.code)?.path ?? ""
        // A code is good for a while after the next one has begun: whoever has just opened the page has time to show it.
        seconds = max(0, card.seconds) + 5
    }
}

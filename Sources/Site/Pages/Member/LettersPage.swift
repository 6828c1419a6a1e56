/// The letters that a member got, and whether they want them.
struct LettersPage: Page {
    static let template = "letters"

    struct Letter: Sendable, Equatable {
        var face: FaceView
        var page: String?
        var from: String
        var day: String
        var text: [String]
        var lang: String?
        var why: WordingView?
        var action: String
        var answered: String?
    }

    var shell: Shell
    var csrf: String
    var letters: [Letter]
    var hasLetters: Bool
    var wants: Bool
    var asksBirthday: Bool
    var birthday: String
    var hasBirthday: Bool
    var older: String?
    /// Answers of the service desk that wait to be read.
    var newAnswers: String?

    init(_ box: LetterBox, shell: Shell, texts: Texts, csrf: String) {
        self.shell = shell
        self.csrf = csrf
        let words = texts.letters
        letters = box.letters.map { letter in
            let answered: String? =
                switch letter.reply {
                case .heart: words.answeredHeart
                case .thanks: words.answeredThanks
                case nil: nil
                }
            return Letter(
                face: FaceView(letter.from, on: texts.language), page: letter.page?.address,
                from: words.from(letter.from.name, texts.day(letter.day, today: box.today)), day: letter.day.iso,
                text: Self.paragraphs(letter.text.text),
                lang: WordingView(letter.text, on: texts.language).lang,
                why: letter.why.map { WordingView($0, on: texts.language) },
                action: WebLink(path: ["m", "letters", letter.id, "reply"]).address, answered: answered)
        }
        hasLetters = !letters.isEmpty
        newAnswers =
            box.newAnswers > 0 ? texts.service.newAnswers(box.newAnswers, texts.number(box.newAnswers)) : nil
        wants = box.wantsLetters
        asksBirthday = box.asksBirthday && box.wantsLetters
        birthday = box.birthday ?? ""
        hasBirthday = box.birthday != nil
        older = box.older.map { "/m/letters?after=\(WebLink.encode($0))" }
    }

    static func paragraphs(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    }
}

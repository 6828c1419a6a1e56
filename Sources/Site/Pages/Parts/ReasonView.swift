/// Why something is suggested: a true sentence, seldom more than one, and the face it speaks of.
struct ReasonView: Sendable, Equatable {
    var text: String
    var face: FaceView?

    init(_ suggestion: Suggestion, texts: Texts) {
        let reasons = [suggestion.reason] + suggestion.also
        text = reasons.map { Self.text($0, of: suggestion.item.kind, texts) }.joined(separator: " · ")
        switch suggestion.reason {
        case .followsMaker(let face), .chosenBy(let face): self.face = FaceView(face, on: texts.language)
        default: break
        }
    }

    private static func text(_ reason: SuggestionReason, of kind: ItemKind, _ texts: Texts) -> String {
        let words = texts.member
        return switch reason {
        case .followsMaker(let maker): words.becauseMaker(maker.name)
        case .followsTopic(let topic): words.becauseTopic(topic.text)
        case .followsSeries(let series): words.becauseSeries(series.text)
        case .mostPopular(let topic, let days): words.popular(kind, topic?.text, days)
        case .recent(let days): words.recent(days)
        case .chosenBy(let editor): words.chosenBy(editor.name)
        case .chosenByEditors: words.chosenByEditors
        case .besideRead(let title): words.besideRead(title.text)
        case .sameTopic(let topic): words.sameTopic(topic.text)
        case .personaTopic(let topic): words.personaTopic(topic.text)
        case .surprise: words.surprise
        }
    }
}

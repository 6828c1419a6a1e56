/// Why something is suggested: one true sentence, and the face it speaks of.
struct ReasonView: Sendable, Equatable {
    var text: String
    var face: FaceView?

    init(_ suggestion: Suggestion, texts: Texts) {
        let words = texts.member
        switch suggestion.reason {
        case .followsMaker(let maker):
            text = words.becauseMaker(maker.name)
            face = FaceView(maker, on: texts.language)
        case .followsTopic(let topic): text = words.becauseTopic(topic.text)
        case .followsSeries(let series): text = words.becauseSeries(series.text)
        case .mostPopular(let topic, let days): text = words.popular(suggestion.item.kind, topic?.text, days)
        case .recent(let days): text = words.recent(days)
        case .chosenBy(let editor):
            text = words.chosenBy(editor.name)
            face = FaceView(editor, on: texts.language)
        }
    }
}

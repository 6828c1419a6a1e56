import Testing

@testable import Site

/// A member's own beginning on their page.
@Suite struct OwnMeasureTests {
    private static let today = LocalDay(daysSinceEpoch: 20_000)

    private static func view(_ before: Double?, _ since: Double?, begun: Int?) -> OwnMeasureView {
        OwnMeasureView(
            OwnMeasure(
                title: Wording("Trips", .en), why: nil, before: before, since: since,
                begun: begun.map { LocalDay(daysSinceEpoch: 20_000 + $0) }), today: today, texts: .of(.en))
    }

    @Test func whatChangedIsTwoSharesAndNoJudgement() {
        let view = Self.view(0.32, 0.475, begun: -20)
        #expect(view.bars.map(\.share) == ["32%", "47%"] && view.bars.map(\.percent) == ["32", "48"])
        #expect(view.note == nil)
    }

    @Test func asLongAsTheBeginningLastsItSaysUntilWhen() {
        let view = Self.view(0.32, nil, begun: 5)
        #expect(view.bars.count == 1 && view.note?.contains("until") == true)
    }

    @Test func whereThereIsTooLittleItSaysSo() {
        #expect(Self.view(0.3, nil, begun: -3).note == Texts.of(.en).measures.ownTooFew)
        #expect(Self.view(nil, nil, begun: nil).note == Texts.of(.en).measures.ownNothing)
    }
}

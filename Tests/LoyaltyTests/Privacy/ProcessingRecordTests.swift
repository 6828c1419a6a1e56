import Primitives
import Testing

@testable import Loyalty

/// The record of processing, and the mark by which an assessment is asked for again.
@Suite struct ProcessingRecordTests {
    private static func programme() throws -> Programme {
        var programme = Programme(id: try #require(ProgrammeID("courant")), name: LocalizedText([.en: "Courant"]))
        var read = EventType(id: "read", fields: [.init(id: "item", type: .item)])
        read.keep = [.personal: .months(1)]
        programme.events = [EventType(id: "buy", purpose: "shop"), read]
        programme.traits = [Trait(id: "topics", type: .list(.topic))]
        programme.webhooks = [Webhook(id: "crm", url: "https://user:secret@crm.example.org:8443/in?key=1")]
        return programme
    }

    private func record(
        _ programme: Programme, version: Int64 = 1, thresholds: [String: Int64] = ["k": 5]
    ) -> ProcessingRecord {
        ProcessingRecord(programme, version: version, thresholds: thresholds)
    }

    @Test func itSaysWhatTheDocumentSaysAndNoSecretOfAnAddress() throws {
        let record = record(try Self.programme())
        #expect(record.purposes.map(\.id) == ["loyalty", "shop"])
        #expect(record.purposes[0].events[0].fields == ["item: item"])
        #expect(record.purposes[0].events[0].keep.map { $0.level } == [.personal])
        #expect(record.traits == ["topics: list of topic"])
        #expect(record.recipients.map(\.host) == ["crm.example.org:8443"])
        #expect(!record.json.text().contains("secret"))
    }

    @Test func theMarkChangesWithPurposeRetentionRecipientAndThresholdOnly() throws {
        let programme = try Self.programme()
        let mark = record(programme).digest
        #expect(mark.utf8.count == 16 && record(programme, version: 2).digest == mark)
        var turned = programme
        turned.events.reverse()
        turned.units = [Unit(id: "ink")]
        #expect(record(turned).digest == mark, "order and other things are no other assessment")
        var purpose = programme
        purpose.events[0].purpose = "ads"
        var keep = programme
        keep.events[1].keep[.persona] = .days(2)
        var recipient = programme
        recipient.webhooks[0].url = "https://other.example.org/in"
        let others = [
            record(purpose), record(keep), record(recipient), record(programme, thresholds: ["k": 4]),
            record(programme, thresholds: ["k": 5, "rho": 1]),
        ].map(\.digest)
        #expect(Set(others + [mark]).count == 6)
    }
}

import Foundation
import Loyalty
import Primitives
import TestSupport
import Testing
import Vault

@testable import Runtime

@Suite struct EventSortTests {
    private func entry(_ number: Int, _ random: inout SeededRandom) -> ImportedEntry {
        if number % 10 == 0 {
            return .link(
                ImportedLink(
                    id: number % 20 == 0 ? "l\(number)" : nil,
                    time: Instant(milliseconds: Int64.random(in: 0..<500, using: &random)),
                    subject: ExternalIdentity(.user, "é\(number)") ?? .nobody,
                    previous: number % 3 == 0 ? ExternalIdentity(.anonymous, "a\(number)") : nil,
                    change: ProfileChange(traits: ["topics": ["opera"]]),
                    personal: [.email: "é@example.org", .phone: nil]))
        }
        return .event(
            ImportedEvent(
                person: number % 7 == 0 ? nil : ExternalIdentity(.user, "u\(number)"),
                event: IncomingEvent(
                    source: "s", id: "e\(number % 50)", type: "read",
                    time: Instant(milliseconds: Int64.random(in: 0..<500, using: &random)), channel: "web",
                    fields: ["text": .string(String(repeating: "x", count: number % 90)), "n": .integer(Int64(number))])
            ))
    }

    @Test(arguments: [1 << 30, 100_000, 3_000])
    func anyAmountOfMemoryGivesTheSameOrder(bytes: Int) throws {
        let folder = NSTemporaryDirectory()
        let sort = EventSort(folder: folder, maximumBytes: bytes)
        var random = SeededRandom(seed: 7)
        var entries: [ImportedEntry] = []
        // At 3,000 bytes there are more runs than are merged at once.
        for number in 0..<2_000 {
            let entry = entry(number, &random)
            entries.append(entry)
            try sort.add(entry)
        }
        let expected = entries.enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            return a.time != b.time ? a.time < b.time : a.id != b.id ? a.id < b.id : left.offset < right.offset
        }.map { $0.element.bytes }
        var merged = sort.merged()
        var found: [[UInt8]] = []
        while let entry = try merged.next() { found.append(entry.payload) }
        #expect(found.count == 2_000)
        #expect(found == expected)
        // Bytes become the same entry again.
        #expect(found.allSatisfy { ImportedEntry(bytes: $0)?.bytes == $0 })
        let left = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("import-") }
        #expect(left.isEmpty, "files of the sort have no name")
    }
}

extension ExternalIdentity {
    fileprivate static let nobody: ExternalIdentity = {
        guard let identity = ExternalIdentity(.user, "nobody") else { preconditionFailure("a valid name") }
        return identity
    }()
}

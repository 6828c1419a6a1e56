import Foundation
import Loyalty
import Testing

/// Documents for tests: a small good one, and changes to it.
enum Documents {
    static let root = """
        programme: test
        name: { en: Test, nl: Tést }
        languages: [en, nl]
        timezone: Europe/Amsterdam
        day-start: 04:00
        units:
          ink: { name: { en: ink, nl: inkt }, expires: 12 months }
          loyalty: { kind: status, name: { en: loyalty, nl: trouw } }
        tiers:
          unit: loyalty
          levels:
            bronze: { at: 0, name: { en: Bronze, nl: Brons } }
            gold: { at: 100, name: { en: Gold, nl: Goud } }
        traits:
          topics: list of topic
          ambassador: boolean
        budgets:
          spring: { unit: ink, per: month, amount: 1000 }
        badges:
          voice: { name: { en: Voice, nl: Stem }, why: { en: You spoke., nl: Je sprak. } }
        webhooks:
          crm: { url: "https://crm.example/hooks" }
        """

    static let event = """
        event: article.read
        keep: { personal: 24 months, persona: none }
        fields:
          item: { type: item }
          share: { type: fraction, meaning: how much was read }
          seconds: { type: duration, unit: s }
          topics: { type: list, of: topic, required: false }
        """

    static let rule = """
        rule: reader
        trigger: article.read
        when: event.share >= 0.7
        then:
          - award: { amount: 15, unit: ink }
          - badge: voice
        why: { en: You read., nl: Je las. }
        """

    static let challenge = """
        challenge: five
        name: { en: Five, nl: Vijf }
        count: article.read
        target: 5
        every: week
        reward:
          - award: { amount: 30, unit: ink }
        why: { en: Five., nl: Vijf. }
        """

    static let reward = """
        reward: preview
        kind: preview
        name: { en: Early, nl: Vroeg }
        text: { en: A day early., nl: Een dag eerder. }
        price: { amount: 120, unit: ink }
        """

    static let good = [
        "programme.yaml": root, "events/article.read.yaml": event, "rules/reader.yaml": rule,
        "challenges/five.yaml": challenge, "rewards/preview.yaml": reward,
    ]

    /// The good document with one file replaced or added.
    static func with(_ path: String, _ text: String) throws -> ProgrammeDocument {
        var files = good
        files[path] = text
        return try ProgrammeDocument(files)
    }

    /// The good document with the first `old` in one of its files replaced by `new`.
    static func replacing(_ old: String, by new: String, in path: String) throws -> ProgrammeDocument {
        let text = try #require(good[path])
        let range = try #require(text.firstRange(of: old))
        return try with(path, text.replacingCharacters(in: range, with: new))
    }

    /// One rule file over the good document.
    static func rule(_ text: String) throws -> ProgrammeDocument { try with("rules/reader.yaml", text) }
}

extension String {
    func replacing(_ old: String, with new: String) -> String { replacingOccurrences(of: old, with: new) }
}

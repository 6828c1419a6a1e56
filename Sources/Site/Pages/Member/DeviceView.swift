internal import Crypto
internal import Foundation
internal import Primitives

/// What the member's own device may keep and do, told to its modules.
struct DeviceView: Sendable, Equatable {
    enum Mode: String, Sendable {
        /// The device remembers what is read, comes to a persona by itself, and puts suggestions in order.
        case persona
        /// It remembers for the year in review only; the server suggests.
        case personal
        /// Nothing is added and nothing goes.
        case paused
        /// Nothing is kept, and what was goes.
        case none
    }

    /// The name of the database in the browser: of one programme and one member, and no other member's.
    var name: String
    var mode: String
    /// Where all personas' lists are.
    var shelf: String
    /// Percent of what is suggested that comes from outside what fits.
    var surprise: String
    /// The item that leads the page, not to be shown twice.
    var lead = ""
    /// The persona that the member declared to the programme.
    var declared = ""

    init(_ visit: Visit<SiteMember>, _ desk: ProfilingDesk) {
        let (member, programme) = (visit.person.member, visit.person.programme.id)
        // Not the member's own identifier: it has no business in a browser's storage.
        let hash = SHA256.hash(data: Data("stamgast-device/\(programme.name)/\(member.description)".utf8))
        name = "stamgast-" + hash.prefix(12).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        mode = Self.mode(desk, globalPrivacyControl: visit.globalPrivacyControl).rawValue
        shelf = "/m/device.json?lang=\(visit.texts.language.rawValue)"
        surprise = String(desk.surprise)
    }

    static func mode(_ desk: ProfilingDesk, globalPrivacyControl: Bool) -> Mode {
        let isPaused = globalPrivacyControl || desk.pause != .none
        return switch desk.levels[.recommendations] ?? .off {
        case .off, .session: .none
        case .persona: isPaused ? .paused : .persona
        case .personal: isPaused ? .paused : .personal
        }
    }
}

/// What a page of a publisher may remember of itself on its reader's device; `nil` where it may not.
struct DeviceMemory: Sendable, Equatable {
    var name: String
    /// JSON: [{"id", "name"}].
    var topics: String
    var makers: String

    init?(_ card: ItemCard, _ device: DeviceView) {
        // What is sensitive comes without topics.
        guard [DeviceView.Mode.persona, .personal].map(\.rawValue).contains(device.mode), !card.topicIDs.isEmpty
        else { return nil }
        name = device.name
        topics = Self.json(zip(card.topicIDs, card.topics.map(\.text)))
        makers = Self.json(zip(card.makerIDs, card.makers.map(\.name)))
    }

    private static func json(_ pairs: some Sequence<(String, String)>) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try? encoder.encode(pairs.map { ["id": $0.0, "name": $0.1] })
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }
}

/// The year in review. The server makes the frame of it and knows nothing of what is in it.
struct YearPage: Page {
    static let template = "year"

    var shell: Shell
    var device: DeviceView
    /// Why there is nothing, where nothing is kept.
    var isNone: Bool

    init(_ device: DeviceView, shell: Shell) {
        self.device = device
        self.shell = shell
        isNone = device.mode == DeviceView.Mode.none.rawValue
    }
}

/// The lists of all personas as the modules read them.
struct DeviceAnswer: Encodable, Sendable, Equatable {
    struct Text: Encodable, Sendable, Equatable {
        var text: String
        /// Where it is not the language of the page.
        var lang: String?

        init(_ wording: Wording, _ language: Language) {
            let view = WordingView(wording, on: language)
            (text, lang) = (view.text, view.lang.flatMap { $0.isEmpty ? nil : $0 })
        }
    }

    struct Persona: Encodable, Sendable, Equatable {
        var id: String
        var name: Text
        var topics: [Weight]
        /// Places in `items`.
        var candidates: [Int]
    }

    /// A pair in JSON: a topic and its weight.
    struct Weight: Encodable, Sendable, Equatable {
        var topic: String
        var weight: Int

        func encode(to encoder: any Encoder) throws {
            var pair = encoder.unkeyedContainer()
            try pair.encode(topic)
            try pair.encode(weight)
        }
    }

    struct Item: Encodable, Sendable, Equatable {
        var id: String
        var kind: String
        var title: Text
        var href: String?
        var topics: [String]
        var makers: [String]
        var duration: String?
        var initial: String
        var tint: String
        /// The words of the link that leaves no trace.
        var trace: String?
    }

    var personas: [Persona]
    var items: [Item]
    var topics: [String: Text]
    var makers: [String: String]

    init(_ shelf: DeviceShelf, texts: Texts) {
        let language = texts.language
        var places: [String: Int] = [:]
        (personas, items, topics, makers) = ([], [], [:], [:])
        for persona in shelf.personas {
            for topic in persona.topics { topics[topic.id] = Text(topic.title, language) }
            let candidates = persona.candidates.map { card in
                if let place = places[card.id] { return place }
                places[card.id] = items.count
                for (id, title) in zip(card.topicIDs, card.topics) { topics[id] = Text(title, language) }
                for (id, face) in zip(card.makerIDs, card.makers) { makers[id] = face.name }
                let view = ItemView(card, texts: texts)
                items.append(
                    Item(
                        id: view.id, kind: view.kindLabel, title: Text(card.title, language), href: view.href,
                        topics: card.topicIDs, makers: card.makerIDs, duration: view.duration, initial: view.initial,
                        tint: view.tint, trace: view.traceless?.label))
                return items.count - 1
            }
            personas.append(
                Persona(
                    id: persona.id, name: Text(persona.title, language),
                    topics: persona.topics.map { Weight(topic: $0.id, weight: $0.weight) }, candidates: candidates))
        }
    }
}

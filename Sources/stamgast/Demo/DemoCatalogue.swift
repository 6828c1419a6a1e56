import Catalogue
import Primitives
import Simulation

/// The catalogue of De Avondpost: what the simulator's house made, and what only the programme document speaks of.
struct DemoCatalogue {
    let house: MediaHouse
    let now: Instant

    func put(into store: CatalogueStore, _ programme: ProgrammeID) async throws {
        let document = house.document()
        var makers: [MakerDraft] = []
        for (index, value) in (list(document, "makers") + extraMakers).enumerated() {
            let read = MakerDraft.read(value, index: index)
            try refuse(read.faults)
            if let draft = read.draft { makers.append(draft) }
        }
        var series: [SeriesDraft] = []
        for (index, value) in list(document, "series").enumerated() {
            let read = SeriesDraft.read(value, index: index)
            try refuse(read.faults)
            if let draft = read.draft { series.append(draft) }
        }
        var items: [ItemDraft] = []
        for (index, value) in (list(document, "items") + [documentary]).enumerated() {
            let read = ItemDraft.read(value, index: index)
            try refuse(read.faults)
            if let draft = read.draft { items.append(draft) }
        }
        try refuse(try await store.putMakers(programme, makers).faults)
        try refuse(try await store.putSeries(programme, series).faults)
        try refuse(try await store.putItems(programme, items, now: now).faults)
    }

    private func list(_ document: JSONValue, _ name: String) -> [JSONValue] {
        guard case .array(let values)? = document[name] else { return [] }
        return values
    }

    private func refuse(_ faults: [DraftFault]) throws {
        if let fault = faults.first { throw DemoProblem.catalogue("\(fault)") }
    }

    /// The two makers whom the rewards of the programme name.
    private var extraMakers: [JSONValue] {
        [
            [
                "id": "noor-de-wit", "name": "Noor de Wit",
                "face": .string(
                    Portrait(
                        skin: .olive, hair: .long, hairColour: .darkBrown, collar: .turtleneck, shirt: 2, background: 5,
                        lean: 2
                    ).svg),
                "role": ["nl": "documentairemaker", "en": "documentary maker", "ja": "ドキュメンタリー制作"],
            ],
            [
                "id": "ton-bakker", "name": "Ton Bakker",
                "face": .string(
                    Portrait(
                        skin: .sand, hair: .bald, hairColour: .white, beard: .full, glasses: .round, collar: .shirt,
                        shirt: 4, background: 1
                    ).svg),
                "role": ["nl": "puzzelmaker", "en": "puzzle maker", "ja": "パズル作家"],
            ],
        ]
    }

    /// The documentary that the reward `early-preview` opens a day early.
    private var documentary: JSONValue {
        // In three days, at eight in the evening in summer time.
        let day = now.milliseconds / 86_400_000 + 3
        let published = Instant(milliseconds: day * 86_400_000 + 19 * 3_600_000)
        return [
            "id": "de-waterlanders", "kind": "video",
            "title": ["nl": "De waterlanders", "en": "The Waterlanders", "ja": "水の人びと"],
            "standfirst": [
                "nl": "Een jaar met vier families die zes meter onder de zee wonen, en er niet weg willen.",
                "en": "A year with four families who live six metres below the sea and do not want to leave.",
                "ja": "海面下六メートルに暮らし、離れようとしない四家族の一年。",
            ],
            "makers": ["noor-de-wit"], "topics": ["klimaat"], "language": "nl", "access": "free",
            "published_at": .string(RFC3339.format(published)),
            "early_access": [
                "from": .string(RFC3339.format(now)), "for": "entitlement:preview.de-waterlanders",
            ],
            "duration_seconds": 3_120,
        ]
    }
}

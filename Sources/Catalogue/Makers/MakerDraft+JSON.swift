public import Primitives

extension MakerDraft {
    /// Reads a maker's document: `{"id": "anna", "name": "Anna de Vries", "role": {"nl": "redacteur"}, "face": "https://…",
    /// "biography": {…}, "page": "https://…"}`.
    ///
    /// - Returns: the draft, or `nil` and all that is wrong.
    public static func read(_ value: JSONValue, index: Int) -> (draft: MakerDraft?, faults: [DraftFault]) {
        var check = FieldCheck(index: index)
        guard var fields = DocumentFields(value, check: &check) else { return (nil, check.faults) }
        var draft = MakerDraft(id: fields.string("id") ?? "", name: fields.string("name") ?? "")
        draft.face = fields.string("face")
        draft.role = fields.texts("role", language: nil)
        draft.biography = fields.texts("biography", language: nil)
        draft.page = fields.string("page")
        fields.refuseOthers()
        return fields.check.faults.isEmpty ? (draft, []) : (nil, fields.check.faults)
    }

    /// The document that reads back as this draft.
    public var document: JSONValue {
        var object = JSONObject([("id", .string(id)), ("name", .string(name))])
        object["face"] = face.map(JSONValue.string)
        if !role.isEmpty { object["role"] = .texts(role) }
        if !biography.isEmpty { object["biography"] = .texts(biography) }
        object["page"] = page.map(JSONValue.string)
        return .object(object)
    }

    /// What the catalogue says of a maker, as a draft.
    public init(_ maker: Maker) { self.init(id: maker.id, content: maker.content) }

    init(id: MakerID, content: MakerContent) {
        self.init(id: id.text, name: content.name)
        face = content.face?.text
        role = content.role.dictionary
        biography = content.biography.dictionary
        page = content.page?.text
    }
}

extension SeriesDraft {
    /// Reads a series' document: `{"id": "podcast-7", "title": {"nl": "…"}, "about": {…}, "image": "https://…",
    /// "page": "https://…", "makers": ["anna"]}`.
    ///
    /// - Returns: the draft, or `nil` and all that is wrong.
    public static func read(_ value: JSONValue, index: Int) -> (draft: SeriesDraft?, faults: [DraftFault]) {
        var check = FieldCheck(index: index)
        guard var fields = DocumentFields(value, check: &check) else { return (nil, check.faults) }
        var draft = SeriesDraft(id: fields.string("id") ?? "", title: fields.texts("title", language: nil))
        draft.about = fields.texts("about", language: nil)
        draft.image = fields.string("image")
        draft.page = fields.string("page")
        draft.makers = fields.strings("makers")
        fields.refuseOthers()
        return fields.check.faults.isEmpty ? (draft, []) : (nil, fields.check.faults)
    }

    /// The document that reads back as this draft.
    public var document: JSONValue {
        var object = JSONObject([("id", .string(id)), ("title", .texts(title))])
        if !about.isEmpty { object["about"] = .texts(about) }
        object["image"] = image.map(JSONValue.string)
        object["page"] = page.map(JSONValue.string)
        if !makers.isEmpty { object["makers"] = .strings(makers) }
        return .object(object)
    }

    /// What the catalogue says of a series, as a draft.
    public init(_ series: Series) { self.init(id: series.id, content: series.content) }

    init(id: SeriesID, content: SeriesContent) {
        self.init(id: id.text, title: content.title.dictionary)
        about = content.about.dictionary
        image = content.image?.text
        page = content.page?.text
        makers = content.makers.map(\.text)
    }
}

extension Face {
    /// The form in documents: the address, or the drawing itself.
    public var text: String {
        switch self {
        case .image(let address): address.text
        case .svg(let drawing): drawing
        }
    }
}

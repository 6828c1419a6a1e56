/// Reads drafts of makers and series, or says what is wrong and how to put it right. Pure.
struct MakerCheck {
    let limits: CatalogueLimits

    func makers(_ drafts: [MakerDraft]) -> (makers: [(id: MakerID, content: MakerContent)], faults: [DraftFault]) {
        batch(drafts, id: \.id) { draft, reader in
            let id = reader.identifier("id", draft.id, MakerID.init)
            let name = reader.texts("name", ["und": draft.name], .line, 200, limits).versions.first?.text
            var content = MakerContent(name: name ?? "")
            content.face = picture("face", draft.face, with: &reader)
            content.role = reader.texts("role", draft.role, .line, limits.titleBytes, limits)
            content.biography = reader.texts("biography", draft.biography, .paragraphs, limits.biographyBytes, limits)
            content.page = reader.address("page", draft.page)
            return id.map { ($0, content) }
        }
    }

    func series(_ drafts: [SeriesDraft]) -> (series: [(id: SeriesID, content: SeriesContent)], faults: [DraftFault]) {
        batch(drafts, id: \.id) { draft, reader in
            let id = reader.identifier("id", draft.id, SeriesID.init)
            var content = SeriesContent(title: reader.texts("title", draft.title, .line, limits.titleBytes, limits))
            if draft.title.isEmpty {
                reader.fault("title", "there is no title", "Give it in at least one language, e.g. {\"nl\": \"…\"}")
            }
            content.about = reader.texts("about", draft.about, .paragraphs, limits.biographyBytes, limits)
            content.image = picture("image", draft.image, with: &reader)
            content.page = reader.address("page", draft.page)
            content.makers = reader.list("makers", draft.makers, limit: limits.makersPerItem) { reader, field, text in
                reader.identifier(field, text, MakerID.init)
            }
            return id.map { ($0, content) }
        }
    }

    private func batch<Draft, Checked>(
        _ drafts: [Draft], id: KeyPath<Draft, String>, _ check: (Draft, inout FieldCheck) -> Checked?
    ) -> ([Checked], [DraftFault]) {
        guard drafts.count <= limits.itemsPerCall else {
            return ([], [DraftFault.tooMany(drafts.count, limit: limits.itemsPerCall)])
        }
        var result: [Checked] = []
        var faults: [DraftFault] = []
        var seen: [ItemID: Int] = [:]
        for (index, draft) in drafts.enumerated() {
            var reader = FieldCheck(index: index)
            let checked = check(draft, &reader)
            if let first = seen.updateValue(index, forKey: ItemID(unchecked: draft[keyPath: id])) {
                reader.fault("id", "entry \(first) of this batch has the same id", "Send each once")
            }
            faults += reader.faults
            if let checked { result.append(checked) }
        }
        return faults.isEmpty ? (result, []) : ([], faults)
    }

    /// An address, or a drawing when it begins with `<`.
    private func picture(_ field: String, _ text: String?, with reader: inout FieldCheck) -> Face? {
        guard let text else { return nil }
        guard text.first(where: { !$0.isWhitespace }) == "<" else { return reader.address(field, text).map(Face.image) }
        guard text.utf8.count <= limits.faceBytes else {
            reader.fault(
                field, "it has \(text.utf8.count) bytes", "Send a drawing of at most \(limits.faceBytes) bytes")
            return nil
        }
        do throws(SVGDrawing.Problem) {
            return .svg(try SVGDrawing.clean(text))
        } catch {
            reader.fault(field, error.description, "Send shapes, gradients and text only, or the address of a picture")
            return nil
        }
    }
}

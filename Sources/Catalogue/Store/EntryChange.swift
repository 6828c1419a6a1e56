/// A new version of a maker or a series; no entry means that it was removed.
struct EntryChange<Entry: Sendable>: Sendable {
    let id: String
    let revision: Int64
    let entry: Entry?
}

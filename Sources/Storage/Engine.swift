/// The database engines behind ``Database``.
public enum Engine: String, Sendable, CaseIterable {
    /// One file in write-ahead-log mode, one writing process.
    case sqlite
    /// A PostgreSQL server, shared by any number of nodes.
    case postgres
}

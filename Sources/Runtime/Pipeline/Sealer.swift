public import Primitives

/// Seals what must not be read from the main database: the content of events in quarantine.
public protocol Sealer: Sendable {
    func seal(_ content: [UInt8], programme: ProgrammeID, id: ID128) throws -> [UInt8]
    func open(_ sealed: [UInt8], programme: ProgrammeID, id: ID128) throws -> [UInt8]
}

public import Loyalty
public import Primitives
public import Settings
import Storage
import Vault

/// What an operator decides for all programmes of a home, where a programme says otherwise or nothing.
public struct HomePolicy: Sendable, Hashable {
    /// For programmes that declare none.
    public var lateness: Duration
    /// How long raw events are kept, by type; instead of what the programme declares.
    public var retention: RetentionOverrides
    /// The most points that one person corrects in the console alone.
    public var correctionLimit: Int64 = 10_000

    public init(lateness: Duration = .seconds(72 * 3_600), retention: RetentionOverrides = RetentionOverrides()) {
        self.lateness = lateness
        self.retention = retention
    }

    public init(_ configuration: Configuration) {
        self.init(lateness: configuration[.lateness], retention: configuration[.retention])
        correctionLimit = Int64(configuration[.correctionApprovalLimit])
    }

    /// A programme as it holds in this home. Its document stays as it is.
    public func applied(to compiled: CompiledProgramme, zones: SystemZones) throws -> CompiledProgramme {
        var programme = compiled.programme
        if programme.lateness == nil { programme.lateness = .milliseconds(lateness.milliseconds) }
        for index in programme.events.indices {
            guard let kept = retention.durations[programme.events[index].id] else { continue }
            // Raw events are kept at this level only; zero keeps none at all.
            programme.events[index].keep[.personal] = kept == .zero ? nil : .milliseconds(kept.milliseconds)
        }
        guard programme != compiled.programme else { return compiled }
        return try CompiledProgramme(
            programme, version: compiled.version, zones: zones, streakRepairs: compiled.streakRepairs,
            contestOutcomes: compiled.contestOutcomes)
    }

    /// Removes raw events that were kept under an older setting and are to be forgotten under this one.
    ///
    /// - Returns: how many rows went.
    func forget(_ programme: ProgrammeID, at now: Instant, _ connection: any Connection) throws -> Int {
        var count = 0
        for (type, kept) in retention.durations.sorted(by: { $0.key < $1.key }) {
            count += try connection.execute(
                "DELETE FROM event WHERE at <= ? AND type = ? AND programme_id = ?",
                [.instant(now.adding(milliseconds: -kept.milliseconds)), .text(type), .text(programme.name)])
        }
        return count
    }
}

extension Home {
    /// Removes raw events and quarantined events whose time is over, also by settings that are younger than they.
    ///
    /// - Returns: how many rows went.
    @discardableResult
    public func forget(_ programme: ProgrammeID, at now: Instant) async throws -> Int {
        let policy = self.policy
        let proofs = try await vault.consents.forgetProofs(at: now, programme: programme)
        let expired = try await Keeper.forget(engine, programme, at: now)
        let overridden = try await database.write { connection in
            let count = try policy.forget(programme, at: now, connection)
            try connection.execute(
                """
                INSERT INTO retention_run (programme_id, at, removed) VALUES (?, ?, ?)
                ON CONFLICT (programme_id) DO UPDATE SET at = excluded.at, removed = excluded.removed
                """, [.programme(programme), .instant(now), .integer(Int64(expired + count + proofs))])
            return count
        }
        return expired + overridden
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}

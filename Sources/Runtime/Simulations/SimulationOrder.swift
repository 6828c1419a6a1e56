import Assignment
public import Loyalty
public import Primitives
import Storage

/// What can be asked of a programme; carried out by ``SimulationRunner``.
public enum SimulationOrder: Sendable {
    /// - Parameters:
    ///   - from: the first day that counts of kept events, in the programme's time zone; `nil` for all.
    ///   - to: the last one.
    case backtest(ProgrammeDocument, from: Int32?, to: Int32?)
    case replay
    /// - Parameters:
    ///   - start: the first day, as days since 1970-01-01.
    ///   - candidate: another programme to try on the same people; it may be of any name.
    case forecast(members: Int, days: Int, seed: Int64, start: Int64, candidate: ProgrammeDocument? = nil)

    public static let members = 50...20_000
    public static let days = 7...366

    public enum Problem: Error, Sendable, Hashable {
        case unknownProgramme
        /// The document is of another programme.
        case foreign
        /// ``LoyaltyStore/waitingSimulations`` wait already.
        case tooMany
        /// The last day lies before the first.
        case noDays
    }

    var kind: SimulationRun.Kind {
        switch self {
        case .backtest: .backtest
        case .replay: .replay
        case .forecast: .forecast
        }
    }

    var json: JSONValue {
        switch self {
        case .backtest(let document, let from, let to):
            func day(_ day: Int32?) -> JSONValue {
                day.map { .string(CivilDate(daysSinceEpoch: Int($0)).description) } ?? .null
            }
            return ["document": document.bundle, "from": day(from), "to": day(to)]
        case .replay: return [:]
        case .forecast(let members, let days, let seed, let start, let candidate):
            return [
                "members": .integer(Int64(members)), "days": .integer(Int64(days)), "seed": .integer(seed),
                "start": .integer(start), "candidate": candidate.map(\.bundle) ?? .null,
            ]
        }
    }

    init?(_ kind: SimulationRun.Kind, _ json: JSONValue) {
        switch kind {
        case .backtest:
            func day(_ name: String) -> Int32? {
                json[name]?.stringValue.flatMap { CivilDate($0) }.map { Int32(clamping: $0.daysSinceEpoch) }
            }
            guard let bundle = json["document"], let document = try? ProgrammeDocument(bundle: bundle) else {
                return nil
            }
            self = .backtest(document, from: day("from"), to: day("to"))
        case .replay: self = .replay
        case .forecast:
            guard let members = json["members"]?.intValue, let days = json["days"]?.intValue,
                let seed = json["seed"]?.intValue, let start = json["start"]?.intValue
            else { return nil }
            var candidate: ProgrammeDocument?
            if let bundle = json["candidate"], bundle != .null {
                guard let document = try? ProgrammeDocument(bundle: bundle) else { return nil }
                candidate = document
            }
            self = .forecast(
                members: Int(clamping: members), days: Int(clamping: days), seed: seed, start: start,
                candidate: candidate)
        }
    }

    /// Puts it in the line, on disk.
    ///
    /// - Parameter id: the same one is ordered once.
    /// - Throws: ``Problem``; `DocumentProblems` and `CompilationProblem` for a document with errors.
    public func order(
        id: ID128, by actor: String, in programme: ProgrammeID, _ engine: Engine
    ) async throws -> SimulationRun {
        guard engine.host[programme] != nil else { throw Problem.unknownProgramme }
        if case .backtest(let document, let from, let to) = self {
            let parsed = try document.programme(zones: engine.zones)
            guard parsed.id == programme else { throw Problem.foreign }
            _ = try CompiledProgramme(parsed, version: 0, zones: engine.zones)
            if let from, let to, to < from { throw Problem.noDays }
        }
        if case .forecast(_, _, _, _, let candidate?) = self {
            let parsed = try candidate.programme(zones: engine.zones)
            _ = try CompiledProgramme(parsed, version: 0, zones: engine.zones)
        }
        let run = SimulationRun(id: id, kind: kind, request: json, createdAt: engine.clock.now(), createdBy: actor)
        let store = LoyaltyStore(programme: programme)
        guard let ordered = try await engine.database.write({ try store.order(run, $0) }) else {
            throw Problem.tooMany
        }
        return ordered
    }
}

import Foundation
import Primitives
public import Vault

/// What was spent of the privacy budget, beside a back-up: a home that finds it in its folder after a restore takes it
/// over before anything is served. What was published stays published, so a restore gives no budget back.
///
/// It knows what was spent up to the moment it was written. What was released between the last list and the loss of a
/// home is not in it.
public struct PrivacyBudgetFile: Sendable {
    public static let name = "privacy-budget.json"

    public enum Problem: Error, CustomStringConvertible {
        case unreadable(path: String)

        public var description: String {
            switch self {
            case .unreadable(let path): "\(path) does not say what was spent of the privacy budget."
            }
        }
    }

    public let path: String

    public init(folder: String) {
        path = folder + "/" + Self.name
    }

    /// What was spent, by programme and year; `nil` if there is no such file.
    public func read() throws -> [PrivacyBudgetYear]? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        guard let json = try? JSONValue(parsing: [UInt8](data)), case .array(let values) = json else {
            throw Problem.unreadable(path: path)
        }
        return try values.map { value in
            guard let programme = value["programme"]?.stringValue.flatMap({ ProgrammeID($0) }),
                let year = value["year"]?.intValue.flatMap({ Int(exactly: $0) }),
                let total = value["total_micro_rho"]?.intValue, total >= 0,
                let spent = value["spent_micro_rho"]?.intValue, spent >= 0
            else { throw Problem.unreadable(path: path) }
            return PrivacyBudgetYear(programme: programme, year: year, total: total, spent: spent)
        }
    }

    public func write(_ years: [PrivacyBudgetYear]) throws {
        let values = years.map { year -> JSONValue in
            [
                "programme": .string(year.programme.name), "year": .integer(Int64(year.year)),
                "total_micro_rho": .integer(year.total), "spent_micro_rho": .integer(year.spent),
            ]
        }
        try Data(JSONValue.array(values).bytes()).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    func remove() throws { try FileManager.default.removeItem(atPath: path) }
}

extension Home {
    /// Takes over what was spent after the back-up was made. Before anything is served.
    func replayPrivacyBudget() async throws {
        let file = PrivacyBudgetFile(folder: path)
        guard let spent = try file.read() else { return }
        try await vault.budget.replay(spent)
        try file.remove()
    }
}

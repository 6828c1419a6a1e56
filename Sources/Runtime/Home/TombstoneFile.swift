import Foundation
import Primitives
public import Vault

/// The list of erased members that goes beside a back-up, and that a home finds in its folder after a restore: they are
/// erased again before anything is served.
///
/// For PostgreSQL, whose back-ups Stamgast does not make, put the newest list into the home's folder before the server
/// starts on the restored databases.
public struct TombstoneFile: Sendable {
    public static let name = "tombstones.json"

    public enum Problem: Error, CustomStringConvertible {
        case unreadable(path: String)

        public var description: String {
            switch self {
            case .unreadable(let path): "\(path) is not a list of erased members."
            }
        }
    }

    public let path: String

    public init(path: String) {
        self.path = path
    }

    public init(folder: String) {
        self.init(path: folder + "/" + Self.name)
    }

    /// The members of the list; `nil` if there is no such file.
    public func read() throws -> [Tombstone]? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        guard let json = try? JSONValue(parsing: [UInt8](data)), case .array(let values) = json else {
            throw Problem.unreadable(path: path)
        }
        return try values.map { value in
            guard let member = value["member"]?.stringValue.flatMap({ MemberID($0) }),
                let programme = value["programme"]?.stringValue.flatMap({ ProgrammeID($0) }),
                let day = value["erased_day"]?.intValue
            else { throw Problem.unreadable(path: path) }
            return Tombstone(member: member, programme: programme, erasedDay: day, isPurged: false)
        }
    }

    public func write(_ tombstones: [Tombstone]) throws {
        let values = tombstones.map { tombstone -> JSONValue in
            [
                "member": .string(tombstone.member.description), "programme": .string(tombstone.programme.name),
                "erased_day": .integer(tombstone.erasedDay),
            ]
        }
        try Data(JSONValue.array(values).bytes()).write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    func remove() throws { try FileManager.default.removeItem(atPath: path) }
}

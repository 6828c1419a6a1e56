import Foundation
import Loyalty
import Primitives

/// Reads the MovieTweetings files: `user_id::imdb_id::rating::unix_ts` per line, plain or gzip.
public enum MovieTweetings {
    /// What is wrong with a file.
    public enum Problem: Error, CustomStringConvertible {
        case missing(String)
        case line(Int, String)

        public var description: String {
            switch self {
            case .missing(let file): "There is no readable \(file) (or \(file).gz) in this folder."
            case .line(let number, let detail): "Line \(number) of ratings.dat: \(detail)"
            }
        }
    }

    /// The ratings as events of the type `rating.given`, each under the stable identifier `user/film`.
    public static func ratings(in folder: String) throws -> [ImportedEvent] {
        let text = try contents("ratings.dat", in: folder)
        var events: [ImportedEvent] = []
        for (index, line) in text.split(separator: UInt8(ascii: "\n")).enumerated() {
            var parts = String(decoding: line, as: UTF8.self).split(separator: "::", omittingEmptySubsequences: false)
            if let last = parts.last, last.hasSuffix("\r") { parts[parts.count - 1] = last.dropLast() }
            guard parts.count == 4, let rating = Int64(parts[2]), let seconds = Int64(parts[3]) else {
                throw Problem.line(index + 1, "expected user::film::rating::seconds.")
            }
            let film = String(parts[1])
            events.append(
                ImportedEvent(
                    user: String(parts[0]),
                    event: IncomingEvent(
                        source: "movietweetings", id: "\(parts[0])/\(film)", type: "rating.given",
                        time: Instant(seconds: seconds),
                        fields: ["item": .string("tt" + film), "rating": .integer(rating)])))
        }
        return events
    }

    /// The films: identifier, title and genres.
    public static func films(in folder: String) throws -> [(id: String, title: String, genres: [String])] {
        let text = try contents("movies.dat", in: folder)
        return text.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let parts = String(decoding: line, as: UTF8.self).split(separator: "::", omittingEmptySubsequences: false)
            guard parts.count >= 2 else { return nil }
            let genres = parts.count > 2 ? parts[2].split(separator: "|").map { String($0).lowercased() } : []
            return ("tt" + parts[0], String(parts[1]), genres)
        }
    }

    private static func contents(_ name: String, in folder: String) throws -> [UInt8] {
        if let data = FileManager.default.contents(atPath: folder + "/" + name) { return [UInt8](data) }
        guard let data = FileManager.default.contents(atPath: folder + "/" + name + ".gz") else {
            throw Problem.missing(name)
        }
        return try Gzip.decompress([UInt8](data), limit: 256 << 20)
    }
}

import ArgumentParser
import Loyalty
import Primitives
import Runtime

extension HomeOptions {
    /// Opens the home, does something with it and closes it, whatever comes of it.
    func withHome<T>(_ body: (Home) async throws -> T) async throws -> T {
        let home = try await open()
        do {
            let result = try await body(home)
            await home.close()
            return result
        } catch {
            await home.close()
            throw error
        }
    }
}

/// A programme of the home; needed only where there are several.
struct ProgrammeOption: ParsableArguments {
    @Option(name: .long, help: "The programme; needed when the home has several.")
    var programme: String?

    func find(in home: Home) throws -> ProgrammeID {
        let all = home.engine.host.all.map(\.id)
        if let programme {
            guard let id = ProgrammeID(programme), all.contains(id) else {
                throw ValidationError(
                    "The home has no programme '\(programme)'. It has: \(all.map(\.name).joined(separator: ", ")).")
            }
            return id
        }
        guard let only = all.first else {
            throw ValidationError(
                "The home has no programme yet: `stamgast programme apply FOLDER`, or `stamgast demo`.")
        }
        guard all.count == 1 else {
            throw ValidationError("Say which with --programme: \(all.map(\.name).joined(separator: ", ")).")
        }
        return only
    }
}

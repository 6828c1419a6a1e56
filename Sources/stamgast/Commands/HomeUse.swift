import ArgumentParser
import Loyalty
import Primitives
import Runtime
import Settings

extension HomeOptions {
    /// Opens the home, does something with it and closes it, whatever comes of it. Where a running server has it open, that
    /// server carries the command out, and this ends the process as it was answered.
    func withHome<T>(_ body: (Home) async throws -> T) async throws -> T {
        if let invocation = Invocation.current { return try await body(invocation.home) }
        let home: Home
        do {
            home = try await open()
        } catch let problem as HomeLockProblem {
            if case .held = problem { try await handOver() }
            throw problem
        }
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

extension HomeOptions {
    /// Has the server that has the home open carry out this process's command; nothing happens if none does.
    ///
    /// - Throws: how it ended, as an `ExitCode`.
    func handOver() async throws {
        guard Invocation.current == nil else { return }
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let status = try await ControlClient.run(arguments, home: try configuration()[.home]) {
            throw ExitCode(status)
        }
    }
}

/// A programme of the home; needed only where there are several.
struct ProgrammeOption: ParsableArguments {
    @Option(name: .long, help: "The programme; needed when the home has several.")
    var programme: String?

    /// The programme, here and now: its rules and catalogue are in memory, and it may be written.
    ///
    /// - Throws: ``Home/Problem/owned`` if another server owns it.
    func own(in home: Home) async throws -> ProgrammeID {
        let programme = try await find(in: home)
        guard try await home.ownership.take(programme) else { throw Home.Problem.owned }
        return programme
    }

    /// The programme, whichever server owns it.
    func find(in home: Home) async throws -> ProgrammeID {
        let all = try await home.programmes()
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

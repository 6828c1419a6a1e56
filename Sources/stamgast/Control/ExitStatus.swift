import ArgumentParser
import Catalogue
import Foundation
import Loyalty
import Primitives
import Runtime
import Settings
import Storage
import Vault

/// How a command ends: the table that scripts rely on, and from which `docs/reference/command-line.md` is written.
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    case no = 1
    case usage = 64
    case data = 65
    case noInput = 66
    case unavailable = 69
    case failed = 70
    case busy = 75
    case configuration = 78

    /// When, in words for the reference.
    var meaning: String {
        switch self {
        case .done: "Done."
        case .no:
            "The command ran, and its answer is no: differences were found, a check failed, another version came between."
        case .usage: "The command cannot be done as it was given: an unknown option, a name that is not there."
        case .data: "A file cannot be used: it is not in its format, or the mapping does not fit. Nothing was taken."
        case .noInput: "A file is not there or cannot be read."
        case .unavailable: "A database, the network or the disk did not do its part. Try again when it does."
        case .failed: "Something went wrong that no other code names. The sentence says what."
        case .busy: "The home is in use and the command needs it alone, or the server is busy. Try again later."
        case .configuration: "A setting, a key or a home is not in order; nothing was opened."
        }
    }

    /// The status that an error ends the process with.
    static func of(_ error: any Error) -> Int32 {
        switch error {
        case let code as ExitCode: code.rawValue
        case let problem as HomeLockProblem:
            if case .held = problem { busy.rawValue } else { configuration.rawValue }
        case Home.Problem.owned: busy.rawValue
        case is ConfigurationProblem, is KeyProblem, is Home.Problem: configuration.rawValue
        case is MailDoorProblem: configuration.rawValue
        case is DocumentProblems, is CSVProblem, is MappingFileProblem, is ImportProblem, is FeedProblem,
            is MovieTweetings.Problem, is JSONProblem, is Gzip.Problem:
            data.rawValue
        case is FileChunks.Problem: noInput.rawValue
        case is StorageProblem, is FeedFetchProblem, PipelineProblem.readOnly, PipelineProblem.notOwner,
            PipelineProblem.overloaded, PipelineProblem.unavailable:
            unavailable.rawValue
        case is CancellationError: busy.rawValue
        default:
            switch Stamgast.exitCode(for: error).rawValue {
            case 0: done.rawValue
            case usage.rawValue: usage.rawValue
            default: failed.rawValue
            }
        }
    }

    /// What is said about an error; `nil` where everything is said already.
    static func message(_ error: any Error) -> String? {
        if error is ExitCode { return nil }
        let text = Stamgast.fullMessage(for: error)
        return text.isEmpty ? nil : text
    }

    /// Says what went wrong and ends the process.
    static func exit(with error: any Error) -> Never {
        let status = of(error)
        if let text = message(error) {
            if status == 0 { print(text) } else { Output.say(text) }
        }
        fflush(nil)
        Foundation.exit(status)
    }
}

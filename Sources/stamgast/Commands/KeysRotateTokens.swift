import Access
import ArgumentParser
import Primitives
import Runtime

struct KeysRotateTokens: AsyncParsableCommand, RunsInServer {
    static let configuration = CommandConfiguration(
        commandName: "rotate-tokens", abstract: "Give a programme a new key for its access tokens.",
        discussion: """
            Without this a key gets a successor every 30 days by itself. The new key is published at once and signs ten \
            minutes later, so that nobody who keeps the key set for five minutes meets a key they do not know; the old \
            one stays published until its last token is over. With --at-once the others are published no more: for a \
            key that may be in other hands. Example:
              stamgast keys rotate-tokens --programme avondpost --home /srv/regulars
            """)

    @OptionGroup var options: HomeOptions
    @OptionGroup var programme: ProgrammeOption

    @Flag(name: .long, help: "Sign with it from now on, and end every token that is out there.")
    var atOnce = false

    func run() async throws {
        let atOnce = atOnce
        let id = try await options.withHome { home in
            try await home.access.accessTokens.rotate(
                try await programme.find(in: home), atOnce: atOnce, by: .commandLine, now: home.engine.clock.now())
        }
        if options.json {
            Output.result(["kid": .string(id), "at_once": .bool(atOnce)])
        } else {
            Output.print("New key \(id).")
        }
    }
}

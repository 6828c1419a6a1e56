import ArgumentParser
import Foundation
import Logging
import NIOCore
import NIOPosix
import Runtime
import ServiceLifecycle
import Settings
import Synchronization

/// Carries out commands of other processes on the home that this one has open. See `docs/reference/control-socket.md`.
struct ControlServer: Service {
    typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Commands at once; more are told to come back.
    static let maximumCommands = 8

    private let home: Home
    private let configuration: Configuration
    private let logger: Logger
    private let address: ControlSocket.Address
    private let channel: NIOAsyncChannel<Connection, Never>
    private let running = Counter()

    private final class Counter: Sendable {
        private let count = Mutex(0)

        func enter() -> Bool {
            count.withLock { count in
                guard count < ControlServer.maximumCommands else { return false }
                count += 1
                return true
            }
        }

        func leave() { count.withLock { $0 -= 1 } }
    }

    /// Listens from now on; who connects is answered once ``run()`` runs.
    ///
    /// - Returns: `nil`, with a line in the log, where the system cannot give such a socket: everything else works without.
    static func listen(home: Home, configuration: Configuration, logger: Logger) async -> ControlServer? {
        guard let address = ControlSocket.Address(home: home.path) else {
            logger.warning("the home's path is too long for a control socket: other commands cannot reach this server")
            return nil
        }
        do {
            let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .bind(unixDomainSocketPath: address.path, cleanupExistingSocketFile: true) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try Connection(wrappingChannelSynchronously: channel)
                    }
                }
            // The home is closed to others already, and each connection is asked who it is.
            guard chmod(address.path, 0o600) == 0 else { throw POSIXError(.EPERM) }
            return ControlServer(
                home: home, configuration: configuration, logger: logger, address: address, channel: channel)
        } catch {
            logger.warning("no control socket", metadata: ["error": "\(type(of: error))"])
            return nil
        }
    }

    private init(
        home: Home, configuration: Configuration, logger: Logger, address: ControlSocket.Address,
        channel: NIOAsyncChannel<Connection, Never>
    ) {
        self.home = home
        self.configuration = configuration
        self.logger = logger
        self.address = address
        self.channel = channel
    }

    func run() async throws {
        defer { unlink(address.path) }
        let listener = channel.channel
        try await withGracefulShutdownHandler {
            try await channel.executeThenClose { connections in
                await withDiscardingTaskGroup { group in
                    do {
                        for try await connection in connections {
                            group.addTask { await self.serve(connection) }
                        }
                    } catch {
                        logger.warning("the control socket closed", metadata: ["error": "\(type(of: error))"])
                    }
                }
            }
        } onGracefulShutdown: {
            listener.close(promise: nil)
        }
    }

    private enum Happening: Sendable {
        case request(ControlRequest?)
        case hungUp
        case reply(ControlReply)
    }

    /// One connection carries one command. Who hangs up, ends it; so does a server that stops.
    private func serve(_ connection: Connection) async {
        do {
            try await connection.executeThenClose { inbound, outbound in
                guard await ControlSocket.isOwnUser(connection.channel) else { return }
                let (happenings, mailbox) = AsyncStream<Happening>.makeStream()
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await Self.listen(inbound, mailbox) }
                    var command: Task<Void, Never>?
                    loop: for await happening in happenings {
                        switch happening {
                        case .request(let request):
                            command = Task {
                                let status = await self.perform(request) { mailbox.yield(.reply($0)) }
                                mailbox.yield(.reply(.exit(status)))
                            }
                        case .hungUp:
                            guard let command else { break loop }
                            command.cancel()
                        case .reply(let reply):
                            // Nobody may be there any more to hear it.
                            try? await outbound.write(ByteBuffer(bytes: reply.line))
                            if case .exit = reply { break loop }
                        }
                    }
                    group.cancelAll()
                }
            }
        } catch {
            logger.debug("a control connection broke", metadata: ["error": "\(type(of: error))"])
        }
    }

    private static func listen(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, _ mailbox: AsyncStream<Happening>.Continuation
    ) async {
        var cutter = LineCutter(longest: ControlRequest.longestLine)
        var isAsked = false
        do {
            for try await buffer in inbound {
                for line in try cutter.add(buffer.readableBytesView) where !isAsked {
                    isAsked = true
                    mailbox.yield(.request(ControlRequest(line: line)))
                }
            }
        } catch {
            // Broken off is hung up.
        }
        mailbox.yield(.hungUp)
    }

    private static func run(_ arguments: [String]) async throws {
        guard var command = try Stamgast.parseAsRoot(arguments) as? any AsyncParsableCommand else { return }
        try await command.run()
    }

    private func perform(_ request: ControlRequest?, say: @escaping @Sendable (ControlReply) -> Void) async -> Int32 {
        guard let request else {
            say(.note("This server does not understand the command: it is of another version. Stop it first."))
            return ExitStatus.busy.rawValue
        }
        guard running.enter() else {
            say(.note("The server is carrying out \(Self.maximumCommands) commands already. Try again in a moment."))
            return ExitStatus.busy.rawValue
        }
        defer { running.leave() }
        let invocation = Invocation(home: home, configuration: configuration, folder: request.folder, say: say)
        do {
            let parsed = try Stamgast.parseAsRoot(request.arguments)
            let type = Swift.type(of: parsed)
            logger.info("a command on the control socket", metadata: ["route": "\(type._commandName)"])
            if let alone = type as? any NeedsHomeAlone.Type {
                say(.note("The home is in use by a running server. \(alone.instead)"))
                return ExitStatus.busy.rawValue
            }
            guard parsed is any RunsInServer else {
                say(.note("The home is in use by a running server, and this command needs it alone: stop it first."))
                return ExitStatus.busy.rawValue
            }
            try await cancelWhenGracefulShutdown {
                try await Invocation.$current.withValue(invocation) { try await Self.run(request.arguments) }
            }
            return ExitStatus.done.rawValue
        } catch {
            let status = ExitStatus.of(error)
            if let text = ExitStatus.message(error) { say(status == 0 ? .output(text) : .note(text)) }
            return status
        }
    }
}

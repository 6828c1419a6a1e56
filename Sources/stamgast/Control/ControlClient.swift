import Foundation
import NIOCore
import NIOPosix
import Primitives

/// Has the server that holds a home carry out this process's command.
enum ControlClient {
    typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Sends the command, shows what comes back and tells how it ended; `nil` if no server listens.
    static func run(_ arguments: [String], home: String) async throws -> Int32? {
        guard let address = ControlSocket.Address(home: home) else { return nil }
        let connection: Connection
        do {
            connection = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(unixDomainSocketPath: address.path) { channel in
                    channel.eventLoop.makeCompletedFuture { try Connection(wrappingChannelSynchronously: channel) }
                }
        } catch {
            return nil
        }
        let request = ControlRequest(arguments: arguments, folder: FileManager.default.currentDirectoryPath)
        return try await connection.executeThenClose { inbound, outbound in
            guard await ControlSocket.isOwnUser(connection.channel) else { return nil }
            try await outbound.write(ByteBuffer(bytes: request.line))
            var cutter = LineCutter(longest: 64 << 20)
            for try await buffer in inbound {
                for line in try cutter.add(buffer.readableBytesView) {
                    switch ControlReply(line: line) {
                    case .output(let text): Output.print(text)
                    case .note(let text): Output.say(text)
                    case .progress(let done, let total, let what): Output.progress(done, of: total, what)
                    case .exit(let status): return status
                    case nil: Output.say("The server said something that this version does not understand.")
                    }
                }
            }
            Output.say("The server ended before it had answered. Ask again: nothing is done twice.")
            return ExitStatus.busy.rawValue
        }
    }
}

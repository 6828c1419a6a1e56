import Foundation
import NIOCore

/// The socket through which other commands reach the server that has a home open: `control.sock` in the home, for its
/// owner only.
enum ControlSocket {
    static let name = "control.sock"
    /// A socket's path has little room: 108 bytes on Linux, 104 on macOS, with its end.
    static let longestPath = 100

    /// A path that fits, as long as the value lives.
    final class Address: Sendable {
        let path: String
        private let descriptor: Int32?

        /// `nil` where the home's path is too long and the system has no way around it.
        init?(home: String) {
            let plain = home + "/" + ControlSocket.name
            if plain.utf8.count <= ControlSocket.longestPath {
                (path, descriptor) = (plain, nil)
                return
            }
            #if os(Linux)
                let opened = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
                guard opened >= 0 else { return nil }
                (path, descriptor) = ("/proc/self/fd/\(opened)/\(ControlSocket.name)", opened)
            #else
                return nil
            #endif
        }

        deinit {
            if let descriptor { close(descriptor) }
        }
    }

    /// Whether who is at the other end is the user of this process. Beside the socket's mode and the home's, this holds
    /// even where somebody has loosened both.
    static func isOwnUser(_ channel: any Channel) async -> Bool {
        #if os(Linux)
            guard let options = channel as? any SocketOptionProvider else { return false }
            let peer: Peer? = try? await options.unsafeGetSocketOption(
                level: .socket, name: NIOBSDSocket.Option(rawValue: CInt(SO_PEERCRED))
            ).get()
            return peer?.user == geteuid()
        #else
            return true
        #endif
    }

    /// `struct ucred`, unix(7).
    private struct Peer: Sendable {
        var process: Int32 = 0
        var user: UInt32 = .max
        var group: UInt32 = .max
    }
}

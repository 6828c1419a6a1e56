#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The one process that a home belongs to, held by `flock(2)` on `home/lock`.
///
/// The kernel lets go of the lock when the process ends in whatever way, so a crash leaves nothing to clean up: the file
/// stays and means nothing by itself. It holds the owner's process number, for the sentence the second process prints.
public final class HomeLock: Sendable {
    let descriptor: Int32

    /// Takes the lock of a home, creating the folder when it is missing (readable by its owner only).
    ///
    /// - Throws: `HomeLockProblem.held` at once when another process has it; it never waits.
    public init(home: String) throws(HomeLockProblem) {
        guard mkdir(home, 0o700) == 0 || errno == EEXIST else {
            throw .unusable(path: home, reason: String(cString: strerror(errno)))
        }
        let path = home + "/lock"
        // Close on exec: a child process must not keep the home locked after its parent is gone.
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unusable(path: path, reason: String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let owner = Self.owner(descriptor)
            close(descriptor)
            if reason == EWOULDBLOCK { throw .held(home: home, process: owner) }
            throw .unusable(path: path, reason: String(cString: strerror(reason)))
        }
        self.descriptor = descriptor
        let text = Array("\(getpid())\n".utf8)
        // The number is a courtesy to the reader: when the disk is full the lock holds all the same.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
    }

    deinit {
        // Closing would do, but for a child process between fork and exec, which shares the open file for a moment.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func owner(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes.prefix(count).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}

/// Why a home could not be taken.
public enum HomeLockProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another process has it; its number where it could be read.
    case held(home: String, process: Int32?)
    /// The folder or the lock file cannot be created or opened.
    case unusable(path: String, reason: String)

    public var description: String {
        switch self {
        case .held(let home, let process):
            let who = process.map { "process \($0)" } ?? "another process"
            return "The home \(home) is in use by \(who). Stop it, or give this one another home with --home."
        case .unusable(let path, let reason):
            return "\(path) cannot be used: \(reason)."
        }
    }
}

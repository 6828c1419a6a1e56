#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A key on disk: readable by its owner only, written whole or not at all.
enum KeyFile {
    static let maximumBytes = 64 << 10

    /// The file's text; `nil` when there is no file.
    ///
    /// - Throws: `.exposed` when its mode is wider than 0600, `.foreign` when it belongs to another user.
    static func read(path: String) throws(KeyProblem) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            if errno == ENOENT { return nil }
            throw unusable(path)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unusable(path) }
        let mode = UInt32(status.st_mode) & 0o7777
        guard mode & 0o177 == 0 else { throw .exposed(path: path, mode: mode) }
        // Root reads what belongs to others: a container may mount its secrets that way.
        guard status.st_uid == geteuid() || geteuid() == 0 else { throw .foreign(path: path) }
        var bytes = [UInt8](repeating: 0, count: maximumBytes)
        var length = 0
        while length < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress?.advanced(by: length), $0.count - length, off_t(length))
            }
            if count < 0 { throw unusable(path) }
            if count == 0 { break }
            length += count
        }
        return String(decoding: bytes.prefix(length), as: UTF8.self)
    }

    /// Writes the file with mode 0600 and makes it last: file, then rename, then folder, each synced.
    static func write(_ text: String, folder: String, name: String) throws(KeyProblem) {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw unusable(folder) }
        let path = folder + "/" + name
        let draft = folder + "/." + name + ".new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw unusable(draft) }
        let bytes = Array(text.utf8)
        // The umask may have narrowed the mode further; say exactly what is meant.
        let written = fchmod(descriptor, 0o600) == 0 && Glue.write(descriptor, bytes) && fsync(descriptor) == 0
        let reason = errno
        close(descriptor)
        guard written, rename(draft, path) == 0 else {
            let problem = written ? unusable(path) : unusable(draft, reason)
            unlink(draft)
            throw problem
        }
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw unusable(folder) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw unusable(folder) }
    }

    private static func unusable(_ path: String, _ code: Int32 = errno) -> KeyProblem {
        .unusable(path: path, reason: String(cString: strerror(code)))
    }

    private enum Glue {
        /// Writes all bytes; an interrupted or short write goes on.
        static func write(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
            var sent = 0
            while sent < bytes.count {
                let count = bytes.withUnsafeBytes {
                    pwrite(descriptor, $0.baseAddress?.advanced(by: sent), $0.count - sent, off_t(sent))
                }
                if count <= 0 { return false }
                sent += count
            }
            return true
        }
    }
}

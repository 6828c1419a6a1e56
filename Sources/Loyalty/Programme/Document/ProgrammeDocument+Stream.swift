/// The document as one text: a YAML stream whose documents each start with their path, `--- # rules/curious-reader.yaml`.
/// Handy for mail, review and the demo programmes; the folder is the form to work in.
extension ProgrammeDocument {
    /// - Throws: ``DocumentProblems`` if there is anything but comments before the first path, and as ``init(files:)``.
    public init(stream: String) throws(DocumentProblems) {
        var files: [File] = []
        var path: String?
        var lines: [Substring] = []
        func finished() -> File? {
            guard let path else { return nil }
            while lines.last?.isEmpty == true { lines.removeLast() }
            return File(path: path, bytes: Array((lines.joined(separator: "\n") + "\n").utf8))
        }
        for line in stream.split(separator: "\n", omittingEmptySubsequences: false) {
            let line = line.last == "\r" ? line.dropLast() : line
            if line.hasPrefix(Self.separator) {
                if let file = finished() { files.append(file) }
                path = String(line.dropFirst(Self.separator.count))
                lines = []
            } else if path != nil {
                lines.append(line)
            } else if !line.isEmpty, !line.hasPrefix("#"), line != "\u{FEFF}" {
                throw DocumentProblems([
                    DocumentProblem(
                        path: "", message: "The stream does not start with the path of its first file.",
                        fix: "Start it with '--- # programme.yaml'.")
                ])
            }
        }
        if let file = finished() { files.append(file) }
        try self.init(files: files)
    }

    /// The text that reads back as the same files, but for line ends and empty lines at the end of a file.
    public var stream: String {
        files.map { file in
            var text = String(decoding: Self.normalized(file.bytes), as: UTF8.self)
            while text.last == "\n" { text.removeLast() }
            return "\(Self.separator)\(file.path)\n\(text)\n"
        }.joined(separator: "\n")
    }

    private static let separator = "--- # "
}

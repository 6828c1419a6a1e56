extension ProgrammeDocument {
    /// The document with another share of members who take part; everything else, comments included, stays as it is.
    /// What the last step said of members who were in the middle of something is about that step, and is left out.
    ///
    /// - Parameter basisPoints: 0 to 10,000; `nil` opens the programme to everybody.
    /// - Throws: ``DocumentProblems`` if there is no `programme.yaml`.
    public func withPilot(_ basisPoints: Int?) throws(DocumentProblems) -> ProgrammeDocument {
        let text = String(decoding: Self.normalized(self[Self.root] ?? []), as: UTF8.self)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        let line = basisPoints.map { "pilot: " + ($0 == 0 ? "0" : DocumentTree.share($0)) }
        if let place = lines.firstIndex(where: { $0.hasPrefix("pilot:") }) {
            // What somebody wrote behind it stays.
            let comment = lines[place].firstIndex(of: "#").map { "   " + lines[place][$0...] } ?? ""
            if let line { lines[place] = line + comment } else { lines.remove(at: place) }
        } else if let line {
            let after =
                lines.firstIndex { $0.hasPrefix("timezone:") } ?? lines.firstIndex { $0.hasPrefix("programme:") }
            lines.insert(line, at: after.map { $0 + 1 } ?? 0)
        }
        var files = self.files.filter { $0.path != Self.root && $0.path != Self.changes }
        files.append(File(path: Self.root, bytes: Array(lines.joined(separator: "\n").utf8)))
        return try ProgrammeDocument(files: files)
    }
}

/// "Did you mean": the known word that a written word most resembles.
enum DocumentSuggestion {
    /// The nearest of `candidates` by edits (insert, delete, replace, swap neighbours), if it is near enough: one edit for
    /// short words, up to a third of the letters for long ones.
    static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
        let written = Array(word.lowercased().unicodeScalars.prefix(80))
        guard !written.isEmpty else { return nil }
        var best: (distance: Int, word: String)?
        for candidate in candidates {
            let known = Array(candidate.lowercased().unicodeScalars.prefix(80))
            let allowed = max(1, min(written.count, known.count) / 3)
            guard abs(known.count - written.count) <= allowed else { continue }
            let distance = edits(written, known)
            guard distance <= allowed else { continue }
            if let found = best, (found.distance, found.word) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.word
    }

    /// "Did you mean 'x'?", or the list of what is known if that is short, or nothing.
    static func fix(for word: String, in candidates: [String]) -> String? {
        if let nearest = nearest(to: word, in: candidates) { return "Did you mean '\(nearest)'?" }
        guard !candidates.isEmpty, candidates.count <= 12 else { return nil }
        return "Known: \(candidates.sorted().joined(separator: ", "))."
    }

    /// The optimal string alignment distance (Damerau 1964, each part edited once).
    static func edits(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            current.reserveCapacity(right.count + 1)
            for column in 0..<right.count {
                var value = min(
                    previous[column + 1] + 1, current[column] + 1,
                    previous[column] + (left[row] == right[column] ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    value = min(value, beforePrevious[column - 1] + 1)
                }
                current.append(value)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}

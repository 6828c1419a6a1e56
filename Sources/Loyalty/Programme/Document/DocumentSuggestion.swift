internal import Primitives

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
            let distance = EditDistance.between(written, known)
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
}

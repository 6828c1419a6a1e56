internal import Primitives

/// The nearest known word, for a message that helps.
enum Spelling {
    /// The candidate that `word` most likely meant: at most a third of its letters wrong, and at most three.
    ///
    /// - Complexity: O(candidates × length²); words longer than 64 bytes get no suggestion.
    static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let letters = Array(word.utf8)
        guard letters.count <= 64 else { return nil }
        let allowed = min(3, max(1, letters.count / 3))
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let distance = EditDistance.between(letters, Array(candidate.utf8))
            if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }
}

/// Webhooks in the text of `programme.yaml`: one line is written, changed or taken away, and everything else, comments
/// too, stays as somebody wrote it. What it cannot do for sure it leaves: the caller reads the result and compares.
public enum WebhookLines {
    /// The text with a webhook at this address, or without it; `nil` for a text that is written in another way.
    ///
    /// - Parameter url: `nil` takes the webhook away.
    public static func text(_ text: String, webhook: String, url: String?) -> String? {
        var lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
        let entry = url.map { "\(webhook): { url: \"\(escaped($0))\" }" }
        guard let head = lines.firstIndex(where: { $0.hasPrefix("webhooks:") }) else {
            guard let entry else { return nil }
            while lines.last == "" { lines.removeLast() }
            return (lines + ["", "webhooks:", "  " + entry, ""]).joined(separator: "\n")
        }
        let rest = lines[head].dropFirst("webhooks:".count).prefix { $0 != "#" }.filter { $0 != " " }
        if rest == "{}" {
            lines[head] = "webhooks:"
        } else if !rest.isEmpty {
            return nil
        }
        var end = head + 1
        while end < lines.count, isWithin(lines[end]) { end += 1 }
        // Blank lines and comments before the next key belong to that.
        while end > head + 1, indent(lines[end - 1]) == nil { end -= 1 }
        let depth = (head + 1..<end).lazy.compactMap { indent(lines[$0]) }.first ?? 2
        let names = ["\(webhook):", "\"\(webhook)\":", "'\(webhook)':"]
        let start = (head + 1..<end).first { index in
            indent(lines[index]) == depth && names.contains { lines[index].dropFirst(depth).hasPrefix($0) }
        }
        guard let start else {
            guard let entry else { return nil }
            lines.insert(String(repeating: " ", count: depth) + entry, at: end)
            return lines.joined(separator: "\n")
        }
        var next = start + 1
        while next < end, indent(lines[next]).map({ $0 > depth }) ?? true { next += 1 }
        while next > start + 1, indent(lines[next - 1]) == nil { next -= 1 }
        if let entry {
            // A comment behind the closing brace stays.
            let tail = lines[start].lastIndex(of: "}").map { String(lines[start][$0...].dropFirst()) } ?? ""
            let kept = next == start + 1 && tail.drop { $0 == " " }.hasPrefix("#") ? tail : ""
            lines.replaceSubrange(start..<next, with: [String(repeating: " ", count: depth) + entry + kept])
        } else {
            lines.removeSubrange(start..<next)
            if !(head + 1..<(end - (next - start))).contains(where: { indent(lines[$0]) != nil }) {
                lines.remove(at: head)
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Blank, a comment, or further in than the key.
    private static func isWithin(_ line: String) -> Bool { line.isEmpty || line.hasPrefix(" ") || line.hasPrefix("#") }

    /// How far in a line begins; `nil` for one that says nothing.
    private static func indent(_ line: String) -> Int? {
        let spaces = line.prefix { $0 == " " }.count
        let rest = line.dropFirst(spaces)
        return rest.isEmpty || rest.hasPrefix("#") ? nil : spaces
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}

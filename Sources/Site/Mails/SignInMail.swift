public import Loyalty

/// The mail that answers who asked for a link: in the programme's look, plain and short, as text and as HTML.
public struct SignInMail: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// The address is a member's; the whole address of the link.
        case link(String)
        /// Nobody is known by it, and with this link they join.
        case join(String)
        /// Nobody is known by it.
        case unknown
    }

    public var subject: String
    public var paragraphs: [String]
    public var text: String
    public var html: String

    public init(_ kind: Kind, programme: ProgrammeFace, language: Language) {
        let texts = Texts.of(language)
        let words = texts.door
        let name = programme.name
        let link: String?
        switch kind {
        case .link(let address):
            subject = words.mailSubject(name)
            paragraphs = [words.mailText(name), words.mailOnce]
            link = address
        case .join(let address):
            subject = words.mailSubject(name)
            paragraphs = [words.mailJoinText(name), words.mailOnce]
            link = address
        case .unknown:
            subject = words.mailUnknownSubject(name)
            paragraphs = [words.mailUnknownText(name)]
            link = nil
        }
        paragraphs.append(words.mailNotYou)
        let first = paragraphs.prefix(1) + [link].compactMap { $0 }
        text = (first + paragraphs.dropFirst() + ["-- \n" + name]).joined(separator: "\n\n") + "\n"
        html = Self.html(
            subject: subject, paragraphs: paragraphs, link: link, button: texts.signIn.button, programme: programme,
            language: language)
    }

    /// Mail programs know no style sheets worth the name, so each element carries its own; no picture, nothing fetched.
    private static func html(
        subject: String, paragraphs: [String], link: String?, button: String, programme: ProgrammeFace,
        language: Language
    ) -> String {
        let palette = Palette(programme.look.theme, .light)
        let (paper, ink, muted) = ("#" + palette.paper.hex, "#" + palette.ink.hex, "#" + palette.muted.hex)
        let letters = "font-family:Georgia,serif"
        var body = "<p style=\"\(letters);font-size:20px;margin:0 0 24px\">\(escaped(programme.name))</p>"
        for (place, paragraph) in paragraphs.enumerated() {
            body += "<p style=\"margin:0 0 16px\">\(escaped(paragraph))</p>"
            guard place == 0, let link else { continue }
            let style =
                "display:inline-block;padding:12px 24px;border-radius:8px;text-decoration:none;"
                + "background:#\(palette.accent.hex);color:#\(palette.onAccent.hex)"
            body +=
                "<p style=\"margin:24px 0\"><a href=\"\(escaped(link))\" style=\"\(style)\">\(escaped(button))</a></p>"
            body +=
                "<p style=\"margin:0 0 16px;font-size:13px;color:\(muted);word-break:break-all\">\(escaped(link))</p>"
        }
        return """
            <!doctype html>
            <html lang="\(language.rawValue)">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>\(escaped(subject))</title></head>
            <body style="margin:0;padding:32px 16px;background:\(paper);color:\(ink);font:16px/1.5 Helvetica,Arial,sans-serif">
            <div style="max-width:480px;margin:0 auto">\(body)</div>
            </body>
            </html>

            """
    }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "'": out += "&#39;"
            default: out.append(character)
            }
        }
        return out
    }
}

internal import Crypto
internal import Loyalty
internal import Runtime

/// The style sheets, modules and pictures: read once, each served under a name with a hash of its content.
struct Assets: Sendable {
    struct Asset: Sendable {
        let name: String
        let type: String
        let bytes: [UInt8]
        /// The same, compressed as far as it goes; `nil` for what is compressed already.
        let compressed: [UInt8]?
        /// Sixteen hexadecimal digits of SHA-256 over the bytes as they are served.
        let hash: String

        var path: String {
            let dot = name.lastIndex(of: ".") ?? name.endIndex
            return "/assets/\(name[..<dot]).\(hash)\(name[dot...])"
        }
    }

    private let byName: [String: Asset]
    private let byPath: [String: Asset]

    /// - Parameter files: in such an order that a file only refers (`./name`) to files before it; each such reference
    ///   becomes the hashed name, so a module may import another and a style sheet may show a picture.
    init(files: [(name: String, bytes: [UInt8])]) {
        var byName: [String: Asset] = [:]
        for file in files {
            var bytes = file.bytes
            if file.name.hasSuffix(".js") || file.name.hasSuffix(".css") {
                var text = String(decoding: bytes, as: UTF8.self)
                for (name, asset) in byName {
                    let hashed = asset.path.split(separator: "/").last.map(String.init) ?? name
                    text = text.replacing("./\(name)", with: "./\(hashed)")
                }
                if Self.onOtherSites.contains(file.name) { text = Self.compact(text) }
                bytes = Array(text.utf8)
            }
            let hash = SHA256.hash(data: bytes).prefix(8).map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            let type = Self.type(of: file.name)
            byName[file.name] = Asset(
                name: file.name, type: type, bytes: bytes,
                compressed: Compression.helps(type) ? Gzip.compress(bytes, level: 9) : nil, hash: hash.joined())
        }
        self.byName = byName
        byPath = Dictionary(byName.values.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What other sites load: it must be small there.
    private static let onOtherSites: Set<String> = ["widget.js", "gate.js", "earn.js"]

    /// Without indentation, empty lines and the comments that have a line to themselves; nothing else is touched, so that
    /// what is served can still be read.
    static func compact(_ text: String) -> String {
        text.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }
            .filter { !$0.isEmpty && !$0.hasPrefix("//") && !($0.hasPrefix("/**") && $0.hasSuffix("*/")) }
            .joined(separator: "\n")
    }

    func named(_ name: String) -> Asset? { byName[name] }

    func at(path: String) -> Asset? { byPath[path] }

    /// For templates: `{{asset.site_css}}` is the address of `site.css`.
    var node: PageNode {
        var fields: [String: any Sendable] = [:]
        for (name, asset) in byName {
            let key = String(name.map { $0.isLetter || $0.isNumber ? $0 : "_" })
            fields[key] = asset.path
        }
        return PageNode(fields: fields)
    }

    private static func type(of name: String) -> String {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "png": "image/png"
        case "txt": "text/plain; charset=utf-8"
        default: "application/octet-stream"
        }
    }

    /// The files of this target.
    static let embedded = Assets(files: [
        ("mark.svg", PackageResources.mark_svg),
        // One style sheet for the browser, in the order in which its files build on each other.
        (
            "site.css",
            Array(ThemeSheet.tokens(of: .standard).utf8) + PackageResources.site_css + PackageResources.components_css
        ),
        ("publisher.css", PackageResources.publisher_css),
        ("live.js", PackageResources.live_js),
        ("file.js", PackageResources.file_js),
        ("start.js", PackageResources.start_js),
        ("choice.js", PackageResources.choice_js),
        ("earn.js", PackageResources.earn_js),
        ("own-history.js", PackageResources.own_history_js),
        ("persona.js", PackageResources.persona_js),
        ("rerank.js", PackageResources.rerank_js),
        ("device-today.js", PackageResources.device_today_js),
        ("device-own.js", PackageResources.device_own_js),
        ("year.js", PackageResources.year_js),
        ("events.js", PackageResources.events_js),
        ("cel.js", PackageResources.cel_js),
        ("reading.js", PackageResources.reading_js),
        ("player.js", PackageResources.player_js),
        ("widget.js", PackageResources.widget_js),
        ("gate.js", PackageResources.gate_js),
        ("qr.js", PackageResources.qr_js),
        ("scan.js", PackageResources.scan_js),
        ("counter.js", PackageResources.counter_js),
        ("app.js", PackageResources.app_js),
        ("card.js", PackageResources.card_js),
        ("sw.js", PackageResources.sw_js),
        ("icon-192.png", PackageResources.icon_192_png),
        ("icon-512.png", PackageResources.icon_512_png),
        ("quiz.js", PackageResources.quiz_js),
        ("codes.js", PackageResources.codes_js),
    ])
}

/// The placeholders of portable SQL.
enum Placeholders {
    /// Turns each `?` into `?1`, `?2` … or `$1`, `$2` … outside strings, quoted names and comments.
    ///
    /// - Returns: the text and the number of placeholders.
    static func number(_ sql: String, for engine: Engine) -> (text: String, count: Int) {
        let sign =
            switch engine {
            case .sqlite: "?"
            case .postgres: "$"
            }
        var out: [UInt8] = []
        out.reserveCapacity(sql.utf8.count + 16)
        var count = 0
        let bytes = Array(sql.utf8)
        var index = 0
        /// Copies up to and including `end`; a doubled quote inside a string simply starts the next string.
        func copy(through end: [UInt8]) {
            while index < bytes.count {
                if bytes[index...].starts(with: end) {
                    out += end
                    index += end.count
                    return
                }
                out.append(bytes[index])
                index += 1
            }
        }
        while index < bytes.count {
            let byte = bytes[index]
            let next = index + 1 < bytes.count ? bytes[index + 1] : 0
            switch (byte, next) {
            case (UInt8(ascii: "'"), _), (UInt8(ascii: "\""), _):
                out.append(byte)
                index += 1
                copy(through: [byte])
            case (UInt8(ascii: "-"), UInt8(ascii: "-")): copy(through: [UInt8(ascii: "\n")])
            case (UInt8(ascii: "/"), UInt8(ascii: "*")): copy(through: Array("*/".utf8))
            case (UInt8(ascii: "?"), _):
                count += 1
                out += Array("\(sign)\(count)".utf8)
                index += 1
            default:
                out.append(byte)
                index += 1
            }
        }
        return (String(decoding: out, as: UTF8.self), count)
    }
}

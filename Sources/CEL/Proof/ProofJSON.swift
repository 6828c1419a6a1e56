extension Proof {
    /// The proof as compact JSON: `{"x":"text","s":0,…}` for the root, whose text holds those of its parts.
    ///
    /// Members: `x` text (root only), `r` range (UTF-8 offsets), `v` value (see ``Value/json``), `e` error code,
    /// `w` withheld, `l` too large, `c` parts; a node with none of `v`, `e`, `w`, `l` was not evaluated.
    public var json: String { String(decoding: jsonBytes, as: UTF8.self) }

    /// ``json`` as UTF-8.
    public var jsonBytes: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(2 * text.utf8.count + 256)
        write(into: &output, isRoot: true)
        return output
    }

    /// Reads what ``json`` writes; nil for other text.
    public init?(json: String) {
        guard let object = JSONReader.read(Array(json.utf8)), let text = object["x"]?.string,
            let start = Proof.range(object)?.lowerBound,
            let proof = Proof(encoded: object, source: Array(text.utf8), start: start)
        else { return nil }
        self = proof
    }

    private func write(into output: inout [UInt8], isRoot: Bool) {
        output.append(UInt8(ascii: "{"))
        if isRoot {
            output += "\"x\":".utf8
            JSON.write(text, into: &output)
            output.append(UInt8(ascii: ","))
        }
        output += "\"r\":[".utf8
        Self.write(range.lowerBound, into: &output)
        output.append(UInt8(ascii: ","))
        Self.write(range.upperBound, into: &output)
        output.append(UInt8(ascii: "]"))
        switch result {
        case .value(.bool(let flag)): output += (flag ? ",\"v\":true" : ",\"v\":false").utf8
        case .value(let value):
            output += ",\"v\":".utf8
            value.encoded.write(into: &output)
        case .failed(let code):
            output += ",\"e\":".utf8
            JSON.write(code.rawValue, into: &output)
        case .withheld: output += ",\"w\":true".utf8
        case .omitted: output += ",\"l\":true".utf8
        case .notEvaluated: break
        }
        if !children.isEmpty {
            output += ",\"c\":[".utf8
            for (index, child) in children.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                child.write(into: &output, isRoot: false)
            }
            output.append(UInt8(ascii: "]"))
        }
        output.append(UInt8(ascii: "}"))
    }

    /// Appends an offset in decimal digits.
    private static func write(_ offset: Int, into output: inout [UInt8]) {
        if offset >= 10 { write(offset / 10, into: &output) }
        output.append(UInt8(ascii: "0") + UInt8(offset % 10))
    }

    private static func range(_ json: JSON) -> Range<Int>? {
        guard let bounds = json["r"]?.array, bounds.count == 2, case .number(let low) = bounds[0],
            case .number(let high) = bounds[1], let start = Int(low), let end = Int(high), start >= 0, start <= end
        else { return nil }
        return start..<end
    }

    private init?(encoded json: JSON, source: [UInt8], start: Int) {
        guard let range = Proof.range(json), range.lowerBound >= start, range.upperBound - start <= source.count,
            let text = String(
                validating: source[(range.lowerBound - start)..<(range.upperBound - start)], as: UTF8.self)
        else { return nil }
        var children: [Proof] = []
        for child in json["c"]?.array ?? [] {
            guard let child = Proof(encoded: child, source: source, start: start) else { return nil }
            children.append(child)
        }
        let result: Result
        if let value = json["v"] {
            guard let value = Value(encoded: value) else { return nil }
            result = .value(value)
        } else if let name = json["e"]?.string {
            guard let code = EvaluationError.Code(rawValue: name) else { return nil }
            result = .failed(code)
        } else {
            result = json["w"] != nil ? .withheld : json["l"] != nil ? .omitted : .notEvaluated
        }
        self.init(text: text, range: range, result: result, children: children)
    }
}

extension Proof {
    /// The proof as compact JSON: `{"x":"text","s":0,…}` for the root, whose text holds those of its parts.
    ///
    /// Members: `x` text (root only), `r` range (UTF-8 offsets), `v` value (see ``Value/json``), `e` error code,
    /// `w` withheld, `l` too large, `c` parts; a node with none of `v`, `e`, `w`, `l` was not evaluated.
    public var json: String { encoded(isRoot: true).text }

    /// Reads what ``json`` writes; nil for other text.
    public init?(json: String) {
        guard let object = JSONReader.read(Array(json.utf8)), let text = object["x"]?.string,
            let start = Proof.range(object)?.lowerBound,
            let proof = Proof(encoded: object, source: Array(text.utf8), start: start)
        else { return nil }
        self = proof
    }

    private func encoded(isRoot: Bool) -> JSON {
        var members: [(key: String, value: JSON)] = []
        if isRoot { members.append(("x", .string(text))) }
        members.append(("r", .array([.number(String(range.lowerBound)), .number(String(range.upperBound))])))
        switch result {
        case .value(let value): members.append(("v", value.encoded))
        case .failed(let code): members.append(("e", .string(code.rawValue)))
        case .withheld: members.append(("w", .bool(true)))
        case .omitted: members.append(("l", .bool(true)))
        case .notEvaluated: break
        }
        if !children.isEmpty { members.append(("c", .array(children.map { $0.encoded(isRoot: false) }))) }
        return .object(members)
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

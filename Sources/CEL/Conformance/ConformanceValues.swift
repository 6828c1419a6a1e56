/// Values in the JSON form of `cel.expr.Value`.
enum ConformanceValues {
    static func value(_ json: JSON) -> Value? {
        guard let member = json.object?.first else { return nil }
        let content = member.value
        switch member.key {
        case "null_value": return .null
        case "bool_value": return content.bool.map { .bool($0) }
        case "int64_value": return content.string.flatMap { Int64($0) }.map { .int($0) }
        case "uint64_value": return content.string.flatMap { UInt64($0) }.map { .uint($0) }
        case "double_value":
            switch content {
            case .number(let text), .string(let text): return double(text).map { .double($0) }
            default: return nil
            }
        case "string_value": return content.string.map { .string($0) }
        case "bytes_value": return content.string.flatMap(Base64.decode).map { .bytes($0) }
        case "type_value": return content.string.map { .type(TypeName($0)) }
        case "list_value":
            var elements: [Value] = []
            for element in content["values"]?.array ?? [] {
                guard let element = value(element) else { return nil }
                elements.append(element)
            }
            return .list(elements)
        case "map_value":
            var entries: [(key: Value, value: Value)] = []
            for entry in content["entries"]?.array ?? [] {
                guard let key = entry["key"].flatMap(value), let content = entry["value"].flatMap(value) else {
                    return nil
                }
                entries.append((key, content))
            }
            return MapValue(entries: entries).map { .map($0) }
        default: return nil
        }
    }

    private static func double(_ text: String) -> Double? {
        switch text {
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        case "NaN": .nan
        default: DoubleText.parse(text)
        }
    }
}

/// Types in the JSON form of `cel.expr.Type`.
enum ConformanceTypes {
    static func type(_ json: JSON) -> CELType? {
        guard let member = json.object?.first else { return nil }
        let content = member.value
        switch member.key {
        case "dyn": return .dyn
        case "null": return .null
        case "primitive": return primitive(content)
        case "wrapper": return primitive(content).map { .nullable($0) }
        case "well_known":
            return switch content.string {
            case "TIMESTAMP": .timestamp
            case "DURATION": .duration
            case "ANY": .dyn
            default: nil
            }
        case "list_type": return content["elem_type"].flatMap(type).map { .list($0) }
        case "map_type":
            guard let key = content["key_type"].flatMap(type), let value = content["value_type"].flatMap(type) else {
                return nil
            }
            return .map(key, value)
        case "type": return .type(type(content) ?? .dyn)
        case "type_param": return content.string.map { .parameter($0) }
        case "abstract_type":
            let parameters = (content["parameter_types"]?.array ?? []).compactMap(type)
            return content["name"]?.string.map { .abstract($0, parameters) }
        default: return nil
        }
    }

    private static func primitive(_ json: JSON) -> CELType? {
        switch json.string {
        case "BOOL": .bool
        case "INT64": .int
        case "UINT64": .uint
        case "DOUBLE": .double
        case "STRING": .string
        case "BYTES": .bytes
        default: nil
        }
    }
}

import HTTPTypes
import NIOCore
import Primitives

/// CloudEvents in binary mode: attributes in headers, data in the body (HTTP protocol binding 1.0.2, section 3.1).
enum CloudEventHeaders {
    static let names = (
        specversion: name("ce-specversion"), id: name("ce-id"), source: name("ce-source"), type: name("ce-type"),
        subject: name("ce-subject"), time: name("ce-time"), channel: name("ce-channel"),
        anonymousID: name("ce-anonymousid"), pass: name("ce-pass"),
        traceless: name("ce-traceless")
    )

    private static func name(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .trailer }

    /// Whether the request is in binary mode.
    static func areThere(_ headers: HTTPFields) -> Bool {
        headers.contains(names.specversion) || headers.contains(names.id) || headers.contains(names.type)
    }

    /// - Throws: a problem if the body is neither empty nor JSON.
    static func read(_ call: Call) throws(Problem) -> EventAttributes.Outcome {
        var attributes = EventAttributes()
        let headers = call.headers
        attributes.specversion = value("specversion", headers[names.specversion], &attributes)
        attributes.id = value("id", headers[names.id], &attributes)
        attributes.source = value("source", headers[names.source], &attributes)
        attributes.type = value("type", headers[names.type], &attributes)
        attributes.subject = value("subject", headers[names.subject], &attributes)
        attributes.time = value("time", headers[names.time], &attributes)
        attributes.channel = value("channel", headers[names.channel], &attributes)
        attributes.anonymousID = value("anonymousid", headers[names.anonymousID], &attributes)
        attributes.pass = value("pass", headers[names.pass], &attributes)
        switch value("traceless", headers[names.traceless], &attributes) {
        case nil, "false": break
        case "true": attributes.isTraceless = true
        default: attributes.fault("traceless", "Send true or false.")
        }
        if call.body.readableBytes > 0 {
            guard call.mediaType.isEmpty || EventAttributes.isJSON(call.mediaType) else {
                throw Problem(.unsupportedMediaType, "The data of an event must be application/json.")
            }
            switch try call.json() {
            case .object(let fields): attributes.fields = fields
            case .null: break
            default: attributes.fault("data", "Data must be a JSON object of the event's fields.")
            }
        }
        return attributes.outcome(received: call.now)
    }

    private static func value(_ field: String, _ raw: String?, _ attributes: inout EventAttributes) -> String? {
        guard let raw else { return nil }
        guard let value = decode(raw) else {
            attributes.fault(field, "The header is not percent-encoded UTF-8.")
            return nil
        }
        return value
    }

    /// Section 3.1.3.2: first quotes and backslashes (older senders), then one round of percent-decoding.
    static func decode(_ raw: String) -> String? {
        guard raw.utf8.count >= 2, raw.hasPrefix("\""), raw.hasSuffix("\"") else { return PercentCoding.decode(raw) }
        var bare = ""
        var isEscaped = false
        for character in raw.dropFirst().dropLast().unicodeScalars {
            if !isEscaped, character == "\\" {
                isEscaped = true
                continue
            }
            isEscaped = false
            bare.unicodeScalars.append(character)
        }
        return isEscaped ? nil : PercentCoding.decode(bare)
    }
}

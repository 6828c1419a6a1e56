public import Primitives

/// Who asks for consent, as a receipt names them.
public struct ConsentController: Sendable, Hashable {
    public var name: String
    /// The person or desk to turn to.
    public var contact: String
    public var address: String
    public var email: String
    public var phone: String
    public var policyURL: String
    /// Whose law holds, as an ISO 3166 code.
    public var jurisdiction: String

    public init(
        name: String, contact: String = "", address: String = "", email: String = "", phone: String = "",
        policyURL: String = "", jurisdiction: String = "NL"
    ) {
        self.name = name
        self.contact = contact
        self.address = address
        self.email = email
        self.phone = phone
        self.policyURL = policyURL
        self.jurisdiction = jurisdiction
    }
}

extension ConsentReceipt {
    /// The receipt as JSON in the fields of Kantara Consent Receipt 1.1; what that standard has no field for (the
    /// decision, the proof of what was shown, the chain: the record of ISO/IEC TS 27560) is under `stamgast`.
    ///
    /// `consentTimestamp` is in seconds; where only the day is kept, of its start (UTC).
    public func json(controller: ConsentController, service: String) -> JSONValue {
        [
            "version": "KI-CR-v1.1.0", "jurisdiction": .string(controller.jurisdiction),
            "consentTimestamp": .integer(at.map { Self.seconds($0) } ?? day * 86_400),
            "collectionMethod": .string(method.rawValue), "consentReceiptID": .string(id.description),
            "language": .string(text.language), "piiPrincipalId": .string(subject.description),
            "piiControllers": [
                [
                    "piiController": .string(controller.name), "contact": .string(controller.contact),
                    "address": .string(controller.address), "email": .string(controller.email),
                    "phone": .string(controller.phone),
                ]
            ], "policyUrl": .string(controller.policyURL),
            "services": [
                [
                    "service": .string(service),
                    "purposes": [
                        [
                            "purpose": .string(purpose), "consentType": "EXPLICIT", "primaryPurpose": false,
                            "termination": "until withdrawn", "thirdPartyDisclosure": false,
                        ]
                    ],
                ]
            ], "sensitive": false, "spiCat": [],
            "stamgast": [
                "programme": .string(programme.name), "position": .integer(position),
                "decision": .string(decision.rawValue),
                "text": [
                    "id": .string(text.id), "version": .integer(Int64(text.version)),
                    "sha256": .string(Self.hex(text.sha256)),
                ],
                "control": ["element": .string(control.element), "on_at_first": .bool(control.isOnAtFirst)],
                "day": .integer(day), "at": at.map { .integer($0.milliseconds) } ?? .null,
                "salt": .string(salt.description), "previous": .string(Self.hex(previous)),
                "hash": .string(Self.hex(hash)),
            ],
        ]
    }

    /// Reads back what ``json(controller:service:)`` wrote; `nil` for anything else.
    public init?(json: JSONValue) {
        guard let own = json["stamgast"], json["version"] == "KI-CR-v1.1.0",
            let id = json["consentReceiptID"]?.stringValue.flatMap({ ID128($0) }),
            let salt = own["salt"]?.stringValue.flatMap({ ID128($0) }),
            let programme = own["programme"]?.stringValue.flatMap({ ProgrammeID($0) }),
            let subject = json["piiPrincipalId"]?.stringValue.flatMap({ MemberID($0) }),
            let position = own["position"]?.intValue,
            let purpose = json["services"]?[0]?["purposes"]?[0]?["purpose"]?.stringValue,
            let decision = own["decision"]?.stringValue.flatMap({ ConsentDecision(rawValue: $0) }),
            let text = own["text"], let textID = text["id"]?.stringValue,
            let version = text["version"]?.intValue.flatMap({ Int(exactly: $0) }),
            let language = json["language"]?.stringValue,
            let digest = text["sha256"]?.stringValue.flatMap({ Self.bytes(hex: $0) }),
            let element = own["control"]?["element"]?.stringValue,
            let isOnAtFirst = own["control"]?["on_at_first"]?.boolValue,
            let method = json["collectionMethod"]?.stringValue.flatMap({ ConsentMethod(rawValue: $0) }),
            let day = own["day"]?.intValue,
            let previous = own["previous"]?.stringValue.flatMap({ Self.bytes(hex: $0) }),
            let hash = own["hash"]?.stringValue.flatMap({ Self.bytes(hex: $0) })
        else { return nil }
        self.init(
            id: id, salt: salt, programme: programme, subject: subject, position: position, purpose: purpose,
            decision: decision,
            text: ConsentTextReference(id: textID, version: version, language: language, sha256: digest),
            control: ConsentControl(element: element, isOnAtFirst: isOnAtFirst), method: method, day: day,
            at: own["at"]?.intValue.map { Instant(milliseconds: $0) }, previous: previous, hash: hash)
    }

    private static func seconds(_ time: Instant) -> Int64 {
        let (seconds, rest) = time.milliseconds.quotientAndRemainder(dividingBy: 1_000)
        return rest < 0 ? seconds - 1 : seconds
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func bytes(hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = digits[index..<index + 2]
            guard !pair.contains(UInt8(ascii: "+")), !pair.contains(UInt8(ascii: "-")),
                let byte = UInt8(String(decoding: pair, as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}

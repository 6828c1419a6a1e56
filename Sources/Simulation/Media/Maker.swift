public import Primitives

/// Someone of the media house, with a name, a face and a line about them. All of them are invented.
public struct Maker: Hashable, Sendable {
    public let id: String
    public let name: String
    public let role: Words
    public let biography: Words
    /// What they make things about; the first is the main one.
    public let topics: [Topic]
    public let portrait: Portrait

    /// The maker as the catalogue's documents have it (`PUT /v1/makers`), the portrait drawn as SVG.
    public func document(pages: String? = nil) -> JSONValue {
        var object: JSONObject = [
            "id": .string(id), "name": .string(name), "face": .string(portrait.svg), "role": role.document,
            "biography": biography.document,
        ]
        object["page"] = pages.map { .string("\($0)/\(id)") }
        return .object(object)
    }
}

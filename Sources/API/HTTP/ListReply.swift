import Primitives

/// A page of a list: `{"data": […], "next": "…"}`; `next` is `null` on the last page.
enum ListReply {
    /// - Parameter next: the key behind which the next page starts, in the clear.
    static func json<Element>(
        _ elements: [Element], next: String?, _ write: (Element, inout JSONWriter) -> Void
    ) -> Reply {
        .json(capacity: 64 + elements.count * 200) { writer in
            writer.beginObject()
            writer.key("data")
            writer.beginArray()
            for element in elements { write(element, &writer) }
            writer.endArray()
            writer.key("next")
            if let next { writer.string(Cursor.encode(next)) } else { writer.null() }
            writer.endObject()
        }
    }
}

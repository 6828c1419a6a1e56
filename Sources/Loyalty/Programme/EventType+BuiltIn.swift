extension EventType {
    /// What every programme accepts without declaring it: the page and screen views that Segment's libraries send.
    /// A programme may declare an event type of the same name; then its declaration counts.
    public static let builtIn: [EventType] = [
        EventType(
            id: "page",
            fields: [
                EventType.Field(id: "name", type: .text, required: false, meaning: "the name of the page"),
                EventType.Field(id: "category", type: .text, required: false, meaning: "the kind of page"),
                EventType.Field(id: "path", type: .text, required: false, meaning: "the path of its address"),
            ], popularity: false),
        EventType(
            id: "screen",
            fields: [
                EventType.Field(id: "name", type: .text, required: false, meaning: "the name of the screen"),
                EventType.Field(id: "category", type: .text, required: false, meaning: "the kind of screen"),
            ], popularity: false),
    ]
}

extension Programme {
    /// The declared event types, and the built-in ones that are not declared.
    public var acceptedEvents: [EventType] {
        let builtIn = EventType.builtIn + (quizzes.isEmpty ? [] : [EventType.quizFinished])
        return events + builtIn.filter { type in !events.contains { $0.id == type.id } }
    }
}

/// An entry in the terms all three formats share, its texts plain already. What a feed reader fills and ``FeedMapper``
/// turns into a draft.
struct FeedEntry {
    struct Person: Hashable {
        var name: String
        var page: String?
        var picture: String?
    }

    struct Medium {
        var address: String
        /// `audio/mpeg`, or the medium alone: `video`.
        var type: String
        var seconds: Int?
    }

    var id: String?
    var link: String?
    var title = ""
    var summary = ""
    var content = ""
    var published: String?
    var people: [Person] = []
    var categories: [String] = []
    var image: String?
    var media: [Medium] = []
    var seconds: Int?
    var language: String?
    /// What relative links of the entry start from, when it says so itself.
    var base: String?
}

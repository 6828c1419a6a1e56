/// The makers of the house, those whom the member follows first.
struct MakersPage: Page {
    static let template = "makers"

    struct Maker: Sendable, Equatable {
        var face: FaceView
        var href: String
        var action: String
        var isFollowed: Bool
        var label: String
        var followers: String?

        init(_ maker: MakerFace, texts: Texts) {
            face = FaceView(maker.face, on: texts.language)
            href = WebLink(path: ["m", "makers", maker.id]).address
            action = WebLink(path: ["m", "makers", maker.id, "follow"]).address
            isFollowed = maker.isFollowed
            label = (maker.isFollowed ? texts.makers.unfollow : texts.makers.follow) + ": " + maker.face.name
            followers = maker.followers.map { texts.makers.followers(texts.number($0)) }
        }
    }

    var shell: Shell
    var csrf: String
    var followed: [Maker]
    var hasFollowed: Bool
    var others: [Maker]
    var hasOthers: Bool
    var isEmpty: Bool

    init(_ makers: [MakerFace], shell: Shell, texts: Texts, csrf: String) {
        self.shell = shell
        self.csrf = csrf
        followed = makers.filter(\.isFollowed).map { Maker($0, texts: texts) }
        others = makers.filter { !$0.isFollowed }.map { Maker($0, texts: texts) }
        hasFollowed = !followed.isEmpty
        hasOthers = !others.isEmpty
        isEmpty = makers.isEmpty
    }
}

/// One maker: who they are, what they make, and whether the member follows them.
struct MakerPage: Page {
    static let template = "maker"

    var shell: Shell
    var csrf: String
    var maker: MakersPage.Maker
    var biography: WordingView?
    var items: [ItemView]
    var hasItems: Bool

    init(_ data: MakerFace, shell: Shell, texts: Texts, csrf: String) {
        self.shell = shell
        self.csrf = csrf
        maker = MakersPage.Maker(data, texts: texts)
        biography = data.biography.map { WordingView($0, on: texts.language) }
        items = data.items.map { ItemView($0, texts: texts) }
        hasItems = !items.isEmpty
    }
}

import Primitives

/// An abstract illustration for an item: its topic gives the motif and the colours, its id the arrangement.
public enum Cover {
    /// The drawing, 640 by 400 units; the same for the same arguments.
    ///
    /// - Parameter id: the item's id in the catalogue; any text will do.
    public static func svg(id: String, topic: Topic) -> String {
        var seed: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in id.utf8 { seed = (seed ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var artist = CoverArtist(topic: topic, seed: seed)
        return artist.draw()
    }
}

extension MediaItem {
    /// The item's illustration.
    public var cover: String { Cover.svg(id: id, topic: topics.first ?? .city) }
}

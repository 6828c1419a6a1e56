import Primitives

/// A drawn face: flat shapes, a few colours, always the same for the same description.
public struct Portrait: Hashable, Sendable {
    public enum Skin: Int, Hashable, Sendable, CaseIterable {
        case porcelain, sand, olive, bronze, brown, umber
    }

    public enum HairColour: Int, Hashable, Sendable, CaseIterable {
        case black, darkBrown, brown, auburn, blond, grey, white
    }

    public enum Hair: Int, Hashable, Sendable, CaseIterable {
        case sidePart, crop, quiff, curls, afro, bob, long, bun, ponytail, headscarf, bald, locs
    }

    public enum Beard: Int, Hashable, Sendable, CaseIterable {
        case none, stubble, moustache, full
    }

    public enum Glasses: Int, Hashable, Sendable, CaseIterable {
        case none, round, square
    }

    public enum Collar: Int, Hashable, Sendable, CaseIterable {
        case crew, vNeck, shirt, turtleneck, blazer
    }

    public var skin: Skin
    public var hair: Hair
    public var hairColour: HairColour
    public var beard: Beard
    public var glasses: Glasses
    public var collar: Collar
    /// Position in the palette of clothes, 0 to 7, taken around.
    public var shirt: Int
    /// Position in the palette of backgrounds, 0 to 7, taken around.
    public var background: Int
    /// How far the head leans, in degrees: -6 to 6.
    public var lean: Int
    public var earrings: Bool

    public init(
        skin: Skin, hair: Hair, hairColour: HairColour, beard: Beard = .none, glasses: Glasses = .none,
        collar: Collar = .crew, shirt: Int, background: Int, lean: Int = 0, earrings: Bool = false
    ) {
        self.skin = skin
        self.hair = hair
        self.hairColour = hairColour
        self.beard = beard
        self.glasses = glasses
        self.collar = collar
        self.shirt = shirt
        self.background = background
        self.lean = max(-6, min(6, lean))
        self.earrings = earrings
    }

    /// A portrait for someone who has described none: everything drawn from the seed.
    public init(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        func pick<Choice: CaseIterable>(_: Choice.Type, fallback: Choice) -> Choice {
            random.pick(Array(Choice.allCases)) ?? fallback
        }
        let hair = pick(Hair.self, fallback: .crop)
        let skin = pick(Skin.self, fallback: .sand)
        var hairColour = pick(HairColour.self, fallback: .brown)
        if skin.rawValue >= Skin.bronze.rawValue, [.brown, .auburn, .blond].contains(hairColour) {
            hairColour = random.chance(0.5) ? .black : .darkBrown
        }
        let mayHaveBeard = [Hair.sidePart, .crop, .quiff, .bald, .curls, .locs].contains(hair)
        self.init(
            skin: skin, hair: hair, hairColour: hairColour,
            beard: mayHaveBeard && random.chance(0.5) ? pick(Beard.self, fallback: .none) : .none,
            glasses: random.chance(0.35) ? pick(Glasses.self, fallback: .none) : .none,
            collar: pick(Collar.self, fallback: .crew), shirt: random.index(below: 8),
            background: random.index(below: 8), lean: random.index(below: 9) - 4,
            earrings: !mayHaveBeard && random.chance(0.4))
    }

    /// The drawing, 200 by 200 units, to be cut square or round.
    public var svg: String { PortraitArtist(self).draw() }
}

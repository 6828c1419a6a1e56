public import Primitives

/// Who is asked to write to whom today.
///
/// Nothing that anybody spends or has goes in: what is weighed is the kind of moment and how long ago somebody last wrote
/// to the member. So rare moments come through beside frequent ones, and everybody has their turn.
public enum WritingQueue {
    /// A letter that waits, with what is known of its member.
    public struct Candidate: Sendable, Hashable {
        public var letter: ID128
        public var member: MemberID
        public var occasion: String
        public var day: Int32
        /// The last day on which anybody was asked to write to the member.
        public var lastAsked: Int32?
        /// The signers of its occasion.
        public var signers: [String]

        public init(
            letter: ID128, member: MemberID, occasion: String, day: Int32, lastAsked: Int32?, signers: [String]
        ) {
            self.letter = letter
            self.member = member
            self.occasion = occasion
            self.day = day
            self.lastAsked = lastAsked
            self.signers = signers
        }
    }

    public struct Request: Sendable, Hashable {
        public var letter: ID128
        public var member: MemberID
        public var signer: String
    }

    /// Chooses the letters of a day. Pure: the same candidates in whatever order give the same requests.
    ///
    /// Occasions take turns; within one, whoever was never written to goes first, then whoever waits longest. Nobody is
    /// asked for twice, nor within the rest after the last time; no signer gets more than their day holds.
    ///
    /// - Parameters:
    ///   - asked: how many letters each signer was asked for on this day already.
    /// - Complexity: O(n log n) in the number of candidates.
    public static func choose(
        _ candidates: [Candidate], asked: [String: Int], _ terms: LetterTerms, today: Int32
    ) -> [Request] {
        var lanes: [String: [Candidate]] = [:]
        for candidate in candidates {
            guard candidate.day > today - Int32(terms.withinDays), candidate.day <= today + 1 else { continue }
            if let last = candidate.lastAsked, today - last < Int32(terms.restDays) { continue }
            lanes[candidate.occasion, default: []].append(candidate)
        }
        func turn(_ candidate: Candidate) -> UInt64 {
            // Another order every day, which nothing about the member decides.
            var bits = candidate.member.value.low ^ UInt64(UInt32(bitPattern: today)) &* 0x9E37_79B9_7F4A_7C15
            bits ^= bits >> 31
            bits &*= 0xBF58_476D_1CE4_E5B9
            return bits ^ (bits >> 27)
        }
        for occasion in lanes.keys {
            lanes[occasion]?.sort { left, right in
                let (last, other) = (left.lastAsked ?? .min, right.lastAsked ?? .min)
                if last != other { return last < other }
                let (one, two) = (turn(left), turn(right))
                return one != two ? one < two : left.letter < right.letter
            }
            // Taken from the end.
            lanes[occasion]?.reverse()
        }
        var loads = asked
        var members: Set<MemberID> = []
        var requests: [Request] = []
        var occasions = lanes.keys.sorted()
        while !occasions.isEmpty {
            occasions.removeAll { occasion in
                while let candidate = lanes[occasion]?.popLast() {
                    guard !members.contains(candidate.member) else { continue }
                    let free = candidate.signers.filter { loads[$0, default: 0] < terms.perDay }
                    guard let signer = free.min(by: { (loads[$0, default: 0], $0) < (loads[$1, default: 0], $1) })
                    else { return true }
                    loads[signer, default: 0] += 1
                    members.insert(candidate.member)
                    requests.append(Request(letter: candidate.letter, member: candidate.member, signer: signer))
                    return false
                }
                return true
            }
        }
        return requests
    }
}

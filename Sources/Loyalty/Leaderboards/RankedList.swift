public import Primitives

/// Members by score, the best first, with the rank of each at hand: an order-statistic tree.
///
/// A counted B+ tree (Bayer and McCreight 1972, with the sizes of the subtrees beside the separators): nodes are runs of
/// contiguous arrays, so that an operation touches a handful of cache lines and allocates nothing. Members with equal
/// scores share a rank and the next has theirs after the gap (1, 2, 2, 4); among themselves they lie by pseudonym, so
/// that the list is a function of what it holds and not of the order in which it came.
///
/// - Complexity: O(log n) for every operation on one member, rank or place.
public struct RankedList: Sendable {
    /// A member and what they have reached.
    public struct Entry: Sendable, Hashable {
        public var member: MemberID
        public var score: Int64

        public init(member: MemberID, score: Int64) {
            self.member = member
            self.score = score
        }

        /// Whether this entry stands before `other`.
        @inline(__always)
        func precedes(_ other: Entry) -> Bool {
            score != other.score ? score > other.score : member.value < other.member.value
        }
    }

    static let capacity = 64
    /// Nodes below it look for a neighbour to be joined with…
    private static let sparse = 16
    /// …if both together do not exceed this.
    private static let joined = 48

    private var scores: [MemberID: Int64] = [:]
    /// Node `n` of the lowest level owns `capacity` places from `n * capacity`.
    /// Scores and members lie apart, so that a search reads scores and looks at members among equals only.
    private var leafScores: [Int64] = []
    private var leafMembers: [MemberID] = []
    private var leafSizes: [Int] = []
    private var freeLeaves: [Int] = []
    /// Inner node `n` owns `capacity` places from `n * capacity` in each of these.
    private var firstScores: [Int64] = []
    private var firstMembers: [MemberID] = []
    private var children: [Int] = []
    private var counts: [Int] = []
    private var innerSizes: [Int] = []
    private var freeInner: [Int] = []
    private var root: Int
    /// Levels above the leaves.
    private var height = 0

    private static let blank = Entry(member: MemberID(ID128(high: 0, low: 0)), score: 0)

    public init() {
        root = 0
        root = makeLeaf()
    }

    /// How many members it holds.
    public var count: Int { scores.count }

    /// What a member has reached; `nil` for one who is not in the list.
    public func score(of member: MemberID) -> Int64? { scores[member] }

    /// Puts a member into the list, or moves them to where another score belongs.
    public mutating func update(_ member: MemberID, score: Int64) {
        let before = scores.updateValue(score, forKey: member)
        if before == score { return }
        if let before { take(Entry(member: member, score: before)) }
        let entry = Entry(member: member, score: score)
        guard let (first, right) = insert(entry, node: root, level: height) else { return }
        let left = root
        let node = makeInner()
        put(firstEntry(left, height), left, total(left, height), at: 0, in: node)
        put(first, right, total(right, height), at: 1, in: node)
        root = node
        height += 1
    }

    /// Takes a member out; `false` if they were not in it.
    @discardableResult
    public mutating func remove(_ member: MemberID) -> Bool {
        guard let score = scores.removeValue(forKey: member) else { return false }
        take(Entry(member: member, score: score))
        return true
    }

    /// The rank that a score has: one more than there are members with a better one.
    public func rank(ofScore score: Int64) -> Int {
        1 + place(of: Entry(member: Self.blank.member, score: score))
    }

    /// A member's rank; `nil` for one who is not in the list.
    public func rank(of member: MemberID) -> Int? { scores[member].map { rank(ofScore: $0) } }

    /// The entry at a place, counted from 0; `nil` beyond the end.
    public func entry(at place: Int) -> Entry? {
        guard place >= 0, place < count else { return nil }
        var (node, level, left) = (root, height, place)
        while level > 0 {
            var index = node * Self.capacity
            while left >= counts[index] {
                left -= counts[index]
                index += 1
            }
            node = children[index]
            level -= 1
        }
        return leaf(node * Self.capacity + left)
    }

    /// The entries of some places, as far as there are any.
    ///
    /// - Complexity: O(m log n) for m places.
    public func entries(in places: Range<Int>) -> [Entry] { places.clamped(to: 0..<count).compactMap { entry(at: $0) } }

    /// A member and up to `each` others on both sides, the best first; empty for one who is not in the list.
    public func neighbours(of member: MemberID, each: Int) -> [Entry] {
        guard let score = scores[member] else { return [] }
        let place = place(of: Entry(member: member, score: score))
        return entries(in: max(0, place - each)..<min(count, place + each + 1))
    }

    // MARK: Finding

    /// How many entries stand before `key`.
    private func place(of key: Entry) -> Int {
        var (node, level, before) = (root, height, 0)
        while level > 0 {
            let base = node * Self.capacity
            let slot = slot(of: key, in: node)
            for index in base..<base + slot { before += counts[index] }
            node = children[base + slot]
            level -= 1
        }
        return before + lowerBound(key, node)
    }

    /// The last child whose separator does not stand after `key`; the first if there is none.
    @inline(__always)
    private func slot(of key: Entry, in node: Int) -> Int {
        let base = node * Self.capacity
        var (low, high) = (1, innerSizes[node])
        while low < high {
            let middle = (low + high) / 2
            let score = firstScores[base + middle]
            let isAfter =
                score != key.score ? key.score > score : key.member.value < firstMembers[base + middle].value
            if isAfter { high = middle } else { low = middle + 1 }
        }
        return low - 1
    }

    @inline(__always)
    private func lowerBound(_ key: Entry, _ leaf: Int) -> Int {
        let base = leaf * Self.capacity
        var (low, high) = (0, leafSizes[leaf])
        while low < high {
            let middle = (low + high) / 2
            let score = leafScores[base + middle]
            let isBefore =
                score != key.score ? score > key.score : leafMembers[base + middle].value < key.member.value
            if isBefore { low = middle + 1 } else { high = middle }
        }
        return low
    }

    @inline(__always)
    private func leaf(_ index: Int) -> Entry { Entry(member: leafMembers[index], score: leafScores[index]) }

    @inline(__always)
    private func first(_ index: Int) -> Entry { Entry(member: firstMembers[index], score: firstScores[index]) }

    private func size(_ node: Int, _ level: Int) -> Int { level == 0 ? leafSizes[node] : innerSizes[node] }

    private func total(_ node: Int, _ level: Int) -> Int {
        guard level > 0 else { return leafSizes[node] }
        let base = node * Self.capacity
        return counts[base..<base + innerSizes[node]].reduce(0, +)
    }

    private func firstEntry(_ node: Int, _ level: Int) -> Entry {
        level == 0 ? leaf(node * Self.capacity) : first(node * Self.capacity)
    }

    // MARK: Changing

    @inline(__always)
    private mutating func setFirst(_ index: Int, _ entry: Entry) {
        firstScores[index] = entry.score
        firstMembers[index] = entry.member
    }

    @inline(__always)
    private mutating func copyLeaf(_ index: Int, to other: Int) {
        leafScores[other] = leafScores[index]
        leafMembers[other] = leafMembers[index]
    }

    @inline(__always)
    private mutating func copyInner(_ index: Int, to other: Int) {
        firstScores[other] = firstScores[index]
        firstMembers[other] = firstMembers[index]
        children[other] = children[index]
        counts[other] = counts[index]
    }

    /// - Returns: what was split off to the right, and its first entry.
    private mutating func insert(_ entry: Entry, node: Int, level: Int) -> (first: Entry, node: Int)? {
        let base = node * Self.capacity
        guard level > 0 else {
            let place = lowerBound(entry, node)
            guard leafSizes[node] == Self.capacity else {
                insert(entry, at: place, leaf: node)
                return nil
            }
            let half = Self.capacity / 2
            let right = makeLeaf()
            for index in 0..<half { copyLeaf(base + half + index, to: right * Self.capacity + index) }
            leafSizes[node] = half
            leafSizes[right] = half
            if place <= half {
                insert(entry, at: place, leaf: node)
            } else {
                insert(entry, at: place - half, leaf: right)
            }
            return (leaf(right * Self.capacity), right)
        }
        let slot = slot(of: entry, in: node)
        if entry.precedes(first(base + slot)) { setFirst(base + slot, entry) }
        counts[base + slot] += 1
        guard let (first, child) = insert(entry, node: children[base + slot], level: level - 1) else { return nil }
        let moved = total(child, level - 1)
        counts[base + slot] -= moved
        guard innerSizes[node] == Self.capacity else {
            put(first, child, moved, at: slot + 1, in: node)
            return nil
        }
        let half = Self.capacity / 2
        let right = makeInner()
        move(half..<Self.capacity, of: node, toEndOf: right)
        innerSizes[node] = half
        if slot + 1 <= half {
            put(first, child, moved, at: slot + 1, in: node)
        } else {
            put(first, child, moved, at: slot + 1 - half, in: right)
        }
        return (self.first(right * Self.capacity), right)
    }

    private mutating func insert(_ entry: Entry, at place: Int, leaf: Int) {
        let base = leaf * Self.capacity
        var index = base + leafSizes[leaf]
        while index > base + place {
            copyLeaf(index - 1, to: index)
            index -= 1
        }
        leafScores[index] = entry.score
        leafMembers[index] = entry.member
        leafSizes[leaf] += 1
    }

    private mutating func put(_ first: Entry, _ child: Int, _ count: Int, at slot: Int, in node: Int) {
        let base = node * Self.capacity
        var index = base + innerSizes[node]
        while index > base + slot {
            copyInner(index - 1, to: index)
            index -= 1
        }
        setFirst(index, first)
        children[index] = child
        counts[index] = count
        innerSizes[node] += 1
    }

    private mutating func move(_ slots: Range<Int>, of node: Int, toEndOf other: Int) {
        let (from, to) = (node * Self.capacity, other * Self.capacity)
        for slot in slots {
            let end = to + innerSizes[other]
            copyInner(from + slot, to: end)
            innerSizes[other] += 1
        }
    }

    private mutating func take(_ entry: Entry) {
        take(entry, node: root, level: height)
        while height > 0, innerSizes[root] == 1 {
            let child = children[root * Self.capacity]
            freeInner.append(root)
            root = child
            height -= 1
        }
    }

    private mutating func take(_ entry: Entry, node: Int, level: Int) {
        let base = node * Self.capacity
        guard level > 0 else {
            let end = base + leafSizes[node] - 1
            var index = base + lowerBound(entry, node)
            while index < end {
                copyLeaf(index + 1, to: index)
                index += 1
            }
            leafSizes[node] -= 1
            return
        }
        let slot = slot(of: entry, in: node)
        counts[base + slot] -= 1
        take(entry, node: children[base + slot], level: level - 1)
        guard size(children[base + slot], level - 1) < Self.sparse else { return }
        for left in [slot - 1, slot] where left >= 0 && left + 1 < innerSizes[node] {
            let (one, other) = (children[base + left], children[base + left + 1])
            let sizes = size(one, level - 1) + size(other, level - 1)
            guard sizes <= Self.joined else { continue }
            join(other, into: one, level - 1)
            counts[base + left] += counts[base + left + 1]
            drop(left + 1, of: node)
            return
        }
    }

    private mutating func join(_ right: Int, into left: Int, _ level: Int) {
        if level > 0 {
            move(0..<innerSizes[right], of: right, toEndOf: left)
            freeInner.append(right)
        } else {
            let (from, to) = (right * Self.capacity, left * Self.capacity + leafSizes[left])
            for index in 0..<leafSizes[right] { copyLeaf(from + index, to: to + index) }
            leafSizes[left] += leafSizes[right]
            freeLeaves.append(right)
        }
    }

    private mutating func drop(_ slot: Int, of node: Int) {
        let base = node * Self.capacity
        var index = base + slot
        let end = base + innerSizes[node] - 1
        while index < end {
            copyInner(index + 1, to: index)
            index += 1
        }
        innerSizes[node] -= 1
    }

    private mutating func makeLeaf() -> Int {
        if let leaf = freeLeaves.popLast() {
            leafSizes[leaf] = 0
            return leaf
        }
        leafScores.append(contentsOf: repeatElement(0, count: Self.capacity))
        leafMembers.append(contentsOf: repeatElement(Self.blank.member, count: Self.capacity))
        leafSizes.append(0)
        return leafSizes.count - 1
    }

    private mutating func makeInner() -> Int {
        if let node = freeInner.popLast() {
            innerSizes[node] = 0
            return node
        }
        firstScores.append(contentsOf: repeatElement(0, count: Self.capacity))
        firstMembers.append(contentsOf: repeatElement(Self.blank.member, count: Self.capacity))
        children.append(contentsOf: repeatElement(0, count: Self.capacity))
        counts.append(contentsOf: repeatElement(0, count: Self.capacity))
        innerSizes.append(0)
        return innerSizes.count - 1
    }
}

extension RankedList {
    /// What is wrong with the tree; `nil` if nothing is. For tests.
    var brokenInvariant: String? {
        var last: Entry?
        var seen = 0
        func walk(_ node: Int, _ level: Int, from lower: Entry?) -> String? {
            if level == 0 {
                for index in node * Self.capacity..<node * Self.capacity + leafSizes[node] {
                    let entry = leaf(index)
                    if let last, !last.precedes(entry) { return "order" }
                    if let lower, entry.precedes(lower) { return "separator" }
                    if scores[entry.member] != entry.score { return "score" }
                    last = entry
                    seen += 1
                }
                return nil
            }
            for index in node * Self.capacity..<node * Self.capacity + innerSizes[node] {
                if counts[index] != total(children[index], level - 1) { return "count" }
                let isFirst = index == node * Self.capacity
                if let broken = walk(children[index], level - 1, from: isFirst ? lower : first(index)) {
                    return broken
                }
            }
            return nil
        }
        if let broken = walk(root, height, from: nil) { return broken }
        return seen == count ? nil : "size"
    }
}

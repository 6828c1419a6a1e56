/// A regular expression of RE2's syntax, matched in time linear in the text.
///
/// There is no backtracking: all the ways a text may match are followed at once, as Pike's virtual machine does, so no
/// pattern is slow on any text. Plain texts with or without anchors become byte comparisons.
struct Regex: Sendable {
    private enum Instruction: Sendable {
        case scalar(UInt32)
        case set(Int)
        case split(Int, Int)
        case jump(Int)
        case assertion(RegexAssertion)
        case match
    }

    /// A pattern that is a plain text.
    private enum Plain: Sendable {
        case contains([UInt8])
        case prefix([UInt8])
        case suffix([UInt8])
        case whole([UInt8])
    }

    private var program: [Instruction] = []
    private var sets: [CompiledSet] = []
    private var plain: Plain?
    /// Whether a match can only begin at the start of the text.
    private var isAnchored = false

    static func compile(_ pattern: String, limits: Limits) throws(RegexProblem) -> Regex {
        try compile(pattern, size: limits.patternSize, bytes: limits.patternBytes)
    }

    /// - Parameters:
    ///   - size: the greatest number of instructions.
    ///   - bytes: the greatest length of the pattern.
    static func compile(_ pattern: String, size: Int, bytes: Int) throws(RegexProblem) -> Regex {
        guard pattern.utf8.count <= bytes else { throw RegexProblem(message: "the pattern is too long") }
        let node = try RegexParser.parse(pattern)
        var regex = Regex()
        try regex.emit(node, size)
        try regex.append(.match, size)
        regex.plain = plainText(node)
        if case .assertion(.textStart) = firstPart(node) { regex.isAnchored = true }
        return regex
    }

    /// The number of instructions.
    var size: Int { program.count }

    // MARK: Compilation

    private static func firstPart(_ node: RegexNode) -> RegexNode {
        if case .concatenation(let parts) = node, let first = parts.first { return first }
        return node
    }

    private static func plainText(_ node: RegexNode) -> Plain? {
        var parts = [node]
        if case .concatenation(let list) = node { parts = list }
        var isPrefix = false
        var isSuffix = false
        if case .assertion(.textStart)? = parts.first {
            isPrefix = true
            parts.removeFirst()
        }
        if case .assertion(.textEnd)? = parts.last {
            isSuffix = true
            parts.removeLast()
        }
        var text: [UInt8] = []
        for part in parts {
            switch part {
            case .empty: break
            case .scalars(let set):
                guard let value = set.single, let scalar = Unicode.Scalar(value) else { return nil }
                text += Array(String(scalar).utf8)
            default: return nil
            }
        }
        return switch (isPrefix, isSuffix) {
        case (true, true): .whole(text)
        case (true, false): .prefix(text)
        case (false, true): .suffix(text)
        case (false, false): .contains(text)
        }
    }

    private mutating func append(_ instruction: Instruction, _ size: Int) throws(RegexProblem) {
        guard program.count < size else { throw RegexProblem(message: "the pattern is too large when compiled") }
        program.append(instruction)
    }

    private mutating func emit(_ node: RegexNode, _ size: Int) throws(RegexProblem) {
        switch node {
        case .empty: break
        case .scalars(let set):
            if let single = set.single {
                try append(.scalar(single), size)
            } else {
                sets.append(CompiledSet(set))
                try append(.set(sets.count - 1), size)
            }
        case .concatenation(let parts): for part in parts { try emit(part, size) }
        case .alternation(let branches):
            var ends: [Int] = []
            for (index, branch) in branches.enumerated() {
                guard index < branches.count - 1 else {
                    try emit(branch, size)
                    break
                }
                let fork = program.count
                try append(.match, size)
                try emit(branch, size)
                ends.append(program.count)
                try append(.match, size)
                program[fork] = .split(fork + 1, program.count)
            }
            for end in ends { program[end] = .jump(program.count) }
        case .repetition(let inner, let minimum, let maximum):
            for _ in 0..<minimum { try emit(inner, size) }
            guard let maximum else {
                let fork = program.count
                try append(.match, size)
                try emit(inner, size)
                try append(.jump(fork), size)
                program[fork] = .split(fork + 1, program.count)
                return
            }
            var forks: [Int] = []
            for _ in minimum..<maximum {
                forks.append(program.count)
                try append(.match, size)
                try emit(inner, size)
            }
            for fork in forks { program[fork] = .split(fork + 1, program.count) }
        case .assertion(let assertion): try append(.assertion(assertion), size)
        }
    }

    // MARK: Matching

    /// Whether the text contains a match.
    /// - Complexity: O(code points × instructions); every followed instruction is charged.
    func matches(_ text: String, _ budget: inout Budget) throws(Failure) -> Bool {
        if let plain {
            try budget.charge(text.utf8.count >> 4)
            return matches(text, plain)
        }
        try budget.charge(program.count >> 4)
        var current = ThreadSet(program.count)
        var following = ThreadSet(program.count)
        var stack: [Int] = []
        var previous: Unicode.Scalar?
        var iterator = text.unicodeScalars.makeIterator()
        var next = iterator.next()
        while true {
            if previous == nil || !isAnchored { follow(0, into: &current, &stack, previous, next) }
            if current.hasMatch { return true }
            guard let scalar = next else { return false }
            try budget.charge(current.visitCount >> 3 + 1)
            if current.count == 0, isAnchored { return false }
            next = iterator.next()
            following.removeAll()
            for position in 0..<current.count {
                let instruction = current[position]
                let isTaken =
                    switch program[instruction] {
                    case .scalar(let value): value == scalar.value
                    case .set(let index): sets[index].contains(scalar)
                    default: false
                    }
                if isTaken { follow(instruction + 1, into: &following, &stack, scalar, next) }
            }
            swap(&current, &following)
            previous = scalar
        }
    }

    private func matches(_ text: String, _ plain: Plain) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            switch plain {
            case .contains(let part): part.withUnsafeBufferPointer { ByteSearch.first($0, in: bytes, from: 0) != nil }
            case .prefix(let part): bytes.starts(with: part)
            case .suffix(let part): bytes.count >= part.count && bytes.suffix(part.count).elementsEqual(part)
            case .whole(let part): bytes.elementsEqual(part)
            }
        }
    }

    /// Adds an instruction and everything reachable from it without reading a code point.
    private func follow(
        _ start: Int, into threads: inout ThreadSet, _ stack: inout [Int], _ previous: Unicode.Scalar?,
        _ next: Unicode.Scalar?
    ) {
        stack.append(start)
        while let instruction = stack.popLast() {
            guard threads.visit(instruction) else { continue }
            switch program[instruction] {
            case .jump(let target): stack.append(target)
            case .split(let first, let second):
                stack.append(second)
                stack.append(first)
            case .assertion(let assertion): if holds(assertion, previous, next) { stack.append(instruction + 1) }
            case .match: threads.hasMatch = true
            case .scalar, .set: threads.add(instruction)
            }
        }
    }

    private func holds(_ assertion: RegexAssertion, _ previous: Unicode.Scalar?, _ next: Unicode.Scalar?) -> Bool {
        switch assertion {
        case .textStart: return previous == nil
        case .textEnd: return next == nil
        case .lineStart: return previous == nil || previous == "\n"
        case .lineEnd: return next == nil || next == "\n"
        case .wordBoundary, .notWordBoundary:
            let before = previous.map(ScalarSet.words.contains) ?? false
            let after = next.map(ScalarSet.words.contains) ?? false
            return (before != after) == (assertion == .wordBoundary)
        }
    }
}

/// A scalar set with its ASCII part as bits.
private struct CompiledSet: Sendable {
    private let set: ScalarSet
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ set: ScalarSet) {
        self.set = set
        for value in UInt8(0)..<128 where set.contains(Unicode.Scalar(value)) {
            if value < 64 { low |= 1 << UInt64(value) } else { high |= 1 << UInt64(value - 64) }
        }
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 64 { return low >> UInt64(value) & 1 == 1 }
        if value < 128 { return high >> UInt64(value - 64) & 1 == 1 }
        return set.contains(scalar)
    }
}

/// The instructions that wait for the next code point: a sparse set, emptied in constant time.
private struct ThreadSet {
    private var dense: [Int]
    private var visited: [UInt32]
    private var generation: UInt32 = 1
    private(set) var count = 0
    /// Instructions looked at since the set was emptied.
    private(set) var visitCount = 0
    var hasMatch = false

    init(_ capacity: Int) {
        dense = Array(repeating: 0, count: capacity)
        visited = Array(repeating: 0, count: capacity)
    }

    subscript(position: Int) -> Int { dense[position] }

    mutating func removeAll() {
        generation &+= 1
        count = 0
        visitCount = 0
        hasMatch = false
    }

    /// Whether this is the first visit since the set was emptied.
    mutating func visit(_ instruction: Int) -> Bool {
        guard visited[instruction] != generation else { return false }
        visited[instruction] = generation
        visitCount += 1
        return true
    }

    mutating func add(_ instruction: Int) {
        dense[count] = instruction
        count += 1
    }
}

/// `size`, `contains`, `startsWith`, `endsWith`, `matches`.
enum BasicFunctions {
    static func define(in library: inout FunctionLibrary) {
        let a = CELType.parameter("A")
        let b = CELType.parameter("B")
        let sized: [CELType] = [.string, .bytes, .list(a), .map(a, b)]
        library.define("size", sized.flatMap { [.global([$0], .int), .member([$0], .int)] }, cost: .linear) {
            budget, arguments throws(Failure) in .int(try size(arguments[0], &budget))
        }
        let test = [Overload.member([.string, .string], .bool)]
        library.define("contains", test, cost: .linear) { _, arguments throws(Failure) in
            let (text, part) = try strings(arguments)
            return .bool(contains(text, part))
        }
        library.define("startsWith", test) { _, arguments throws(Failure) in
            let (text, prefix) = try strings(arguments)
            return .bool(text.utf8.starts(with: prefix.utf8))
        }
        library.define("endsWith", test) { _, arguments throws(Failure) in
            let (text, suffix) = try strings(arguments)
            return .bool(endsWith(text, suffix))
        }
        library.define(
            "matches", [.member([.string, .string], .bool), .global([.string, .string], .bool)], cost: .product
        ) { budget, arguments throws(Failure) in
            let (text, pattern) = try strings(arguments)
            let regex: Regex
            do {
                regex = try Regex.compile(pattern, size: budget.patternSize, bytes: budget.patternBytes)
            } catch {
                throw Failure(.invalidPattern)
            }
            try budget.charge(pattern.utf8.count + regex.size)
            return .bool(try regex.matches(text, &budget))
        }
    }

    static func strings(_ arguments: [Value]) throws(Failure) -> (String, String) {
        guard case .string(let first) = arguments[0], case .string(let second) = arguments[1] else {
            throw Failure(.noSuchOverload)
        }
        return (first, second)
    }

    static func size(_ value: Value, _ budget: inout Budget) throws(Failure) -> Int64 {
        switch value {
        case .string(let text):
            try budget.charge(text.utf8.count >> 4)
            return Int64(text.unicodeScalars.count)
        case .bytes(let bytes): return Int64(bytes.count)
        case .list(let elements): return Int64(elements.count)
        case .map(let map): return Int64(map.count)
        default: throw Failure(.noSuchOverload)
        }
    }

    static func endsWith(_ text: String, _ suffix: String) -> Bool {
        guard suffix.utf8.count <= text.utf8.count else { return false }
        return text.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    static func contains(_ text: String, _ part: String) -> Bool {
        var text = text
        var part = part
        return text.withUTF8 { haystack in part.withUTF8 { ByteSearch.first($0, in: haystack, from: 0) != nil } }
    }
}

/// Finds bytes in bytes, in linear time.
enum ByteSearch {
    /// The offset of the first occurrence at or after `start`.
    ///
    /// Naive for short needles; Knuth, Morris and Pratt's table otherwise, so that no input is quadratic.
    static func first(
        _ needle: UnsafeBufferPointer<UInt8>, in haystack: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int? {
        let count = needle.count
        guard count > 0 else { return start <= haystack.count ? start : nil }
        guard start >= 0, haystack.count - start >= count else { return nil }
        if count <= 8 {
            var position = start
            while position <= haystack.count - count {
                var length = 0
                while length < count, haystack[position + length] == needle[length] { length += 1 }
                if length == count { return position }
                position += 1
            }
            return nil
        }
        var table = [Int](repeating: 0, count: count)
        var length = 0
        for index in 1..<count {
            while length > 0, needle[index] != needle[length] { length = table[length - 1] }
            if needle[index] == needle[length] { length += 1 }
            table[index] = length
        }
        length = 0
        for index in start..<haystack.count {
            while length > 0, haystack[index] != needle[length] { length = table[length - 1] }
            if haystack[index] == needle[length] { length += 1 }
            if length == count { return index - count + 1 }
        }
        return nil
    }

    static func first(_ needle: [UInt8], in haystack: [UInt8], from start: Int) -> Int? {
        needle.withUnsafeBufferPointer { needle in
            haystack.withUnsafeBufferPointer { first(needle, in: $0, from: start) }
        }
    }
}

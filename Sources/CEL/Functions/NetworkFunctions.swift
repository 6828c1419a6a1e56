/// IP addresses and networks.
enum NetworkFunctions {
    static func define(in library: inout FunctionLibrary) {
        library.define("ip", [.global([.string], .ip), .member([.cidr], .ip)]) { _, arguments throws(Failure) in
            if case .cidr(let block) = arguments[0] { return .ip(block.address) }
            return .ip(try address(arguments[0]))
        }
        library.define("isIP", [.global([.string], .bool)]) { _, arguments throws(Failure) in
            .bool(IPAddress(try text(arguments[0])) != nil)
        }
        library.define("ip.isCanonical", [.global([.string], .bool)]) { _, arguments throws(Failure) in
            .bool(try address(arguments[0]).text.hasSameBytes(as: try text(arguments[0])))
        }
        library.define("cidr", [.global([.string], .cidr)]) { _, arguments throws(Failure) in
            .cidr(try block(arguments[0]))
        }
        library.define("isCIDR", [.global([.string], .bool)]) { _, arguments throws(Failure) in
            .bool(CIDRBlock(try text(arguments[0])) != nil)
        }
        library.add(
            FunctionDeclaration(name: "string", overloads: [.global([.ip], .string), .global([.cidr], .string)]))
        library.define("family", [.member([.ip], .int)]) { _, arguments throws(Failure) in
            .int(Int64(try address(arguments[0]).family))
        }
        let tests: [(String, @Sendable (IPAddress) -> Bool)] = [
            ("isUnspecified", { $0.isUnspecified }), ("isLoopback", { $0.isLoopback }),
            ("isGlobalUnicast", { $0.isGlobalUnicast }), ("isLinkLocalMulticast", { $0.isLinkLocalMulticast }),
            ("isLinkLocalUnicast", { $0.isLinkLocalUnicast }),
        ]
        for (name, test) in tests {
            library.define(name, [.member([.ip], .bool)]) { _, arguments throws(Failure) in
                .bool(test(try address(arguments[0])))
            }
        }
        library.define("containsIP", [.member([.cidr, .ip], .bool), .member([.cidr, .string], .bool)]) {
            _, arguments throws(Failure) in .bool(try block(arguments[0]).contains(try address(arguments[1])))
        }
        library.define("containsCIDR", [.member([.cidr, .cidr], .bool), .member([.cidr, .string], .bool)]) {
            _, arguments throws(Failure) in .bool(try block(arguments[0]).contains(try block(arguments[1])))
        }
        library.define("prefixLength", [.member([.cidr], .int)]) { _, arguments throws(Failure) in
            .int(Int64(try block(arguments[0]).prefixLength))
        }
        library.define("masked", [.member([.cidr], .cidr)]) { _, arguments throws(Failure) in
            .cidr(try block(arguments[0]).masked)
        }
    }

    private static func text(_ value: Value) throws(Failure) -> String {
        guard case .string(let text) = value else { throw Failure(.noSuchOverload) }
        return text
    }

    private static func address(_ value: Value) throws(Failure) -> IPAddress {
        if case .ip(let address) = value { return address }
        guard let address = IPAddress(try text(value)) else { throw Failure(.invalidValue) }
        return address
    }

    private static func block(_ value: Value) throws(Failure) -> CIDRBlock {
        if case .cidr(let block) = value { return block }
        guard let block = CIDRBlock(try text(value)) else { throw Failure(.invalidValue) }
        return block
    }
}

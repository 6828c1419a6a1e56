#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension SimulatedMember {
    static func exponential(_ value: Double) -> Double { exp(value) }
}

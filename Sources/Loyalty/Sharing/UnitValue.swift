/// What one point of a unit is worth in the books.
public struct UnitValue: Sendable, Hashable {
    /// In millionths of the currency, so that sums are exact: 0.01 is 10 000.
    public var micros: Int64
    /// ISO 4217, as in EUR.
    public var currency: String

    public init(micros: Int64, currency: String) {
        self.micros = micros
        self.currency = currency
    }

    /// Such as `0.01`: the shortest decimal that is exactly this.
    public var decimal: String { Self.decimal(micros: micros) }

    /// An amount of money as a decimal with at least two places.
    public static func decimal(micros: Int64) -> String {
        let magnitude = micros.magnitude
        var fraction = String(1_000_000 + magnitude % 1_000_000).dropFirst()
        while fraction.count > 2, fraction.last == "0" { fraction = fraction.dropLast() }
        return (micros < 0 ? "-" : "") + String(magnitude / 1_000_000) + "." + fraction
    }
}

internal import Foundation

extension Texts {
    /// Of comma and full stop the one that does not group thousands.
    var decimalSign: String { dates.grouping == "." ? "," : "." }

    /// A number with so many decimals, and none of them a nought at the end.
    func decimal(_ value: Double, decimals: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "–" }
        let scale = pow(10, Double(decimals))
        let scaled = Int64((abs(value) * scale).rounded())
        var digits = String(scaled % Int64(scale))
        digits = String(repeating: "0", count: max(decimals - digits.count, 0)) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        let whole = number(scaled / Int64(scale)) + (decimals > 0 && !digits.isEmpty ? decimalSign + digits : "")
        return value < 0 && scaled != 0 ? "−" + whole : whole
    }

    /// A number with the decimals that its size calls for: three digits tell enough.
    func figure(_ value: Double) -> String {
        switch abs(value) {
        case 100...: decimal(value, decimals: 0)
        case 10..<100: decimal(value, decimals: 1)
        case 1..<10: decimal(value, decimals: 2)
        default: decimal(value, decimals: 3)
        }
    }
}

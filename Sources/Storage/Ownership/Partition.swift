import Crypto
public import Primitives

extension ProgrammeID {
    /// The partition that everything of the programme lies in, and whose lease its one writer holds.
    ///
    /// A programme is the unit that never touches another: its members merge, share budgets and stock, and are counted
    /// together. So a decision never spans two owners (see decision 0003).
    public var partition: Int {
        SHA256.hash(data: Array(name.utf8)).withUnsafeBytes { bytes in
            Int(UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)) >> 1)
        }
    }
}

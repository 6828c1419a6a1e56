/// The programmes that come with Stamgast, embedded in the binary so that it works wherever it is put.
public enum DemoProgrammes {
    /// `avondpost` (an evening newspaper that does not exist), `movietweetings` (for the import of real ratings),
    /// `mobility` (travellers of a town) and `employees` (people who work somewhere).
    public static let names = ["avondpost", "movietweetings", "mobility", "employees"]

    /// The document of a programme that comes with Stamgast; `nil` for any other name.
    ///
    /// - Throws: ``DocumentProblems`` if the embedded text is broken; the tests see to it that it is not.
    public static func document(_ name: String) throws(DocumentProblems) -> ProgrammeDocument? {
        switch name {
        case "avondpost": try ProgrammeDocument(stream: text(PackageResources.avondpost_yaml))
        case "movietweetings": try ProgrammeDocument(stream: text(PackageResources.movietweetings_yaml))
        case "mobility": try ProgrammeDocument(stream: text(PackageResources.mobility_yaml))
        case "employees": try ProgrammeDocument(stream: text(PackageResources.employees_yaml))
        default: nil
        }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

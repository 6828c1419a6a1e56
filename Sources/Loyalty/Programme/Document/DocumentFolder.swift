#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension ProgrammeDocument {
    /// Reads every `.yaml` file under a folder. Hidden files, other files and links to folders are passed over.
    ///
    /// - Throws: ``DocumentProblems`` if the folder or a file cannot be read, and as ``init(files:)``.
    public init(folder: URL) throws(DocumentProblems) {
        var files: [File] = []
        var problems: [DocumentProblem] = []
        Self.collect(folder.path, prefix: "", depth: 0, into: &files, problems: &problems)
        guard problems.isEmpty else { throw DocumentProblems(problems.sorted()) }
        try self.init(files: files)
    }

    private static func collect(
        _ folder: String, prefix: String, depth: Int, into files: inout [File], problems: inout [DocumentProblem]
    ) {
        guard depth <= 4, files.count <= Limit.files else { return }
        let manager = FileManager.default
        guard let names = try? manager.contentsOfDirectory(atPath: folder) else {
            problems.append(DocumentProblem(path: prefix, message: "The folder cannot be read."))
            return
        }
        for name in names.sorted() where !name.hasPrefix(".") {
            let place = folder + "/" + name
            let path = prefix.isEmpty ? name : prefix + "/" + name
            let type = (try? manager.attributesOfItem(atPath: place))?[.type] as? FileAttributeType
            if type == .typeDirectory {
                collect(place, prefix: path, depth: depth + 1, into: &files, problems: &problems)
                continue
            }
            if name.hasSuffix(".yml") {
                problems.append(
                    DocumentProblem(path: path, message: "This file ends in '.yml'.", fix: "Rename it to '.yaml'."))
                continue
            }
            guard name.hasSuffix(".yaml") else { continue }
            guard let content = readBounded(place) else {
                problems.append(
                    DocumentProblem(
                        path: path,
                        message: "The file cannot be read, or it has more than \(Limit.fileBytes) bytes."))
                continue
            }
            files.append(File(path: path, bytes: content))
        }
    }

    private static func readBounded(_ place: String) -> [UInt8]? {
        guard let handle = FileManager.default.contents(atPath: place), handle.count <= Limit.fileBytes else {
            return nil
        }
        return Array(handle)
    }

    /// Writes every file under `folder`, which is made if it is not there. Files of the folder that are not in the
    /// document stay.
    ///
    /// - Throws: the error of the file system.
    public func write(to folder: URL) throws {
        let manager = FileManager.default
        for file in files {
            let place = folder.appendingPathComponent(file.path)
            try manager.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.bytes).write(to: place, options: .atomic)
        }
    }
}

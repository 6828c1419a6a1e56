import Crypto
import Foundation
import Primitives

/// Puts a history of any length in the order of time with a bounded part of it in memory: sorted runs in files, merged
/// (Knuth, The Art of Computer Programming 3, section 5.4).
///
/// The files have no name while they are used and are sealed under a key that lives only here, so nothing of a history
/// stays on the disk, whatever becomes of the process.
///
/// - Complexity: O(n log n) comparisons; every entry is written twice beyond ``maximumBytes`` of them, and once more for
///   every further factor of ``maximumRuns``.
final class EventSort {
    /// Bytes of entries held in memory.
    let maximumBytes: Int
    /// Runs merged at once.
    static let maximumRuns = 64

    struct Entry {
        var time: Int64
        var id: String
        /// The place in the file, so that the order is the same every time.
        var sequence: Int64
        var payload: [UInt8]

        static func comesBefore(_ left: Entry, _ right: Entry) -> Bool {
            if left.time != right.time { return left.time < right.time }
            return left.id == right.id ? left.sequence < right.sequence : left.id < right.id
        }
    }

    private let folder: String
    private let key = SymmetricKey(size: .bits256)
    private var held: [Entry] = []
    private var heldBytes = 0
    private var runs: [SortedRun] = []
    private(set) var count: Int64 = 0

    init(folder: String, maximumBytes: Int = 64 << 20) {
        self.folder = folder
        self.maximumBytes = maximumBytes
    }

    func add(_ entry: ImportedEntry) throws {
        let payload = entry.bytes
        held.append(Entry(time: entry.time.milliseconds, id: entry.id, sequence: count, payload: payload))
        // What an entry takes beside its bytes: two headers of arrays and a text.
        heldBytes += payload.count + entry.id.utf8.count + 120
        count += 1
        if heldBytes >= maximumBytes { try spill() }
    }

    private func spill() throws {
        held.sort(by: Entry.comesBefore)
        let run = try SortedRun(folder: folder, key: key)
        for entry in held { try run.append(entry) }
        try run.finish()
        runs.append(run)
        held = []
        heldBytes = 0
        guard runs.count == Self.maximumRuns else { return }
        let merged = try SortedRun(folder: folder, key: key)
        var merge = Merge(runs: runs, held: [])
        while let entry = try merge.next() { try merged.append(entry) }
        try merged.finish()
        runs = [merged]
    }

    /// All entries in order. Nothing can be added any more.
    func merged() -> Merge {
        held.sort(by: Entry.comesBefore)
        defer { held = [] }
        return Merge(runs: runs, held: held)
    }

    struct Merge {
        private var runs: [SortedRun]
        private var heads: [Entry?] = []
        private var held: [Entry]
        private var position = 0
        private var isStarted = false

        fileprivate init(runs: [SortedRun], held: [Entry]) {
            self.runs = runs
            self.held = held
        }

        mutating func next() throws -> Entry? {
            if !isStarted {
                heads = try runs.map { try $0.next() }
                isStarted = true
            }
            var first: Entry?
            var place = -1
            for (index, head) in heads.enumerated() {
                guard let head else { continue }
                if let found = first, !Entry.comesBefore(head, found) { continue }
                first = head
                place = index
            }
            if position < held.count {
                let candidate = held[position]
                if first.map({ Entry.comesBefore(candidate, $0) }) ?? true {
                    held[position].payload = []
                    position += 1
                    return candidate
                }
            }
            if place >= 0 { heads[place] = try runs[place].next() }
            return first
        }
    }
}

/// Sorted entries in a file without a name: written once, then read once.
private final class SortedRun {
    private static let blockBytes = 256 << 10

    private let handle: FileHandle
    private let key: SymmetricKey
    private var block: [UInt8] = []
    private var position = 0

    init(folder: String, key: SymmetricKey) throws {
        let path = folder + "/import-" + UUID().uuidString
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw FileChunks.Problem.make(path)
        }
        unlink(path)
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        self.key = key
    }

    func append(_ entry: EventSort.Entry) throws {
        put(entry.time)
        put(entry.sequence)
        put(Int64(entry.id.utf8.count))
        put(Int64(entry.payload.count))
        block += entry.id.utf8
        block += entry.payload
        if block.count >= Self.blockBytes { try writeBlock() }
    }

    private func put(_ value: Int64) {
        withUnsafeBytes(of: value.littleEndian) { block += $0 }
    }

    private func writeBlock() throws {
        guard !block.isEmpty else { return }
        let sealed = try ChaChaPoly.seal(block, using: key).combined
        try handle.write(contentsOf: withUnsafeBytes(of: Int64(sealed.count).littleEndian) { Data($0) } + sealed)
        block.removeAll(keepingCapacity: true)
    }

    /// Ends writing; reading starts at the beginning.
    func finish() throws {
        try writeBlock()
        try handle.seek(toOffset: 0)
    }

    func next() throws -> EventSort.Entry? {
        if position == block.count {
            guard let header = try handle.read(upToCount: 8), header.count == 8 else { return nil }
            let count = header.reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
            guard let sealed = try handle.read(upToCount: Int(count)) else { return nil }
            block = [UInt8](try ChaChaPoly.open(ChaChaPoly.SealedBox(combined: sealed), using: key))
            position = 0
        }
        let (time, sequence, idBytes, payloadBytes) = (take(), take(), Int(take()), Int(take()))
        let id = String(decoding: block[position..<(position + idBytes)], as: UTF8.self)
        position += idBytes
        let payload = Array(block[position..<(position + payloadBytes)])
        position += payloadBytes
        return EventSort.Entry(time: time, id: id, sequence: sequence, payload: payload)
    }

    private func take() -> Int64 {
        defer { position += 8 }
        return block[position..<(position + 8)].reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
    }
}

extension FileChunks.Problem {
    fileprivate static func make(_ path: String) -> FileChunks.Problem {
        FileChunks.Problem(path: path, reason: String(cString: strerror(errno)))
    }
}

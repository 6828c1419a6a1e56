/// Builds a ``Proof`` while an expression is evaluated, and keeps track of what derives from redacted slots.
struct ProofRecorder {
    /// Turns of a comprehension that are recorded; the rest is evaluated but not shown.
    private static let recordedTurns = 16
    private static let recordedNodes = 2000

    private let isRedacted: (Int) -> Bool
    private var children: [[Proof]] = [[]]
    private var taints: [Bool] = [false]
    private var localTaints: [Bool]
    /// Turns of the loops that are running.
    private var turns: [Int] = []
    private var silent = 0
    private var count = 0

    init(localCount: Int, isRedacted: @escaping (Int) -> Bool) {
        localTaints = Array(repeating: false, count: localCount)
        self.isRedacted = isRedacted
    }

    /// The proof of the root.
    var result: Proof? { children[0].last }

    mutating func enter() {
        children.append([])
        taints.append(false)
    }

    mutating func leave(_ id: NodeID, _ outcome: Outcome, _ tree: CheckedTree) {
        let parts = children.removeLast()
        let isTainted = taints.removeLast()
        if isTainted { taints[taints.count - 1] = true }
        if case .literal = tree[id].kind { return }
        guard silent == 0, count < Self.recordedNodes || children.count == 1 else { return }
        count += 1
        children[children.count - 1].append(
            Proof(
                text: tree.syntax.text(of: id), range: tree[id].range, result: Proof.Result(outcome, isTainted),
                children: parts))
    }

    /// Records sub-expressions that are not evaluated.
    mutating func skip(_ ids: [NodeID], _ tree: CheckedTree) {
        guard silent == 0 else { return }
        for id in ids {
            if case .literal = tree[id].kind { continue }
            guard count < Self.recordedNodes else { return }
            count += 1
            children[children.count - 1].append(
                Proof(text: tree.syntax.text(of: id), range: tree[id].range, result: .notEvaluated, children: []))
        }
    }

    mutating func readSlot(_ slot: Int) { if isRedacted(slot) { taints[taints.count - 1] = true } }

    mutating func readLocal(_ index: Int) { if localTaints[index] { taints[taints.count - 1] = true } }

    /// A local takes the taint of what its macro has read so far.
    mutating func setLocal(_ index: Int) { localTaints[index] = taints[taints.count - 1] }

    mutating func beginLoop() { turns.append(0) }

    mutating func beginTurn() {
        guard let turn = turns.last else { return }
        turns[turns.count - 1] = turn + 1
        // How many elements a redacted list has is not shown either.
        if turn == (taints[taints.count - 1] ? 0 : Self.recordedTurns) { silent += 1 }
    }

    mutating func endLoop() {
        guard let turn = turns.popLast() else { return }
        let isTainted = taints[taints.count - 1]
        if turn > (isTainted ? 0 : Self.recordedTurns), silent > 0 { silent -= 1 }
    }
}

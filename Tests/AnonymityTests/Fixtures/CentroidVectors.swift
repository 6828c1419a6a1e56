import Anonymity

/// Assignments computed by an independent implementation (Python doubles), for Swift and for the browser's module.
enum CentroidVectors {
    struct Case {
        let history: [Int32]
        let current: Int?
        /// In thousandths of cosine.
        let margin: Int
        let expected: Int?
    }

    static let release = 3
    static let k = 100
    static let dimension = 5
    static let digest = "e5494e228be21cdf501bbcdd95b6479d9d708e5ddd48f3772ae68265217d38fe"

    static let personas: [Centroids.Persona] = [
        .init(id: "p1", parent: "g1", vector: [32767, 0, 0, 0, 0]),
        .init(id: "p2", parent: "g1", vector: [0, 32767, -1200, 7, 0]),
        .init(id: "p3", parent: "g2", vector: [-12000, 20000, 22000, 0, 5]),
        .init(id: "p4", parent: "g2", vector: [1, -1, 1, -1, 1]),
        .init(id: "p5", parent: "g2", vector: [0, 0, 0, 0, 0]),
    ]

    /// Exact doubles, for each persona in order.
    static let cosines: [(history: [Int32], expected: [Double])] = [
        (
            [0, 0, 0, 0, 0],
            [0.0, 0.0, 0.0, 0.0, 0.0]
        ),
        (
            [1, 0, 0, 0, 0],
            [1.0, 0.0, -0.3742697123801383, 0.4472135954999579, 0.0]
        ),
        (
            [8_388_608, -8_388_608, 8_388_608, -8_388_608, 8_388_608],
            [0.4472135954999579, -0.4633764408392365, -0.1394123454236472, 0.9999999999999998, 0.0]
        ),
        (
            [2047, 2046, 0, 0, 0],
            [0.7072795201017866, 0.7064603951674194, 0.17626000556445987, 0.0001545212590171982, 0.0]
        ),
        (
            [2047, 2047, 0, 0, 0],
            [0.7071067811865476, 0.7066330605379513, 0.17643243441115636, 0.0, 0.0]
        ),
        (
            [-500, 900, 1000, 3, 9],
            [-0.3483588974471832, 0.6011281245142995, 0.9995823912214643, -0.12276317802078367, 0.0]
        ),
        (
            [3, 4, 5, 6, 7],
            [0.25819888974716115, 0.32839566004637866, 0.4134813885566225, 0.19245008972987526, 0.0]
        ),
        (
            [-7, -1, -1, -1, -1],
            [-0.9615239476408232, -0.13227078743566012, 0.17991322487392242, -0.43000658178376583, 0.0]
        ),
        (
            [-17555, -40228, -8250, 25319, -53672],
            [-0.23636227462761158, -0.53713294556487, -0.32572931126840543, -0.3887851417484028, 0.0]
        ),
        (
            [-50506, 47646, 10239, -47663, -12069],
            [-0.5893843723357477, 0.5511452332914121, 0.6493817753817368, -0.2730423883780504, 0.0]
        ),
        (
            [16387, -52398, 59236, 6510, -31860],
            [0.1882142937893072, -0.6263021751171078, 0.020930654544675204, 0.46049326720105466, 0.0]
        ),
        (
            [-55086, -48735, -3162, -5190, -50844],
            [-0.6146668840626194, -0.5421572196948927, -0.1334602020660127, -0.27529158938339693, 0.0]
        ),
        (
            [-28456, -48111, 12226, -4358, -52253],
            [-0.36665550424909493, -0.6252721293456844, -0.14147393474366746, -0.09227821367762569, 0.0]
        ),
        (
            [48377, 14115, -43774, -30740, 22657],
            [0.6290680435967958, 0.204167317425356, -0.5114756774365857, 0.25520535988430687, 0.0]
        ),
        (
            [22238, 16414, -51892, 15642, 16748],
            [0.3524120937582932, 0.29009213303574416, -0.5338620123705075, -0.3186513017090727, 0.0]
        ),
        (
            [-8007, -53501, -31023, -53895, 12963],
            [-0.09596549531844187, -0.6273208644433023, -0.6191672230758827, 0.4359189119573396, 0.0]
        ),
    ]

    static let cases: [Case] = [
        Case(history: [0, 0, 0, 0, 0], current: nil, margin: 300, expected: nil),
        Case(history: [0, 0, 0, 0, 0], current: 0, margin: 300, expected: 0),
        Case(history: [0, 0, 0, 0, 0], current: 1, margin: 150, expected: 1),
        Case(history: [0, 0, 0, 0, 0], current: 9, margin: 300, expected: nil),
        Case(history: [1, 0, 0, 0, 0], current: nil, margin: 300, expected: 0),
        Case(history: [1, 0, 0, 0, 0], current: 1, margin: 300, expected: 0),
        Case(history: [1, 0, 0, 0, 0], current: 4, margin: 150, expected: 0),
        Case(history: [1, 0, 0, 0, 0], current: 9, margin: 300, expected: 0),
        Case(
            history: [8_388_608, -8_388_608, 8_388_608, -8_388_608, 8_388_608], current: nil, margin: 300, expected: 3
        ),
        Case(history: [8_388_608, -8_388_608, 8_388_608, -8_388_608, 8_388_608], current: 2, margin: 300, expected: 3),
        Case(history: [8_388_608, -8_388_608, 8_388_608, -8_388_608, 8_388_608], current: 2, margin: 150, expected: 3),
        Case(history: [8_388_608, -8_388_608, 8_388_608, -8_388_608, 8_388_608], current: 9, margin: 300, expected: 3),
        Case(history: [2047, 2046, 0, 0, 0], current: nil, margin: 300, expected: 0),
        Case(history: [2047, 2046, 0, 0, 0], current: 3, margin: 300, expected: 0),
        Case(history: [2047, 2046, 0, 0, 0], current: 0, margin: 150, expected: 0),
        Case(history: [2047, 2046, 0, 0, 0], current: 9, margin: 300, expected: 0),
        Case(history: [2047, 2047, 0, 0, 0], current: nil, margin: 300, expected: 0),
        Case(history: [2047, 2047, 0, 0, 0], current: 4, margin: 300, expected: 0),
        Case(history: [2047, 2047, 0, 0, 0], current: 3, margin: 150, expected: 0),
        Case(history: [2047, 2047, 0, 0, 0], current: 9, margin: 300, expected: 0),
        Case(history: [-500, 900, 1000, 3, 9], current: nil, margin: 300, expected: 2),
        Case(history: [-500, 900, 1000, 3, 9], current: 0, margin: 300, expected: 2),
        Case(history: [-500, 900, 1000, 3, 9], current: 1, margin: 150, expected: 2),
        Case(history: [-500, 900, 1000, 3, 9], current: 9, margin: 300, expected: 2),
        Case(history: [3, 4, 5, 6, 7], current: nil, margin: 300, expected: 2),
        Case(history: [3, 4, 5, 6, 7], current: 1, margin: 300, expected: 1),
        Case(history: [3, 4, 5, 6, 7], current: 4, margin: 150, expected: 2),
        Case(history: [3, 4, 5, 6, 7], current: 9, margin: 300, expected: 2),
        Case(history: [-7, -1, -1, -1, -1], current: nil, margin: 300, expected: 2),
        Case(history: [-7, -1, -1, -1, -1], current: 2, margin: 300, expected: 2),
        Case(history: [-7, -1, -1, -1, -1], current: 2, margin: 150, expected: 2),
        Case(history: [-7, -1, -1, -1, -1], current: 9, margin: 300, expected: 2),
        Case(history: [-17555, -40228, -8250, 25319, -53672], current: nil, margin: 300, expected: 4),
        Case(history: [-17555, -40228, -8250, 25319, -53672], current: 3, margin: 300, expected: 4),
        Case(history: [-17555, -40228, -8250, 25319, -53672], current: 0, margin: 150, expected: 4),
        Case(history: [-17555, -40228, -8250, 25319, -53672], current: 9, margin: 300, expected: 4),
        Case(history: [-50506, 47646, 10239, -47663, -12069], current: nil, margin: 300, expected: 2),
        Case(history: [-50506, 47646, 10239, -47663, -12069], current: 4, margin: 300, expected: 2),
        Case(history: [-50506, 47646, 10239, -47663, -12069], current: 3, margin: 150, expected: 2),
        Case(history: [-50506, 47646, 10239, -47663, -12069], current: 9, margin: 300, expected: 2),
        Case(history: [16387, -52398, 59236, 6510, -31860], current: nil, margin: 300, expected: 3),
        Case(history: [16387, -52398, 59236, 6510, -31860], current: 0, margin: 300, expected: 0),
        Case(history: [16387, -52398, 59236, 6510, -31860], current: 1, margin: 150, expected: 3),
        Case(history: [16387, -52398, 59236, 6510, -31860], current: 9, margin: 300, expected: 3),
        Case(history: [-55086, -48735, -3162, -5190, -50844], current: nil, margin: 300, expected: 4),
        Case(history: [-55086, -48735, -3162, -5190, -50844], current: 1, margin: 300, expected: 4),
        Case(history: [-55086, -48735, -3162, -5190, -50844], current: 4, margin: 150, expected: 4),
        Case(history: [-55086, -48735, -3162, -5190, -50844], current: 9, margin: 300, expected: 4),
        Case(history: [-28456, -48111, 12226, -4358, -52253], current: nil, margin: 300, expected: 4),
        Case(history: [-28456, -48111, 12226, -4358, -52253], current: 2, margin: 300, expected: 2),
        Case(history: [-28456, -48111, 12226, -4358, -52253], current: 2, margin: 150, expected: 2),
        Case(history: [-28456, -48111, 12226, -4358, -52253], current: 9, margin: 300, expected: 4),
        Case(history: [48377, 14115, -43774, -30740, 22657], current: nil, margin: 300, expected: 0),
        Case(history: [48377, 14115, -43774, -30740, 22657], current: 3, margin: 300, expected: 0),
        Case(history: [48377, 14115, -43774, -30740, 22657], current: 0, margin: 150, expected: 0),
        Case(history: [48377, 14115, -43774, -30740, 22657], current: 9, margin: 300, expected: 0),
        Case(history: [22238, 16414, -51892, 15642, 16748], current: nil, margin: 300, expected: 0),
        Case(history: [22238, 16414, -51892, 15642, 16748], current: 4, margin: 300, expected: 0),
        Case(history: [22238, 16414, -51892, 15642, 16748], current: 3, margin: 150, expected: 0),
        Case(history: [22238, 16414, -51892, 15642, 16748], current: 9, margin: 300, expected: 0),
        Case(history: [-8007, -53501, -31023, -53895, 12963], current: nil, margin: 300, expected: 3),
        Case(history: [-8007, -53501, -31023, -53895, 12963], current: 0, margin: 300, expected: 3),
        Case(history: [-8007, -53501, -31023, -53895, 12963], current: 1, margin: 150, expected: 3),
        Case(history: [-8007, -53501, -31023, -53895, 12963], current: 9, margin: 300, expected: 3),
    ]
}

import Foundation
import Primitives
import Testing

@Suite struct ExactMathematicsTests {
    /// Against the C library, which is right to a unit in the last place.
    @Test func logarithmAndExponentialAreRightToTheLastPlaces() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<20_000 {
            let x = Foundation.exp(random.uniform(-600..<600))
            #expect(abs(ExactMathematics.log(x) - Foundation.log(x)) <= 4 * Foundation.log(x).ulp + 1e-16, "\(x)")
            let y = random.uniform(-700..<700)
            let expected = Foundation.exp(y)
            #expect(abs(ExactMathematics.exp(y) - expected) <= 4 * expected.ulp, "\(y)")
        }
    }

    @Test func theEndsAreWhatTheyAre() {
        #expect(ExactMathematics.log(1) == 0 && ExactMathematics.exp(0) == 1)
        #expect(ExactMathematics.log(0) == -.infinity && ExactMathematics.log(-1).isNaN)
        #expect(ExactMathematics.exp(-1_000) == 0 && ExactMathematics.exp(1_000) == .infinity)
        #expect(ExactMathematics.pow(0, 3) == 0 && ExactMathematics.pow(2, 0) == 1)
        #expect(abs(ExactMathematics.pow(2, 10) - 1_024) < 1e-10)
    }
}

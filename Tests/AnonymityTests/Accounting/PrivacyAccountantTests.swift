import Anonymity
import Testing

/// Privacy reference 4.2 (exact δ), 4.3 and 4.6.
@Suite struct PrivacyAccountantTests {
    @Test(
        "ρ comes to the published ε",
        arguments: [
            (0.005, 0.429941, 0.530652), (0.02, 0.899935, 1.071304), (0.1, 2.141939, 2.450788),
            (0.5, 5.221534, 5.756522), (1, 7.766217, 8.433844),
        ])
    func conversion(rho: Double, tight: Double, loose: Double) {
        #expect(abs(PrivacyAccountant.epsilon(rho: rho, delta: 1e-6) - tight) < 1e-6)
        #expect(abs(PrivacyAccountant.looseEpsilon(rho: rho, delta: 1e-6) - loose) < 1e-6)
    }

    @Test(
        "The exact δ of discrete Gaussian noise is the published one",
        arguments: [
            (1, 1, 0.14135133941), (4, 1, 7.2487768e-03), (25, 1, 1.82933602e-08), (100, 0.5, 6.93437035e-09),
        ])
    func exactDelta(variance: Double, epsilon: Double, delta: Double) {
        let loss = PrivacyLossDistribution.discreteGaussian(variance: variance)
        #expect(abs(loss.delta(epsilon: epsilon) / delta - 1) < 1e-7)
    }

    @Test(
        "Composed Gaussian noise costs the published ε",
        arguments: [(1, 1, 4.88655, 1e-4), (1, 10, 19.42366, 1e-5), (5, 10, 2.92160, 1e-3), (10, 100, 4.88655, 1e-4)])
    func composedGaussian(sigma: Double, releases: Int, published: Double, tolerance: Double) {
        let epsilon = PrivacyAccountant.gaussianEpsilon(sigma: sigma, delta: 1e-6, releases: releases)
        #expect(abs(epsilon - published) < tolerance)
    }

    @Test("Composed discrete Gaussian noise costs the published ε, or a grid's rounding less")
    func composedDiscreteGaussian() {
        let epsilon = PrivacyLossDistribution.discreteGaussian(variance: 4).composed(releases: 10).epsilon(delta: 1e-6)
        #expect(epsilon <= 8.30328 + 1e-5)
        #expect(epsilon > 8.30328 - 2e-3)
        // What additive accounting says is never less than the exact figure.
        #expect(PrivacyAccountant.epsilon(rho: 10 * 0.125, delta: 1e-6) > epsilon)
    }

    @Test("Composed Laplace noise costs the published ε, far below the sum")
    func composedLaplace() {
        let loss = PrivacyLossDistribution.laplace(scale: 10)
        #expect(abs(loss.delta(epsilon: 0) - 0.5 * (1 - 0.951229424500714) * 2) < 1e-4)
        #expect(loss.delta(epsilon: 0.1) < 1e-12)
        #expect(abs(loss.composed(releases: 50).epsilon(delta: 1e-6) - 3.12071) < 2e-3)
    }

    @Test("A year of weekly releases comes to the stated ε")
    func yearOfReleases() {
        #expect(abs(PrivacyAccountant.epsilon(rho: 0.52, delta: 1e-6) - 5.3) < 0.06)
    }

    @Test(
        "No attack does better than the published area under the curve",
        arguments: [(0.001, 0.513), (0.005, 0.528), (0.01, 0.540), (0.05, 0.589), (0.1, 0.624)])
    func attackBound(rho: Double, area: Double) {
        #expect(abs(PrivacyAccountant.largestAUC(rho: rho) - area) < 6e-4)
    }

    @Test("Noise of scale 2 costs what OpenDP says")
    func openDP() throws {
        #expect(PrivacyAccountant.rho(variance: try Ratio(4)) == 0.125)
        #expect(ThresholdedLaplace(noise: try DiscreteLaplace(scale: Ratio(2)), threshold: 1).epsilon == 0.5)
        #expect(abs(PrivacyAccountant.largestAUC(epsilon: 1) - 0.7310586) < 1e-6)
    }
}

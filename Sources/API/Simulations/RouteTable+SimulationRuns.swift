import Access
import HTTPTypes
import Primitives
import Runtime

/// Simulations that take a while.
extension RouteTable {
    func simulationRuns(_ idempotency: Idempotency) -> [Endpoint] {
        let controller = SimulationRunsController(
            engine: services.engine, idempotency: idempotency, random: services.random)
        let simulation = path("simulation", "The `id` of the answer to ordering it.")
        let guarded = """
            No member is named. For keys without `members:read`, numbers of fewer than five members are `null`.
            """
        let ordered = answer(status: 201, "SimulationRun", "Ordered, and on disk.")
        return [
            Endpoint(
                .post, "/v1/simulations/backtests", operation: "orderBacktest", tag: "Simulations",
                summary: "What a changed programme would have done",
                detail: """
                    Holds a document against the programme in force, over what the home holds: the counters of all \
                    members, and the events that are kept. The result has the difference of the two documents, cost, what \
                    is owed, members moved between tiers, badges and challenges gained and lost, and names what is not \
                    covered. Nothing changes. It is worked on beside events. \(guarded)
                    """,
                access: .key([.programmeWrite]), body: json("BacktestOrder"), success: [ordered],
                problems: [.contradiction, .invalidProgramme], isKeyed: true, handle: controller.backtest),
            Endpoint(
                .post, "/v1/simulations/replays", operation: "orderReplay", tag: "Simulations",
                summary: "Whether what is stored still leads to the same effects",
                detail: """
                    Replays every stored effect under the version that decided it, and says which share of them that \
                    covers, and which come out otherwise. \(guarded)
                    """,
                access: .key([.programmeWrite]), success: [ordered], problems: [.contradiction], isKeyed: true,
                handle: controller.replay),
            Endpoint(
                .post, "/v1/simulations/forecasts", operation: "orderForecast", tag: "Simulations",
                summary: "What the programme would do to invented people",
                detail: "The same order over the same programme on the same day has the same result.",
                access: .key([.programmeWrite]), body: json("ForecastOrder"), success: [ordered],
                problems: [.contradiction, .invalidProgramme], isKeyed: true, handle: controller.forecast),
            Endpoint(
                .get, "/v1/simulations", operation: "listSimulations", tag: "Simulations",
                summary: "Simulations, the newest first", access: .key([.programmeRead]), parameters: paging,
                success: [answer("SimulationRuns", "A page of simulations.")], handle: controller.list),
            Endpoint(
                .get, "/v1/simulations/{simulation}", operation: "getSimulation", tag: "Simulations",
                summary: "How far a simulation is, and its result", detail: guarded, access: .key([.programmeRead]),
                parameters: [simulation], success: [answer("SimulationRun", "The simulation.")],
                problems: [.notFound], handle: controller.get),
            Endpoint(
                .post, "/v1/simulations/{simulation}/cancel", operation: "cancelSimulation", tag: "Simulations",
                summary: "Stop a simulation", access: .key([.programmeWrite]), parameters: [simulation],
                success: [answer("SimulationRun", "The simulation as it ended.")], problems: [.notFound],
                isKeyed: true, handle: controller.cancel),
        ]
    }
}

extension Schemas {
    static var simulationRuns: [(String, JSONValue)] {
        let count = JSONSchema.integer(from: 0)
        func bounded(_ range: ClosedRange<Int>) -> JSONValue {
            JSONSchema.integer(from: Int64(range.lowerBound), to: Int64(range.upperBound))
        }
        let run = JSONSchema.object([
            ("id", JSONSchema.uuid), ("kind", JSONSchema.choice(["backtest", "replay", "forecast"])),
            ("state", JSONSchema.choice(["waiting", "running", "done", "cancelled", "failed"])),
            ("created_at", JSONSchema.time), ("finished_at", JSONSchema.orNull(JSONSchema.time)),
            ("share", JSONSchema.number), ("done", count),
            ("total", JSONSchema.described(count, "Of what it counts: members, effects or days.")),
            (
                "result",
                JSONSchema.described(
                    JSONSchema.orNull(JSONSchema.anyObject),
                    "As `stamgast backtest`, `explain replay` and `simulate` print it with --json.")
            ),
            ("problem", JSONSchema.orNull(JSONSchema.text())),
        ])
        return [
            (
                "BacktestOrder",
                JSONSchema.object(
                    [
                        ("document", JSONSchema.map(JSONSchema.text())),
                        (
                            "from",
                            JSONSchema.described(
                                JSONSchema.day,
                                "Kept events count from this day on; earlier ones fill limits and tiers.")
                        ), ("to", JSONSchema.described(JSONSchema.day, "The last day that counts.")),
                    ], required: ["document"])
            ),
            (
                "ForecastOrder",
                JSONSchema.object(
                    [
                        ("members", bounded(SimulationOrder.members)), ("days", bounded(SimulationOrder.days)),
                        (
                            "seed",
                            JSONSchema.described(
                                JSONSchema.integer(from: 0, to: .max), "Another number gives other people.")
                        ),
                        (
                            "candidate",
                            JSONSchema.described(
                                JSONSchema.map(JSONSchema.text()),
                                "Another programme, its files by path, for the same people: the result has `this` and `against`."
                            )
                        ),
                    ], required: ["members", "days", "seed"])
            ),
            ("SimulationRun", run), ("SimulationRuns", JSONSchema.page(JSONSchema.ref("SimulationRun"))),
        ]
    }
}

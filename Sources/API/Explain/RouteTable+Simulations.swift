import Access
import HTTPTypes
import Primitives

/// Dry runs.
extension RouteTable {
    func simulations(_ wording: EffectWording) -> [Endpoint] {
        let controller = SimulationsController(engine: services.engine, wording: wording)
        return [
            Endpoint(
                .post, "/v1/simulations/events", operation: "simulateEvent", tag: "Simulations",
                summary: "What an event would do, and of every rule why or why not",
                detail: """
                    Takes a CloudEvent as POST /v1/events does, and decides it as of now without taking it: nothing is \
                    written, counted, claimed or sent, and somebody who is not known stays so. `calendar` is what \
                    falls due for the member anyway.
                    """, access: .key([.membersRead]), parameters: [languages], body: json("CloudEvent"),
                success: [answer("EventSimulation", "What would happen.")], handle: controller.event)
        ]
    }
}

import Access
import HTTPTypes
import Primitives

/// Dry runs and corrections.
extension RouteTable {
    func simulations(_ idempotency: Idempotency, _ wording: EffectWording) -> [Endpoint] {
        let corrections = CorrectionsController(
            engine: services.engine, idempotency: idempotency, random: services.random)
        let controller = SimulationsController(engine: services.engine, wording: wording)
        let redemptions = RedemptionSimulationsController(
            engine: services.engine, members: membersController(idempotency, wording))
        return [
            Endpoint(
                .post, "/v1/simulations/events", operation: "simulateEvent", tag: "Simulations",
                summary: "What an event would do, and of every rule why or why not",
                detail: """
                    Takes a CloudEvent as POST /v1/events does, and decides it as of now without taking it: nothing is \
                    written, counted, claimed or sent, and somebody who is not known stays so. `calendar` is what \
                    falls due for the member anyway.
                    """, access: .key([.membersRead]), parameters: [languages], body: json("CloudEvent"),
                success: [answer("EventSimulation", "What would happen.")], handle: controller.event),
            Endpoint(
                .post, "/v1/simulations/redemptions", operation: "simulateRedemption", tag: "Simulations",
                summary: "What redeeming a reward would do for a member, and all that stands in the way",
                detail: """
                    Redeems as of now on copies: the price per unit as the member's tier makes it, what would be set \
                    aside and until when, what is left afterwards, and what confirming would give. Every obstacle \
                    is there, not only the first, with what was looked at. Nothing is written or set aside.
                    """, access: .key([.membersRead]), body: json("RedemptionSimulationRequest"),
                success: [answer("RedemptionSimulation", "What would happen.")],
                problems: [.notFound, .unknownReward], handle: redemptions.simulate),
            Endpoint(
                .get, "/v1/members/{member}/effects/{effect}", operation: "explainEffect", tag: "Members",
                summary: "Why one effect came about, and whether what is stored still leads to it",
                detail: """
                    The rule as it was then, which part of its condition had which value as far as the member's level lets \
                    that be kept, the reason in all languages, and what a replay under that version gives.
                    """, access: .key([.membersRead]),
                parameters: [
                    path("member", "The member's pseudonym in this programme."),
                    path("effect", "The `id` of a line of the history."),
                ], success: [answer("ExplainedEffect", "The effect.")], problems: [.notFound],
                handle: controller.explain),
            Endpoint(
                .post, "/v1/corrections/preview", operation: "previewCorrection", tag: "Corrections",
                summary: "What it would come to if a rule, challenge or badge of today had been in force earlier",
                detail: """
                    Works on what is kept on every privacy level: which awards were wanted on which day. So a changed \
                    limit or fixed amount of a rule can be corrected, a nearer target of a challenge, and a badge that \
                    was not given yet; a changed condition cannot, and the answer says so. Nothing is written.
                    """, access: .key([.membersRead]), body: json("CorrectionRequest"),
                success: [answer("CorrectionPreview", "The difference.")], problems: [.contradiction],
                handle: corrections.preview),
            Endpoint(
                .post, "/v1/corrections", operation: "orderCorrection", tag: "Corrections",
                summary: "Post the difference that was looked at",
                detail: """
                    Orders a job that posts one compensating transfer per member and award. `confirm` is that of the \
                    preview: if the difference has changed since, nothing is ordered. A second correction over the same \
                    days posts nothing.
                    """, access: .key([.membersWrite]), body: json("CorrectionOrder"),
                success: [answer(status: 201, "Job", "Ordered, and on disk.")], problems: [.contradiction],
                isKeyed: true, handle: corrections.order),
        ] + simulationRuns(idempotency)
    }
}

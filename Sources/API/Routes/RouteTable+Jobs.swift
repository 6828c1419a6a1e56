import Access
import HTTPTypes
import Primitives

/// Jobs and reports.
extension RouteTable {
    func jobs(_ idempotency: Idempotency) -> [Endpoint] {
        let controller = JobsController(
            engine: services.engine, idempotency: idempotency, random: services.random)
        let reports = ReportsController(engine: services.engine)
        let job = path("job", "The `id` of the answer to ordering it.")
        func query(_ name: String, _ meaning: String, _ schema: JSONValue) -> Endpoint.Parameter {
            Endpoint.Parameter(name: name, place: .query, isRequired: false, meaning: meaning, schema: schema)
        }
        let month = JSONSchema.text(pattern: "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$")
        return [
            Endpoint(
                .post, "/v1/jobs", operation: "orderJob", tag: "Jobs", summary: "Do something for many members",
                detail: """
                    For a list of members, or for all that match a condition over `member`. The job goes on beside \
                    events, page by page, survives a crash without doing anything twice, and says how far it is.
                    """, access: .key([.membersWrite]), body: json("JobOrder"),
                success: [answer(status: 201, "Job", "Ordered, and on disk.")], isKeyed: true,
                handle: controller.order),
            Endpoint(
                .get, "/v1/jobs", operation: "listJobs", tag: "Jobs", summary: "Jobs, the newest first",
                access: .key([.membersRead]), parameters: paging, success: [answer("Jobs", "A page of jobs.")],
                handle: controller.list),
            Endpoint(
                .get, "/v1/jobs/{job}", operation: "getJob", tag: "Jobs", summary: "How far a job is",
                access: .key([.membersRead]), parameters: [job], success: [answer("Job", "The job.")],
                problems: [.notFound], handle: controller.get),
            Endpoint(
                .post, "/v1/jobs/{job}/cancel", operation: "cancelJob", tag: "Jobs", summary: "Stop a job",
                detail: "What was done stays done.", access: .key([.membersWrite]), parameters: [job],
                success: [answer("Job", "The job as it ended.")], problems: [.notFound], isKeyed: true,
                handle: controller.cancel),
            Endpoint(
                .get, "/v1/reports/liability", operation: "liabilityReport", tag: "Reports",
                summary: "What is owed in points, month by month",
                detail: """
                    Opening, movements and closing per unit and month, what is outstanding, what of it is expected to \
                    expire, and postings for a general ledger.
                    """, access: .key([.console]),
                parameters: [
                    query("from", "The first month; eleven before `to` if absent.", month),
                    query("to", "The last month; the running one if absent.", month),
                    query("format", "`csv` gives the postings as a table.", JSONSchema.choice(["json", "csv"])),
                ],
                success: [
                    answer("LiabilityReport", "The report."),
                    Endpoint.Success(
                        status: 200, meaning: "The postings as a table.", mediaType: ReportsController.csv,
                        schema: JSONSchema.text()),
                ], problems: [.contradiction], handle: reports.liability),
        ]
    }
}

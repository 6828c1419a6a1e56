import HTTPTypes
import Primitives
import Runtime

/// What operators and their tools ask.
struct OperationsController: Sendable {
    let engine: Runtime.Engine
    let readiness: any ReadinessPort
    let metrics: HTTPMetrics
    let segment: SegmentMetrics
    /// Method and template of each route, in the order of the table.
    let routes: [(method: String, template: String)]

    static let metricsMediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// The process answers: that is all.
    func health(_ call: Call) async throws -> Reply {
        .json { writer in
            writer.beginObject()
            writer.member("status", "ok")
            writer.endObject()
        }
    }

    /// Whether requests should be sent here.
    func ready(_ call: Call) async throws -> Reply {
        let checks = await readiness.checks()
        let isReady = checks.allSatisfy(\.isOK)
        return .json(isReady ? 200 : 503) { writer in
            writer.beginObject()
            writer.member("status", isReady ? "ok" : "not ready")
            writer.key("checks")
            writer.beginArray()
            for check in checks {
                writer.beginObject()
                writer.member("name", check.name)
                writer.member("ok", check.isOK)
                if let measure = check.measure {
                    writer.key(measure.name)
                    writer.integer(measure.value)
                }
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
        }
    }

    func metrics(_ call: Call) async throws -> Reply {
        var text = PrometheusText()
        for (name, labels, value) in engine.metrics.totals {
            text.counter(name, Self.meanings[name] ?? "Total since the start.", labels, value)
        }
        for (name, labels, value) in segment.totals {
            text.counter(
                name, "Messages and parts of messages of the Segment API by what became of them.", labels, value)
        }
        for (series, histogram) in metrics.snapshot {
            let route = series.route.map { routes[$0] } ?? (method: "other", template: "unmatched")
            text.histogram(
                "stamgast_http_request_duration_seconds", "Answers by route template and status.",
                "method=\"\(route.method)\",route=\"\(route.template)\",status=\"\(series.status)\"", histogram)
        }
        text.gauge("stamgast_backlog", "Commands that wait for a commit.", Int64(await engine.backlog))
        text.gauge("stamgast_live_streams", "Open streams of live updates.", Int64(engine.live.streamCount))
        let checks = await readiness.checks()
        for check in checks {
            text.gauge("stamgast_ready", "Whether a part is well.", check.isOK ? 1 : 0, "check=\"\(check.name)\"")
        }
        for measure in checks.compactMap(\.measure) {
            text.gauge("stamgast_\(measure.name)", "Part of the readiness of the server.", measure.value)
        }
        if let bytes = ResidentMemory.bytes {
            text.gauge("process_resident_memory_bytes", "Memory in use.", bytes)
        }
        return Reply(status: 200, mediaType: Self.metricsMediaType, body: text.bytes)
    }

    private static let meanings = [
        "stamgast_events_total": "Events by what became of them.",
        "stamgast_commands_total": "Commands carried out.",
        "stamgast_commits_total": "Transactions committed.",
        "stamgast_rows_written_total": "Rows written.",
        "stamgast_refusals_total": "Commands refused.",
        "stamgast_bisections_total": "Batches that were divided because one command failed.",
    ]
}

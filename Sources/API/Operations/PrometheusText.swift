/// The text format that Prometheus reads, version 0.0.4. Series of one name must be added one after the other.
struct PrometheusText {
    private(set) var bytes: [UInt8] = []
    private var lastName = ""

    mutating func counter(_ name: String, _ meaning: String, _ labels: String, _ value: Int64) {
        sample(name, "counter", meaning, labels, String(value))
    }

    mutating func gauge(_ name: String, _ meaning: String, _ value: Int64, _ labels: String = "") {
        sample(name, "gauge", meaning, labels, String(value))
    }

    mutating func histogram(
        _ name: String, _ meaning: String, _ labels: String, _ histogram: HTTPMetrics.Histogram
    ) {
        head(name, "histogram", meaning)
        var sum: UInt64 = 0
        for (index, count) in histogram.counts.enumerated() {
            sum += count
            let bound = index < HTTPMetrics.bounds.count ? String(HTTPMetrics.bounds[index]) : "+Inf"
            line(name + "_bucket", labels + ",le=\"\(bound)\"", String(sum))
        }
        line(name + "_sum", labels, String(histogram.seconds))
        line(name + "_count", labels, String(sum))
    }

    private mutating func sample(_ name: String, _ kind: String, _ meaning: String, _ labels: String, _ value: String) {
        head(name, kind, meaning)
        line(name, labels, value)
    }

    private mutating func head(_ name: String, _ kind: String, _ meaning: String) {
        guard name != lastName else { return }
        lastName = name
        bytes += "# HELP \(name) \(meaning)\n# TYPE \(name) \(kind)\n".utf8
    }

    private mutating func line(_ name: String, _ labels: String, _ value: String) {
        bytes += (labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n").utf8
    }
}

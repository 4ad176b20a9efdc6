import Storage
import Synchronization

/// What the server counts, in the text that Prometheus reads.
///
/// - Source: Prometheus text format 0.0.4.
package final class ServerMetrics: Sendable {
    /// The upper bounds of the histogram.
    ///
    /// - Units: microseconds
    private static let bounds: [Int64] = [
        500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
        2_500_000, 5_000_000, 10_000_000,
    ]

    private struct Route: Hashable {
        let template: String
        let method: String
    }

    private struct Latency {
        var buckets = [Int64](repeating: 0, count: ServerMetrics.bounds.count)
        var count: Int64 = 0
        var microseconds: Int64 = 0
        var statuses: [Int: Int64] = [:]
    }

    private struct State {
        var routes: [Route: Latency] = [:]
        var importRows: Int64 = 0
        /// By kind and outcome.
        var jobs: [String: Int64] = [:]
        var notices: [String: Int64] = [:]
        var streams: Int64 = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// - Parameter template: the address without its ids, so that there are few of them.
    func countRequest(_ template: String, _ method: String, status: Int, took: Duration) {
        let parts = took.components
        let microseconds = parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
        let bucket = Self.bounds.firstIndex { microseconds <= $0 }
        state.withLock { state in
            let route = Route(template: template, method: method)
            if let bucket { state.routes[route, default: Latency()].buckets[bucket] += 1 }
            state.routes[route, default: Latency()].count += 1
            state.routes[route, default: Latency()].microseconds += microseconds
            state.routes[route, default: Latency()].statuses[status, default: 0] += 1
        }
    }

    /// Adds rows that an import has posted.
    package func countImportRows(_ rows: Int) {
        state.withLock { $0.importRows += Int64(rows) }
    }

    /// Counts a run of the server's own work.
    func countJob(_ kind: String, _ outcome: String) {
        state.withLock { $0.jobs["kind=\"\(kind)\",outcome=\"\(outcome)\"", default: 0] += 1 }
    }

    /// Counts somebody who was told something.
    func countNotice(_ kind: String) {
        state.withLock { $0.notices["kind=\"\(kind)\"", default: 0] += 1 }
    }

    /// Counts event streams that began, or ended where negative.
    func countStreams(_ change: Int64) {
        state.withLock { $0.streams += change }
    }

    func text(_ gauges: [StorageGauge], residentBytes: Int64?) -> String {
        let (notices, streams) = state.withLock { ($0.notices, $0.streams) }
        let (routes, importRows, jobs) = state.withLock { state in
            let sorted = state.routes.sorted { left, right in
                (left.key.template, left.key.method) < (right.key.template, right.key.method)
            }
            return (sorted.map { (route: $0.key, latency: $0.value) }, state.importRows, state.jobs)
        }
        var text = Exposition()
        text.family("martlet_http_requests_total", "counter", "Requests answered.")
        for (route, latency) in routes {
            for (status, count) in latency.statuses.sorted(by: { $0.key < $1.key }) {
                text.sample(
                    "martlet_http_requests_total",
                    "\(Self.labels(route)),status=\"\(status)\"",
                    count
                )
            }
        }
        text.family(
            "martlet_http_request_seconds",
            "histogram",
            "Time from request to answer."
        )
        for (route, latency) in routes { Self.write(latency, of: route, to: &text) }
        text.family("martlet_import_rows_total", "counter", "Rows that imports have posted.")
        text.sample("martlet_import_rows_total", "", importRows)
        text.family("martlet_jobs_total", "counter", "Runs of the server's own work.")
        for (labels, count) in jobs.sorted(by: { $0.key < $1.key }) {
            text.sample("martlet_jobs_total", labels, count)
        }
        text.family("martlet_notices_total", "counter", "People told of something, by kind.")
        for (labels, count) in notices.sorted(by: { $0.key < $1.key }) {
            text.sample("martlet_notices_total", labels, count)
        }
        text.family("martlet_event_streams", "gauge", "Event streams that are open.")
        text.sample("martlet_event_streams", "", streams)
        for gauge in gauges {
            let kind = gauge.name.hasSuffix("_total") ? "counter" : "gauge"
            text.family("martlet_storage_\(gauge.name)", kind, gauge.help)
            text.sample("martlet_storage_\(gauge.name)", "", gauge.value)
        }
        if let residentBytes {
            text.family("process_resident_memory_bytes", "gauge", "Memory in use.")
            text.sample("process_resident_memory_bytes", "", residentBytes)
        }
        return text.lines
    }

    private static func labels(_ route: Route) -> String {
        "route=\"\(route.template)\",method=\"\(route.method)\""
    }

    private static func write(_ latency: Latency, of route: Route, to text: inout Exposition) {
        let name = "martlet_http_request_seconds"
        let labels = labels(route)
        var below: Int64 = 0
        for (bound, count) in zip(bounds, latency.buckets) {
            below += count
            text.sample("\(name)_bucket", "\(labels),le=\"\(seconds(bound))\"", below)
        }
        text.sample("\(name)_bucket", "\(labels),le=\"+Inf\"", latency.count)
        text.lines += "\(name)_sum{\(labels)} \(seconds(latency.microseconds))\n"
        text.sample("\(name)_count", labels, latency.count)
    }

    private static func seconds(_ microseconds: Int64) -> String {
        let rest = String(microseconds % 1_000_000)
        return "\(microseconds / 1_000_000)." + String(repeating: "0", count: 6 - rest.utf8.count)
            + rest
    }

    private struct Exposition {
        var lines = ""

        mutating func family(_ name: String, _ kind: String, _ help: String) {
            lines += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
        }

        mutating func sample(_ name: String, _ labels: String, _ value: Int64) {
            lines += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
        }
    }
}

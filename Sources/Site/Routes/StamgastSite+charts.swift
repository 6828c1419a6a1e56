internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension StamgastSite {
    /// The page, or with `?csv=ID` the figures behind the chart of that name.
    func html<Model: ChartedPage>(
        _ page: Model, for request: Request, caching: SecurityHeaders.Caching = .never
    ) throws -> Response {
        guard let id = request.uri.queryParameters["csv"] else { return html(page, caching: caching) }
        guard let chart = page.charts.first(where: { $0.id == id }) else { throw SiteProblem.notFound }
        return Response(
            status: .ok,
            headers: SecurityHeaders.fields([
                ("content-type", "text/csv; charset=utf-8; header=present"),
                ("content-disposition", "attachment; filename=\"\(Self.fileName(chart.id)).csv\""),
                ("cache-control", caching.rawValue), ("x-content-type-options", "nosniff"),
                ("content-security-policy", "default-src 'none'"), ("vary", "accept-language, cookie"),
            ]), body: ResponseBody(byteBuffer: ByteBuffer(string: chart.csv)))
    }

    /// A name that needs no escaping in a header.
    private static func fileName(_ id: String) -> String {
        String(
            id.unicodeScalars.map {
                $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0) ? Character($0) : "-"
            })
    }
}

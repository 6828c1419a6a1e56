internal import Foundation
internal import Hummingbird
internal import NIOCore

/// What works on the member's own device: the lists it puts in order, and the year in review.
extension StamgastSite {
    func addDevice<Context: RequestContext>(to router: some RouterMethods<Context>) {
        // All personas and all candidates at once, and the same bytes for everybody who may ask: which of them a device
        // uses is not seen here (privacy.md, 7.1, no. 13).
        router.get("/m/device.json") { request, _ in
            let visit = try await member(of: request)
            let language = request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) }
            let texts = language.map { Texts.of($0) } ?? visit.texts
            let shelf = try await data.deviceShelf(of: visit.person.programme.id, language: texts.language)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Response(
                status: .ok,
                headers: SecurityHeaders.fields([
                    ("content-type", "application/json"), ("cache-control", "private, max-age=300"),
                    ("vary", "accept-language, cookie"), ("x-content-type-options", "nosniff"),
                    ("cross-origin-resource-policy", "same-origin"),
                ]),
                body: ResponseBody(
                    byteBuffer: ByteBuffer(bytes: try encoder.encode(DeviceAnswer(shelf, texts: texts)))))
        }
        router.get("/m/me/year") { request, _ in
            let visit = try await member(of: request)
            let device = DeviceView(visit, try await data.profiling(of: visit.person))
            return html(
                YearPage(device, shell: shell(visit, title: visit.texts.device.yearTitle, path: "/m/me/year")))
        }
    }

    /// What the modules are told, with the persona that the member declared.
    func device(of visit: Visit<SiteMember>, lead: String? = nil) async throws -> DeviceView {
        var device = DeviceView(visit, try await data.profiling(of: visit.person))
        device.lead = lead ?? ""
        if device.mode == DeviceView.Mode.persona.rawValue {
            device.declared = try await data.subjects(of: visit.person, language: visit.texts.language).chosen ?? ""
        }
        return device
    }
}

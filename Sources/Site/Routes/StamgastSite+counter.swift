internal import Hummingbird

extension StamgastSite {
    func addCounter<Context: RequestContext>(to router: some RouterMethods<Context>) {
        router.get("/counter") { request, _ in
            let texts = Texts.of(language(of: request, preferred: nil))
            return html(
                CounterPage(
                    shell: Shell(
                        language: texts.language, title: texts.counter.title, programme: "Stamgast", path: "/counter")))
        }
    }
}

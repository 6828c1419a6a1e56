internal import Access
internal import Hummingbird
internal import Primitives

/// The pages of the demo's newspaper.
extension StamgastSite {
    func addPublisher<Context: RequestContext>(to router: some RouterMethods<Context>) {
        guard let publisher = configuration.publisher else { return }
        let front = RouterPath(publisher.front)
        router.get(front) { request, _ in
            let reader = try? await member(of: request)
            let texts = Texts.of(language(of: request, preferred: reader?.person.language))
            let page = try await data.front(language: texts.language)
            return html(
                PublisherFrontPage(
                    page,
                    shell: paper(publisher, title: texts.publisher.frontTitle, path: publisher.front, texts: texts),
                    texts: texts, publisher: publisher),
                caching: .check)
        }
        router.get(RouterPath(publisher.front + "/{id}")) { request, context in
            let reader = try? await member(of: request)
            let texts = Texts.of(language(of: request, preferred: reader?.person.language))
            let id = try parameter("id", of: context)
            guard let item = try await data.item(id, language: texts.language) else { throw SiteProblem.notFound }
            var subject: String?
            var pass: String?
            var earnsByTokens = false
            if let member = reader?.person {
                subject = try await data.publisherSubject(of: member)
                earnsByTokens = try await data.earnsByTokens(member)
                pass = try passes.make(
                    for: member.member, in: member.programme.id,
                    until: clock.now().adding(milliseconds: PagePasses.standardMilliseconds))
            }
            let path = WebLink(path: [publisher.path, id]).address
            var page = PublisherItemPage(
                item, shell: paper(publisher, title: item.card.title.text, path: path, texts: texts), texts: texts,
                publisher: publisher, subject: subject, pass: pass, earnsByTokens: earnsByTokens)
            if let reader {
                let desk = try await data.profiling(of: reader.person)
                page.memory = DeviceMemory(item.card, DeviceView(reader, desk))
            }
            return html(page, caching: reader == nil ? .check : .never)
        }
    }

    private func paper(_ publisher: DemoPublisher, title: String, path: String, texts: Texts) -> Shell {
        Shell(language: texts.language, title: title, programme: publisher.name, path: path)
    }
}

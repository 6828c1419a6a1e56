import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Site

struct PartTests {
    private struct Story: Sendable {
        var title: String
        var readers: Int64
    }

    private static let stories = [
        Story(title: "banana", readers: 5), Story(title: "Apple", readers: 9), Story(title: "cherry", readers: 5),
    ]

    private static func table(_ query: TableQuery, perPage: Int = 50, path: String = "/p") -> TableView {
        let columns: [TableColumn<Story>] = [
            TableColumn("title", "Title") { TableView.Cell($0.title) }.sorted { .text($0.title) },
            TableColumn("readers", "Readers", isNumber: true) { TableView.Cell(String($0.readers)) }
                .sorted { .number(Double($0.readers)) },
            TableColumn("note", "Note") { _ in TableView.Cell("") },
        ]
        return TableView(stories, columns, caption: "c", query: query, path: path, texts: .en, perPage: perPage)
    }

    private static func titles(_ query: TableQuery) -> [String] { table(query).rows.map(\.first.text) }

    // MARK: Tables

    @Test func `rows stand in their own order until an address asks for another`() {
        #expect(Self.titles(TableQuery()) == ["banana", "Apple", "cherry"])
        #expect(Self.titles(TableQuery(sort: "title")) == ["Apple", "banana", "cherry"])
        #expect(Self.titles(TableQuery(sort: "readers", isDescending: true)) == ["Apple", "banana", "cherry"])
        #expect(
            Self.titles(TableQuery(sort: "readers")) == ["banana", "cherry", "Apple"], "equal rows keep their order")
        #expect(Self.titles(TableQuery(sort: "note")) == ["banana", "Apple", "cherry"], "a column without order")
        #expect(Self.titles(TableQuery(sort: "nothing")) == ["banana", "Apple", "cherry"])
    }

    @Test func `the name of a column leads to its order, and once more turns it round`() {
        let plain = Self.table(TableQuery()).heads
        #expect(plain.map(\.href) == ["/p?sort=title", "/p?sort=-readers", nil])
        #expect(plain.allSatisfy { $0.sorted == nil })
        let sorted = Self.table(TableQuery(sort: "title", page: 3, words: "a b"), path: "/p?show=all").heads
        #expect(sorted[0].href == "/p?show=all&sort=-title&q=a%20b" && sorted[0].sorted == "ascending")
    }

    @Test func `pages lead to each other and stay within the table`() {
        let first = Self.table(TableQuery(), perPage: 2)
        #expect(first.rows.count == 2)
        #expect(first.pager == TableView.Pager(before: nil, after: "/p?page=2", text: "1 to 2 of 3"))
        let last = Self.table(TableQuery(page: 99), perPage: 2)
        #expect(last.rows.map(\.first.text) == ["cherry"])
        #expect(last.pager == TableView.Pager(before: "/p", after: nil, text: "3 to 3 of 3"))
        #expect(Self.table(TableQuery()).pager == nil)
    }

    @Test func `an address is read as it was written`() {
        let query = TableQuery(sort: "readers", isDescending: true, page: 4, words: "opera & <b>")
        let address = query.address(of: "/p")
        #expect(address == "/p?sort=-readers&q=opera%20%26%20%3Cb%3E&page=4")
        let items = URLComponents(string: address)?.queryItems ?? []
        #expect(TableQuery { name in items.first { $0.name == name }?.value } == query)
        for odd in ["0", "-5", "x", "99999999999999999999"] {
            #expect(TableQuery { $0 == "page" ? odd : nil }.page == 1)
        }
        #expect(TableQuery { $0 == "q" ? String(repeating: "é", count: 999) : nil }.words.count == 100)
    }

    // MARK: Forms

    @Test func `an error stands at its field and above the form`() {
        let fields = [
            FieldView("Name", name: "name", hint: "As on the ticket"),
            FieldView("Seats", name: "seats", type: "number", error: "at least 1"),
        ]
        #expect(fields[0].describedBy == "field-name-hint" && fields[1].describedBy == "field-seats-error")
        #expect(FormErrorsView(fields)?.items == [FormErrorsView.Item(text: "Seats: at least 1", href: "#field-seats")])
        #expect(FormErrorsView([fields[0]]) == nil)
    }

    // MARK: The style guide

    @Test(arguments: Language.allCases)
    func `the style guide names its fields and says what is wrong`(language: Language) throws {
        let shell = Shell(language: language, title: "T", programme: "P", path: StyleGuidePage.path)
        let html = try Renderer().render(StyleGuidePage(shell: shell, texts: .of(language))).html
        for field in html.matches(of: /<(?:input|select|textarea) id="([^"]+)"/) {
            #expect(html.contains("<label for=\"\(field.1)\""))
        }
        for place in html.matches(of: /aria-describedby="([^"]+)"/) {
            for id in place.1.split(separator: " ") { #expect(html.contains("id=\"\(id)\"")) }
        }
        #expect(html.matches(of: /aria-invalid="true"/).count == 1)
        #expect(html.contains("name=\"robots\" content=\"noindex\""))
    }

    @Test func `figures behind a chart come as a file, of charts that are there`() async throws {
        try await RouteTests.run { client, _ in
            let file = try await RouteTests.get(client, "/styleguide?csv=evenings", ["accept-language": "en"])
            #expect(file.status == .ok)
            #expect(file.headers[.contentType] == "text/csv; charset=utf-8; header=present")
            #expect(file.headers[.contentDisposition] == "attachment; filename=\"evenings.csv\"")
            #expect(
                RouteTests.text(file).hasPrefix(
                    "Month,Visits,Visits (lowest),Visits (highest)\r\nJanuary,420,360,480\r\n"))
            let none = try await RouteTests.get(client, "/styleguide?csv=none")
            #expect(none.status == .notFound)
        }
    }
}

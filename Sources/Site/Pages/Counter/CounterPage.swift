/// The clerk's page, phone wide: a code in, what can be handed out. It holds nothing about anybody; what it shows comes from
/// the API, under the till's own key.
struct CounterPage: Page {
    static let template = "counter"

    var shell: Shell
}

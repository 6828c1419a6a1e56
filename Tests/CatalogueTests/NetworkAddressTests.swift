import Testing

@testable import Catalogue

@Suite("Addresses that a feed may not reach")
struct NetworkAddressTests {
    @Test(
        "Private, local and special addresses are not public, however they are written",
        arguments: [
            "127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:a9fe:a9fe", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001::1",
            "2001:db8::1", "3fff::1",
            "fc00::1", "fd00::1", "fe80::1", "fec0::1", "ff02::1", "100::1", "5f00::1",
        ])
    func refuses(text: String) throws {
        let addresses = SystemAddressResolver.resolve(text)
        #expect(!addresses.isEmpty)
        #expect(addresses.filter(\.isPublic).isEmpty, "\(addresses)")
    }

    @Test(
        "Public addresses are public",
        arguments: [
            "8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "192.167.1.1", "100.63.0.1", "100.128.0.1",
            "193.0.0.1", "223.255.255.255",
            "2a00:1450::1", "2606:4700::1", "2001:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
        ])
    func allows(text: String) {
        let addresses = SystemAddressResolver.resolve(text)
        #expect(addresses.count == 1)
        #expect(addresses.filter(\.isPublic) == addresses, "\(addresses)")
    }

    @Test("This machine is not public under its name")
    func refusesLocalhost() async {
        let addresses = await SystemAddressResolver().addresses(of: "localhost")
        #expect(!addresses.isEmpty)
        #expect(addresses.filter(\.isPublic).isEmpty)
    }

    @Test("An address is written in full")
    func describes() {
        #expect(SystemAddressResolver.resolve("127.1").first?.description == "127.0.0.1")
        #expect(SystemAddressResolver.resolve("::1").first?.description == "0:0:0:0:0:0:0:1")
    }
}

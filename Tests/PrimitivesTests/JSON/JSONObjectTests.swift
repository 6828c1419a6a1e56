import Primitives
import Testing

@Suite struct JSONObjectTests {
    @Test(arguments: [3, 12, 13, 40, 400])
    func `members are found, replaced and removed at every size`(_ count: Int) {
        var object = JSONObject()
        for index in 0..<count { object["key\(index)"] = .integer(Int64(index)) }
        for index in 0..<count { #expect(object["key\(index)"] == .integer(Int64(index))) }
        #expect(object["absent"] == nil)
        object["key1"] = "new"
        #expect(object.count == count)
        #expect(object.keys[1] == "key1")
        object["key0"] = nil
        #expect(object["key0"] == nil)
        #expect(object.count == count - 1)
        #expect(object["key\(count - 1)"] == .integer(Int64(count - 1)))
        #expect(object.first?.key == "key1")
    }

    @Test func `equality and hash do not depend on order, text does`() {
        let one: JSONValue = ["a": 1, "b": ["c": 2, "d": 3]]
        let two: JSONValue = ["b": ["d": 3, "c": 2], "a": 1]
        #expect(one == two)
        #expect(Set([one, two]).count == 1)
        #expect(one.text() != two.text())
        #expect(one.canonicalBytes() == two.canonicalBytes())
        #expect(one != ["a": 1, "b": ["c": 2, "d": 4]])
        #expect(one != ["a": 1, "c": ["c": 2, "d": 3]])
    }

    @Test func `values answer by kind`() {
        let value: JSONValue = ["n": 3, "x": 2.5, "whole": 4.0, "s": "é", "l": [true, nil]]
        #expect(value["n"]?.intValue == 3)
        #expect(value["n"]?.doubleValue == 3)
        #expect(value["x"]?.intValue == nil)
        #expect(value["whole"]?.intValue == 4)
        #expect(value["s"]?.stringValue == "é")
        #expect(value["l"]?[0]?.boolValue == true)
        #expect(value["l"]?[1]?.isNull == true)
        #expect(value["l"]?[2] == nil)
        #expect(value["n"]?["m"] == nil)
        #expect(JSONValue.unsigned(.max).doubleValue == 18446744073709551615.0)
        var made: JSONValue = nil
        made["a"] = 1
        made["a"]?["b"] = 2
        #expect(made == ["a": 1])
    }
}

import Foundation
import Primitives
import Testing

@Suite struct CivilDateTests {
    @Test func `every day of 900 years follows the one before`() throws {
        // A walk that knows only the lengths of months.
        var (year, month, day, weekday) = (1600, 1, 1, 6)
        let first = try #require(CivilDate(year: year, month: month, day: day)).daysSinceEpoch
        for number in first..<first + 328_718 {
            let date = CivilDate(daysSinceEpoch: number)
            guard date.year == year, date.month == month, date.day == day, date.weekday == weekday,
                date.daysSinceEpoch == number
            else {
                Issue.record("\(number) became \(date), expected \(year)-\(month)-\(day)")
                return
            }
            weekday = weekday % 7 + 1
            day += 1
            let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
            let length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
            if day > length { (day, month) = (1, month + 1) }
            if month > 12 { (month, year) = (1, year + 1) }
        }
    }

    @Test func `weeks and days of the year agree with Foundation`() throws {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        for number in stride(from: -40_000, to: 40_000, by: 3) {
            let date = CivilDate(daysSinceEpoch: number)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .yearForWeekOfYear, .weekOfYear],
                from: Date(timeIntervalSince1970: Double(number) * 86_400 + 43_200))
            #expect(parts.year == date.year && parts.month == date.month && parts.day == date.day)
            #expect(parts.yearForWeekOfYear == date.isoWeek.year && parts.weekOfYear == date.isoWeek.week, "\(date)")
        }
        #expect(CivilDate("2024-12-31")?.dayOfYear == 366)
        #expect(CivilDate("2026-01-01")?.dayOfYear == 1)
    }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"), ("2026-01-15", -13, "2024-12-15"), ("2026-11-21", 14, "2028-01-21"),
        ("2024-02-29", 12, "2025-02-28"), ("2026-05-31", 0, "2026-05-31"),
    ])
    func `months are added to the same day or the last`(_ from: String, _ months: Int, _ to: String) {
        #expect(CivilDate(from)?.adding(months: months).description == to)
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-32", "2026/01/01", "2026-01-0١",
    ])
    func `a day that does not exist is refused`(_ text: String) {
        #expect(CivilDate(text) == nil)
    }

    @Test func `texts sort as days do`() {
        let days = stride(from: -700_000, to: 2_000_000, by: 9_973).map { CivilDate(daysSinceEpoch: $0) }
        #expect(days == days.sorted())
        #expect(days.map(\.description) == days.map(\.description).sorted())
        #expect(days.allSatisfy { CivilDate($0.description) == $0 })
    }
}

extension Texts {
    /// A whole number with its groups of three: `1.234`, `1,234`; four digits are grouped too, as amounts usually are.
    func number(_ value: Int64) -> String {
        let digits = String(value.magnitude)
        var out = value < 0 ? "−" : ""
        for (offset, digit) in digits.enumerated() {
            if offset > 0, (digits.count - offset) % 3 == 0 { out += dates.grouping }
            out.append(digit)
        }
        return out
    }

    /// An amount with the name of its unit in the right number.
    func amount(_ count: Int64, _ unit: PointUnit) -> String {
        common.amount(number(count), (count.magnitude == 1 ? unit.one : unit.other).text)
    }

    func amount(_ amount: Amount) -> String { self.amount(amount.count, amount.unit) }

    /// A share between 0 and 1 in whole per cents, rounded down so that 99.9 % is not called all.
    func percent(_ share: Double) -> String {
        guard share.isFinite else { return common.percent("0") }
        // A hair is added so that 0.7, which is stored as a little less, is 70 % and not 69 %.
        return common.percent(number(Int64((min(max(share, 0), 10) * 100 + 1e-9).rounded(.down))))
    }

    /// A day within a sentence: today, yesterday and tomorrow by name, otherwise with its month, and with its year where
    /// that is not this year.
    func day(_ day: LocalDay, today: LocalDay) -> String {
        switch day.daysSinceEpoch - today.daysSinceEpoch {
        case 0: dates.today
        case 1: dates.tomorrow
        case -1: dates.yesterday
        default: date(day, today: today)
        }
    }

    /// A day with its month, never by name.
    func date(_ day: LocalDay, today: LocalDay) -> String {
        dates.short(day.day, dates.months[day.month - 1], day.year == today.year ? nil : day.year)
    }

    /// A day with its weekday: the date line of a page, or the day of a meeting.
    func weekday(_ day: LocalDay, today: LocalDay) -> String {
        dates.full(
            dates.weekdays[day.weekday], day.day, dates.months[day.month - 1],
            day.year == today.year ? nil : day.year)
    }

    /// The date line of a newspaper: with the weekday and always with the year.
    func dateline(_ day: LocalDay) -> String {
        dates.full(dates.weekdays[day.weekday], day.day, dates.months[day.month - 1], day.year)
    }

    /// A day, and its time if that is known.
    func moment(_ moment: LocalMoment, today: LocalDay) -> String {
        let day = self.day(moment.day, today: today)
        return moment.minute.map { dates.moment(day, time($0)) } ?? day
    }

    /// The same with the weekday, for something still to come.
    func appointment(_ moment: LocalMoment, today: LocalDay) -> String {
        let day = weekday(moment.day, today: today)
        return moment.minute.map { dates.moment(day, time($0)) } ?? day
    }

    /// A time of day on the clock of 24 hours: `08:05`.
    func time(_ minute: Int) -> String {
        let (hour, rest) = (minute / 60, minute % 60)
        return (hour < 10 ? "0" : "") + "\(hour):" + (rest < 10 ? "0" : "") + "\(rest)"
    }

    /// A reading or playing time in hours and minutes, rounded up to a minute.
    func duration(seconds: Int) -> String {
        let minutes = max(1, (seconds + 59) / 60)
        return dates.duration(minutes / 60, minutes % 60)
    }

    /// A measured time: in seconds below two minutes, in minutes above.
    func measured(seconds: Int64) -> String {
        seconds < 120 ? dates.seconds(seconds, number(seconds)) : duration(seconds: Int(clamping: seconds))
    }

    /// A position in a recording: `1:05`, `1:02:03`.
    func clock(seconds: Int) -> String {
        func padded(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
        let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60)
        return hours > 0 ? "\(hours):\(padded(minutes)):\(padded(rest))" : "\(minutes):\(padded(rest))"
    }

    /// `a, b and c`.
    func list(_ parts: [String]) -> String {
        guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: dates.join) + dates.lastJoin + last
    }
}

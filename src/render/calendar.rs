//! Events as an iCalendar file (RFC 5545).

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use icalendar::{Calendar, CalendarDateTime, Component as _, DatePerhapsTime, EventLike as _, Property};

/// An event of a calendar file.
#[derive(Debug, Clone)]
pub struct Entry {
    /// A name that stays the same in every edition of the file.
    pub uid: String,
    /// What it is called.
    pub summary: String,
    /// Where.
    pub location: Option<String>,
    /// What to know.
    pub description: Option<String>,
    /// Where to read more.
    pub link: Option<String>,
    /// The first day.
    pub start: NaiveDate,
    /// The hour; none means all day.
    pub start_time: Option<NaiveTime>,
    /// The last day, included.
    pub end: NaiveDate,
    /// The hour of its end.
    pub end_time: Option<NaiveTime>,
    /// Whether it is cancelled.
    pub cancelled: bool,
}

/// The rules of summer and winter time in France since 1996, which a file with hours of Paris must carry.
const PARIS: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\nBEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nTZOFFSETFROM:+0100\r\n\
TZOFFSETTO:+0200\r\nTZNAME:CEST\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nBEGIN:STANDARD\r\nDTSTART:19961027T030000\r\n\
TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

/// A calendar file. `stamp` is the day of the edition, so that the same inputs give the same bytes.
#[must_use]
pub fn file(name: &str, stamp: NaiveDate, entries: &[Entry]) -> Vec<u8> {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//liasse//FR"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", "PUBLISH"));
    calendar.append_property(Property::new("X-WR-CALNAME", name));
    for entry in entries {
        let mut event = icalendar::Event::with_uid(&entry.uid);
        event.timestamp(stamp.and_time(NaiveTime::MIN).and_utc());
        event.summary(&entry.summary);
        if let Some(location) = &entry.location {
            event.location(location);
        }
        if let Some(description) = &entry.description {
            event.description(description);
        }
        if let Some(link) = &entry.link {
            event.append_property(Property::new("URL", link));
        }
        match entry.start_time {
            Some(time) => {
                event.starts(paris(entry.start.and_time(time)));
                let start = entry.start.and_time(time);
                let end = match entry.end_time {
                    // Midnight at the end of a day is the first hour of the next.
                    Some(NaiveTime::MIN) if entry.end == entry.start => {
                        entry.end.and_time(NaiveTime::MIN) + TimeDelta::days(1)
                    }
                    Some(end) => entry.end.and_time(end),
                    // An end that was not given is an hour later: calendars show it as a slot, not as a line.
                    None => entry.end.and_time(time) + TimeDelta::hours(1),
                };
                event.ends(paris(end.max(start)));
            }
            None => {
                event.starts(entry.start);
                // The end of an all-day event is the day after.
                event.ends(entry.end.succ_opt().unwrap_or(entry.end));
            }
        }
        event.status(if entry.cancelled {
            icalendar::EventStatus::Cancelled
        } else {
            icalendar::EventStatus::Confirmed
        });
        calendar.push(event.done());
    }
    let text = calendar.to_string();
    let timed = entries.iter().any(|entry| entry.start_time.is_some());
    match text.find("BEGIN:VEVENT") {
        Some(first) if timed => format!("{}{PARIS}{}", &text[..first], &text[first..]).into_bytes(),
        _ => text.into_bytes(),
    }
}

fn paris(date_time: NaiveDateTime) -> DatePerhapsTime {
    DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone { date_time, tzid: "Europe/Paris".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(start: &str, end: Option<&str>, days: i64) -> String {
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").expect("an hour");
        let day = NaiveDate::from_ymd_opt(2024, 12, 31).expect("a day");
        let entry = Entry {
            uid: "a".into(),
            summary: "Réunion".into(),
            location: None,
            description: None,
            link: None,
            start: day,
            start_time: Some(time(start)),
            end: day + TimeDelta::days(days),
            end_time: end.map(time),
            cancelled: false,
        };
        let text = String::from_utf8(file("Agenda", day, &[entry])).expect("a text");
        let line = text.lines().find(|line| line.starts_with("DTEND")).expect("an end");
        line.rsplit(':').next().expect("a value").to_owned()
    }

    #[test]
    fn an_end_may_be_on_the_next_day() {
        assert_eq!(ends("23:30", None, 0), "20250101T003000");
        assert_eq!(ends("20:00", Some("00:00"), 0), "20250101T000000");
        assert_eq!(ends("18:00", Some("20:30"), 0), "20241231T203000");
        assert_eq!(ends("18:00", Some("02:00"), 1), "20250101T020000");
    }
}

//! What is a telephone number and what is not, as two lists that grow with each mistake.

use proptest::prelude::*;

use super::super::patterns::find;

#[test]
fn telephone_numbers_are_found_however_they_are_written() {
    for text in [
        "+44 20 7946 0000",
        "+442079460000",
        "(+44) 20 7946 0000",
        "+44 (0) 20 7946 0000",
        "+1-555-123-4567",
        "(020) 7946 0000",
        "020 7946 0000",
        "020 7946 2000",
        "02079460000",
        "0049-30-1234567",
        "0049 30 1234567",
        "030/1234567",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "0 2 0 7 9 4 6 0 0 0 0",
        "555.123.4567",
        "555-123-4567",
        "(555) 123-4567",
        "1-800-555-1234",
        "1 (555) 123 4567",
        "98765 43210",
        "9876543210",
        "79 46 00 12 34",
        "+٤٤ ٢٠ ٧٩٤٦ ٠٠٠٠",
        "०२० ७९४६ ००००",
        "０２０ ７９４６ ００００",
        "020\u{2011}7946\u{2011}0000",
        "020\u{a0}7946\u{a0}0000",
        "tel 7946 0000",
        "Tel.: 612 345 678",
        "call me on 794600",
        "WhatsApp: 7946 0000",
        "电话：7946 0000",
        "https://wa.me/442079460000",
        "tel:7946",
        "Ring 020 7946 0000 (2019-2023)",
        "10:30 020 7946 0000",
        "I led 1998–2004, 020 7946 0000",
        "reach me under 020 7946 0000 or so",
        "number 98765 43210",
    ] {
        let found = find(text);
        assert!(found.as_ref().is_some_and(|found| found.what == "a telephone number"), "{text}: {found:?}");
    }
}

#[test]
fn innocent_numbers_pass() {
    for text in [
        "1998–2004",
        "2019-2023",
        "1998-2004, 2006-2010 and 2012-2020",
        "2019 2020 2021 2022",
        "2019/20 2020/21 2021/22",
        "ISO 9001:2015",
        "ISO/IEC 27001:2013",
        "ISO 9001/14001/45001",
        "EN 50126 50128 50129",
        "IEC 61508-3",
        "RFC 9052",
        "24/7",
        "£1,250,000 grant",
        "£1,250,000 2019-2023",
        "EUR 3 500 000",
        "EUR 3 500 000 2019-2023",
        "€1250000001",
        "1.250.000.000 €",
        "1'250'000'000 CHF",
        "10 000 000 users",
        "call 10 000 000 people",
        "10 000-50 000 readers",
        "10000-15000 people",
        "1250000000 messages a day",
        "ISBN 978-3-16-148410-0",
        "978-3-16-148410-0",
        "ISBN 0-19-853453-1",
        "ISBN-13: 978-3-16-148410-0",
        "https://orcid.org/0000-0002-1825-0097",
        "0000-0002-1825-0097",
        "2026-11-22",
        "2026-11-22 to 2026-12-24",
        "22.11.2026-24.12.2026",
        "01/02/2026 - 03/04/2027",
        "22/11/26 - 24/12/26",
        "Section 106",
        "100,000+ employees",
        "C++17 2019-2023",
        "version 1.2.3",
        "9.30–17.00",
        "Mo–Fr 09.00-12.00 13.00-17.00",
        "09.00-17.00 20 people",
        "09:30-17:00",
        "500-1000 people",
        "A4 210 × 297",
        "pi is 3.14159265358",
        "0.123456789",
        "192.168.100.101",
        "ticket #1234567890",
        "doi 10.1038/s41586-020-2649-2",
        "https://example.org/2026/11/22/1234567890",
        "Phone support 24/7",
        "phone cohorts: call 2019-2023",
        "10-25 hours, 50-100 hours, 250+",
        "K2 (8,611 m), 14 peaks of 8000",
        "Windows 95 98 2000",
    ] {
        assert_eq!(find(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn an_international_number_is_found_with_any_joints(
        country in "[1-9][0-9]{0,2}", groups in prop::collection::vec("[0-9]{3,4}", 3..5), joint in "[ .-]"
    ) {
        let text = format!("ring +{country}{joint}{} now", groups.join(&joint));
        prop_assert!(find(&text).is_some(), "{}", text);
    }

    #[test]
    fn a_sum_in_thousands_passes(head in 1_u16..1000, groups in prop::collection::vec(0_u16..1000, 1..4), joint in "[ .,']") {
        let tail: String = groups.iter().map(|group| format!("{joint}{group:03}")).collect();
        let text = format!("a grant of {head}{tail} for schools");
        prop_assert_eq!(find(&text), None, "{}", text);
    }

    #[test]
    fn spans_of_years_pass(from in 1900_u16..2099, length in 0_u16..40, dash in "[-–—/]", spaces in " ?") {
        let until = (from + length).min(2099);
        let text = format!("chair {from}{spaces}{dash}{spaces}{until}");
        prop_assert_eq!(find(&text), None, "{}", text);
    }

    #[test]
    fn dates_pass(year in 1900_u16..2099, month in 1_u8..=12, day in 1_u8..=28, joint in "[./-]") {
        let text = format!("from {day:02}{joint}{month:02}{joint}{year} or {year}-{month:02}-{day:02}");
        prop_assert_eq!(find(&text), None, "{}", text);
    }
}

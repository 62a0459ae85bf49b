//! English names of languages and countries; what is not here is shown as its tag or code.

/// Languages by their primary subtag, as far as mentors are likely to list them; others are shown as their tag.
const LANGUAGES: &str = "af Afrikaans; am Amharic; ar Arabic; az Azerbaijani; bg Bulgarian; bn Bengali; bs Bosnian; ca Catalan; \
    cs Czech; cy Welsh; da Danish; de German; el Greek; en English; es Spanish; et Estonian; eu Basque; \
    fa Persian; fi Finnish; fr French; ga Irish; gd Scottish Gaelic; gl Galician; gu Gujarati; ha Hausa; \
    he Hebrew; hi Hindi; hr Croatian; hu Hungarian; hy Armenian; id Indonesian; ig Igbo; is Icelandic; \
    it Italian; ja Japanese; ka Georgian; kk Kazakh; km Khmer; kn Kannada; ko Korean; lb Luxembourgish; \
    lt Lithuanian; lv Latvian; mk Macedonian; ml Malayalam; mr Marathi; ms Malay; mt Maltese; my Burmese; \
    nb Norwegian; ne Nepali; nl Dutch; nn Norwegian Nynorsk; no Norwegian; pa Punjabi; pl Polish; \
    pt Portuguese; ro Romanian; ru Russian; rw Kinyarwanda; si Sinhala; sk Slovak; sl Slovenian; so Somali; \
    sq Albanian; sr Serbian; sv Swedish; sw Swahili; ta Tamil; te Telugu; th Thai; tl Filipino; tr Turkish; \
    uk Ukrainian; ur Urdu; uz Uzbek; vi Vietnamese; xh Xhosa; yo Yoruba; zh Chinese; zu Zulu";

/// Countries, as far as mentors are likely to live there; others are shown as their code.
const COUNTRIES: &str = "AE United Arab Emirates; AR Argentina; AT Austria; AU Australia; BD Bangladesh; BE Belgium; BG Bulgaria; \
    BR Brazil; CA Canada; CH Switzerland; CL Chile; CN China; CO Colombia; CR Costa Rica; CY Cyprus; \
    CZ Czechia; DE Germany; DK Denmark; EE Estonia; EG Egypt; ES Spain; ET Ethiopia; FI Finland; FR France; \
    GB United Kingdom; GH Ghana; GR Greece; HK Hong Kong; HR Croatia; HU Hungary; ID Indonesia; IE Ireland; \
    IL Israel; IN India; IS Iceland; IT Italy; JP Japan; KE Kenya; KR South Korea; LK Sri Lanka; LT Lithuania; \
    LU Luxembourg; LV Latvia; MA Morocco; MT Malta; MX Mexico; MY Malaysia; NG Nigeria; NL Netherlands; \
    NO Norway; NP Nepal; NZ New Zealand; PE Peru; PH Philippines; PK Pakistan; PL Poland; PT Portugal; \
    RO Romania; RS Serbia; RW Rwanda; SA Saudi Arabia; SE Sweden; SG Singapore; SI Slovenia; SK Slovakia; \
    TH Thailand; TN Tunisia; TR Türkiye; TW Taiwan; TZ Tanzania; UA Ukraine; UG Uganda; US United States; \
    VN Vietnam; ZA South Africa; ZM Zambia";

/// A language by its tag: `pt-BR` is "Portuguese (BR)".
pub(super) fn language(tag: &str) -> String {
    let (primary, rest) = tag.split_once('-').map_or((tag, None), |(primary, rest)| (primary, Some(rest)));
    match (named(LANGUAGES, primary), rest) {
        (None, _) => tag.to_owned(),
        (Some(name), None) => name.to_owned(),
        (Some(name), Some(rest)) => format!("{name} ({rest})"),
    }
}

/// A country by its code.
pub(super) fn country(code: &str) -> String {
    named(COUNTRIES, code).unwrap_or(code).to_owned()
}

fn named(table: &'static str, code: &str) -> Option<&'static str> {
    let mut entries = table.split("; ").filter_map(|entry| entry.split_once(' '));
    entries.find(|(known, _)| known.eq_ignore_ascii_case(code)).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_that_no_table_knows_are_shown_as_they_are() {
        assert_eq!(language("pt-BR"), "Portuguese (BR)");
        assert_eq!(language("ZH"), "Chinese");
        assert_eq!(language("tlh"), "tlh");
        assert_eq!(country("zz"), "zz");
        assert_eq!(country("gb"), "United Kingdom");
    }

    #[test]
    fn the_tables_are_in_order_and_without_doubles() {
        for table in [LANGUAGES, COUNTRIES] {
            let codes: Vec<_> =
                table.split("; ").filter_map(|entry| entry.split_once(' ')).map(|(code, _)| code).collect();
            assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
            assert!(codes.iter().all(|code| code.len() == 2));
        }
    }
}

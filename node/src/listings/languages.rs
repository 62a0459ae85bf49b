//! Language tags: brought into the usual case, and refused when their first part names no language.
//!
//! Two letters must be an ISO 639-1 code, because that is where people slip (`jp` for `ja`, `cz` for `cs`); three
//! letters are taken on trust. The table can change, so it binds only the home node.

/// ISO 639-1, in order.
const TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy \
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii \
    ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr \
    ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk \
    sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za \
    zh zu";

/// The tag in its usual case (`pt-BR`, `zh-Hant`), or what is wrong with it.
pub(super) fn canonical(tag: &str) -> Result<String, String> {
    let wrong = || format!("`{tag}` is not a language tag like en, pt-BR or zh-Hant");
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let known = match language.len() {
        2 => TWO_LETTERS.split(' ').any(|code| code == language),
        3 => language.bytes().all(|letter| letter.is_ascii_lowercase()),
        _ => false,
    };
    if !known {
        return Err(wrong());
    }
    let mut tag = language;
    for part in parts {
        if part.is_empty() || part.len() > 8 || !part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(wrong());
        }
        let lower = part.to_ascii_lowercase();
        tag.push('-');
        match lower.split_at_checked(1) {
            _ if part.len() == 2 => tag.push_str(&part.to_ascii_uppercase()),
            Some((first, rest)) if part.len() == 4 => {
                tag.push_str(&first.to_ascii_uppercase());
                tag.push_str(rest);
            }
            _ => tag.push_str(&lower),
        }
    }
    Ok(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_get_their_usual_case_and_slips_are_refused() {
        assert_eq!(canonical("EN"), Ok("en".to_owned()));
        assert_eq!(canonical("pt-br"), Ok("pt-BR".to_owned()));
        assert_eq!(canonical("ZH-hANT-tw"), Ok("zh-Hant-TW".to_owned()));
        assert_eq!(canonical("yue"), Ok("yue".to_owned()));
        for slip in ["jp", "cz", "english", "e", "", "en_GB", "en-", "en-toolongpart"] {
            assert!(canonical(slip).is_err(), "{slip}");
        }
    }

    #[test]
    fn the_table_is_in_order_without_repeats() {
        assert!(TWO_LETTERS.split_whitespace().is_sorted_by(|one, next| one < next));
    }
}

//! The way back: the page that somebody wanted when they were asked to sign in, carried through the link that they are
//! mailed.
//!
//! It comes back from mails and forms, so from anybody. Only a page of ours that people sign in for is one: the table of
//! who may ask is asked, character by character, and what is not in it leads nowhere.

use super::access::{Access, TABLE};
use super::extract::Pairs;

/// The name in an address and of the field of a form.
pub(super) const NAME: &str = "to";
/// Most characters.
const MOST: usize = 256;
/// Where one comes to otherwise.
const ME: &str = "/me";

/// A page of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Back(String);

impl Back {
    /// The page that a text names, if it is one to come back to.
    pub(super) fn of(text: &str) -> Option<Self> {
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let written = path.bytes().all(|byte| plain(byte) || byte == b'/')
            && query.bytes().all(|byte| plain(byte) || b"=&%".contains(&byte));
        (text.len() <= MOST && written && is_page(path)).then(|| Self(text.to_owned()))
    }

    /// The page that a form or an address names.
    pub(super) fn named(pairs: &Pairs) -> Option<Self> {
        pairs.last(NAME).and_then(Self::of)
    }

    /// Where somebody comes to after signing in.
    pub(super) fn or_me(back: Option<&Self>) -> &str {
        back.map_or(ME, |Self(text)| text)
    }

    /// As a hidden field says it.
    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// As it follows the address of a page or a link; nothing where it is where one comes to anyway.
    pub(super) fn query(back: Option<&Self>) -> String {
        let Some(Self(text)) = back.filter(|Self(text)| text != ME) else { return String::new() };
        let escaped = text.replace('%', "%25").replace('&', "%26").replace('=', "%3D").replace('?', "%3F");
        format!("?{NAME}={escaped}")
    }
}

/// Whether somebody signs in to see this address.
fn is_page(path: &str) -> bool {
    TABLE.iter().any(|(method, route, access)| {
        let own = matches!(access, Access::SignedIn | Access::Desk(_));
        *method == "GET" && own && fits(route, path)
    })
}

fn fits(route: &str, path: &str) -> bool {
    let (mut route, mut path) = (route.split('/'), path.split('/'));
    loop {
        match (route.next(), path.next()) {
            (None, None) => return true,
            (Some(known), Some(given)) if known.starts_with('{') => {
                if given.trim_matches('.').is_empty() {
                    return false;
                }
            }
            (Some(known), Some(given)) if known == given => {}
            (Some(_) | None, Some(_)) | (Some(_), None) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_ours_is_come_back_to_with_what_it_asked() {
        for page in [
            "/me",
            "/requests",
            "/requests/abc",
            "/desk/listings?q=a",
            "/mentors/abc.def/ask",
            "/mentors/abc/ask?from=xyz&a=%20b",
        ] {
            assert_eq!(Back::of(page).as_ref().map(Back::text), Some(page));
        }
        let back = Back::of("/mentors/abc/ask?from=x&y=%20");
        assert_eq!(Back::query(back.as_ref()), "?to=/mentors/abc/ask%3Ffrom%3Dx%26y%3D%2520");
        assert_eq!((Back::query(Back::of("/me").as_ref()), Back::query(None)), (String::new(), String::new()));
        assert_eq!((Back::or_me(None), Back::or_me(back.as_ref())), ("/me", "/mentors/abc/ask?from=x&y=%20"));
    }

    #[test]
    fn nothing_of_another_site_and_nothing_but_a_page_is_come_back_to() {
        for wrong in [
            "",
            "https://mallory.example/requests",
            "//mallory.example/requests",
            "//requests",
            "/\\mallory.example",
            "/requests\\@mallory.example",
            "/requests/../act/abc",
            "/mentors/../ask",
            "/mentors//ask",
            "/requests/%2e%2e",
            "/requests#x",
            "/requests\r\nset-cookie: a=b",
            "/requests?a=//mallory.example",
            "requests",
            "/requests/",
            "/api/v1/listings",
            "/sign-in/abc",
            "/act/abc",
            "/sign-out",
            "javascript:alert(1)",
        ] {
            assert_eq!(Back::of(wrong), None, "{wrong}");
        }
        assert_eq!(Back::of(&format!("/requests/{}", "a".repeat(MOST))), None);
    }
}

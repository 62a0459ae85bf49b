//! People: who can sign in here, by which links or by whose word, and who is signed in.
//!
//! Owns what may be given to whom, links that are used once, sessions, and how often somebody may ask for a link. Refuses
//! to know cookies, pages and routes: that is `crate::http`. A token is drawn here and handed out once; what is kept of
//! it is its digest. Begin at [`People`].

#![expect(clippy::result_large_err, reason = "a problem is the answer to a person, made once a request")]

mod asking;
mod handle;
mod keeping;
mod link_mail;
mod links;
mod sessions;
#[cfg(test)]
pub(crate) mod tests;

pub use asking::{Asked, Asking};
pub(crate) use handle::draw;
pub use handle::{Filter, Keeper, Parts, People, SignedIn};
pub use link_mail::SIGN_IN_MAIL;
pub use sessions::OPENID;

//! What a page's form sends, field by field.

use axum::extract::{FromRequest, Query, Request};
use axum::http::Uri;
use mentormesh_protocol::api::{ErrorCode, Problem};

use super::error::Failure;
use super::extract::{Pairs, bytes, media_type};

/// The media type of a form's body.
const FORM: &str = "application/x-www-form-urlencoded";
/// Bytes of a form: the longest profile with every character escaped, and less than an address may have, as which it
/// is read.
const BODY: usize = 60 * 1024;

/// A form's fields.
#[derive(Debug)]
pub(super) struct Form(pub(super) Pairs);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let media = media_type(request.headers());
        let body = bytes(request, state, BODY).await?;
        if media.as_deref() != Some(FORM) {
            let problem = format!("the body must be {FORM}, as a page's form sends it");
            return Err(Failure::new(ErrorCode::UnsupportedMediaType, problem));
        }
        read(&body)
    }
}

/// A form's body has the form of a query string.
fn read(body: &[u8]) -> Result<Form, Failure> {
    let wrong = || Failure::from(Problem::field("body", "is not what a form sends"));
    let uri = Uri::try_from([b"/?", body].concat()).map_err(|_| wrong())?;
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(&uri).map_err(|_| wrong())?;
    Ok(Form(Pairs(pairs)))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::header;

    use super::*;

    #[test]
    fn fields_are_read_as_browsers_write_them() {
        let Form(pairs) = read(b"email=zo%C3%AB%2Bx%40example.org&name=Zo%C3%AB+Ada&empty=").expect("a form");
        assert_eq!(pairs.last("email"), Some("zoë+x@example.org"));
        assert_eq!((pairs.last("name"), pairs.last("empty")), (Some("Zoë Ada"), None));
        assert!(read(b"a=\xff\x00").is_err() && read(b"a=b c").is_err());
    }

    #[tokio::test]
    async fn only_a_form_is_taken_and_only_so_much_of_it() {
        let code = async |media: &str, body: Vec<u8>| {
            let request = Request::builder().header(header::CONTENT_TYPE, media).body(Body::from(body));
            let read = Form::from_request(request.expect("a request"), &()).await;
            read.map(drop).map_err(|failure| failure.problem().code)
        };
        assert_eq!(code("application/x-www-form-urlencoded; charset=utf-8", b"a=b".to_vec()).await, Ok(()));
        assert_eq!(code("text/plain", b"a=b".to_vec()).await, Err(ErrorCode::UnsupportedMediaType));
        assert_eq!(code(FORM, vec![b'a'; BODY + 1]).await, Err(ErrorCode::TooLarge));
    }
}

//! The way out: one connection to the organisation's mail server for each mail, every step of it bounded in time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, Message};
use mentormesh_protocol::key::{base32, sha256};
use zeroize::Zeroizing;

use crate::calendar::method_of;
use crate::config::{MailConfig, MailSecurity};
use crate::desk::MailRow;

/// How long a server may take to take a connection.
const CONNECT: Duration = Duration::from_secs(15);
/// How long one mail may take from the first byte to the last.
const WHOLE: Duration = Duration::from_secs(60);
/// How long a server may take to say goodbye; by then it has the mail.
const GOODBYE: Duration = Duration::from_secs(2);
/// Largest password file that is read.
const PASSWORD_BYTES: u64 = 4_096;
/// Codes of refusal that are about this node's sign-in and not about the mail.
const SIGN_IN: [u16; 4] = [530, 534, 535, 538];

/// Why mail cannot be sent as configured.
#[derive(Debug, thiserror::Error)]
pub enum MailStartError {
    /// A file cannot be read.
    #[error("{key} = \"{file}\" cannot be read: {source}")]
    File {
        /// The key.
        key: &'static str,
        /// The file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// A value is none that mail can be sent with.
    #[error("{key} = \"{value}\": {problem}")]
    Value {
        /// The key.
        key: &'static str,
        /// What it holds.
        value: String,
        /// What is wrong.
        problem: String,
    },
}

/// What became of one try.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Another try may succeed. `server` says that it would have failed with any mail.
    Later {
        /// Why.
        problem: String,
        /// Whether the server, and not the mail, is the matter.
        server: bool,
    },
    /// No try will succeed.
    Never {
        /// Why.
        problem: String,
    },
}

/// The organisation's mail server.
pub(super) struct Smtp {
    config: MailConfig,
    from: Address,
    tls: Option<TlsParameters>,
    hello: ClientId,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp").field("config", &self.config).finish_non_exhaustive()
    }
}

impl Smtp {
    /// The server of a configuration, if it names one.
    ///
    /// # Errors
    /// Which key holds what cannot be used.
    pub(super) fn of(config: &MailConfig) -> Result<Option<Self>, MailStartError> {
        if config.server.is_empty() {
            return Ok(None);
        }
        let wrong = |key, value: &str, problem: String| MailStartError::Value { key, value: value.to_owned(), problem };
        let from: Address =
            config.from.parse().map_err(|e| wrong("mail.from", &config.from, format!("not a mail address: {e}")))?;
        let tls = if config.security == MailSecurity::None { None } else { Some(tls(config)?) };
        let hello = ClientId::Domain(from.domain().to_owned());
        let smtp = Self { config: config.clone(), from, tls, hello };
        smtp.password()?;
        Ok(Some(smtp))
    }

    /// Hands one mail over. When this returns, the server has it.
    ///
    /// # Errors
    /// Whether and why trying again makes sense.
    pub(super) async fn send(&self, row: &MailRow, organisation: &str) -> Result<(), Refusal> {
        let never = |problem: String| Refusal::Never { problem };
        let message = self.message(row, organisation).map_err(never)?;
        let server = |problem: String| Refusal::Later { problem, server: true };
        let whole = async {
            let mut connection = self.connect().await.map_err(server)?;
            let sent = connection.send(message.envelope(), &message.formatted()).await;
            match sent {
                Ok(_) => {
                    // It is sent, whatever comes of the goodbye.
                    let _rude = tokio::time::timeout(GOODBYE, connection.quit()).await.is_err();
                    Ok(())
                }
                Err(error) => {
                    let _rude = tokio::time::timeout(GOODBYE, connection.abort()).await.is_err();
                    Err(refusal(&error))
                }
            }
        };
        match tokio::time::timeout(WHOLE, whole).await {
            Ok(sent) => sent,
            Err(_) => Err(server(format!("the mail server did not take it within {} s", WHOLE.as_secs()))),
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, String> {
        let MailConfig { server, port, security, username, .. } = &self.config;
        let at_once = self.tls.clone().filter(|_| *security == MailSecurity::Tls);
        let said = |error: lettre::transport::smtp::Error| in_full(&error);
        let address = (server.as_str(), *port);
        let mut connection = AsyncSmtpConnection::connect_tokio1(address, Some(CONNECT), &self.hello, at_once, None)
            .await
            .map_err(said)?;
        if let Some(tls) = self.tls.clone().filter(|_| *security == MailSecurity::Starttls) {
            connection.starttls(tls, &self.hello).await.map_err(said)?;
        }
        if !username.is_empty() {
            let password = self.password().map_err(|error| error.to_string())?;
            let credentials = Credentials::new(username.clone(), password.to_string());
            connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await.map_err(said)?;
        }
        Ok(connection)
    }

    /// The password, read anew each time: it may be changed while the node runs.
    fn password(&self) -> Result<Zeroizing<String>, MailStartError> {
        let file = &self.config.password_file;
        if file.is_empty() {
            return Ok(Zeroizing::default());
        }
        let text = read(file, PASSWORD_BYTES).map_err(|source| MailStartError::File {
            key: "mail.password_file",
            file: file.clone(),
            source,
        })?;
        Ok(Zeroizing::new(Zeroizing::new(text).trim_end_matches(['\r', '\n']).to_owned()))
    }

    fn message(&self, row: &MailRow, organisation: &str) -> Result<Message, String> {
        let to: Address = row.to.parse().map_err(|e| format!("mail cannot be sent to this address: {e}"))?;
        let date: SystemTime = UNIX_EPOCH + Duration::from_millis(row.recorded_at.0);
        let automatic = HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        Message::builder()
            .from(Mailbox::new(Some(organisation.to_owned()), self.from.clone()))
            .to(Mailbox::new(row.name.clone(), to))
            .subject(&row.subject)
            .message_id(Some(self.message_id(row)))
            .date(date)
            .raw_header(automatic)
            .multipart(parts(row)?)
            .map_err(|error| format!("the mail cannot be written: {error}"))
    }

    /// The same for every try, so that a mail that was taken just before the node died is known again.
    fn message_id(&self, row: &MailRow) -> String {
        let parts = format!("{}\n{}\n{}\n{}", self.from, row.id.0, row.recorded_at.0, row.to);
        let hash = sha256(parts.as_bytes());
        let name: String = base32().encode(&hash).chars().take(32).collect();
        format!("<{name}@{}>", self.from.domain())
    }
}

/// What a mail says, in each form that its reader may choose; what is for a calendar comes last, as the one to prefer.
fn parts(row: &MailRow) -> Result<MultiPart, String> {
    let said = MultiPart::alternative_plain_html(row.text.clone(), row.html.clone());
    let Some(calendar) = &row.calendar else { return Ok(said) };
    let media = format!("text/calendar; method={}; charset=utf-8", method_of(calendar));
    let media = ContentType::parse(&media).map_err(|error| format!("the mail cannot be written: {error}"))?;
    Ok(said.singlepart(SinglePart::builder().header(media).body(calendar.clone())))
}

fn tls(config: &MailConfig) -> Result<TlsParameters, MailStartError> {
    let mut parameters = TlsParameters::builder(config.server.clone());
    let file = &config.ca_file;
    let wrong = |key, value: &str, problem: String| MailStartError::Value { key, value: value.to_owned(), problem };
    if !file.is_empty() {
        let pem = read(file, 1024 * 1024).map_err(|source| MailStartError::File {
            key: "mail.ca_file",
            file: file.clone(),
            source,
        })?;
        if !pem.contains("BEGIN CERTIFICATE") {
            return Err(wrong("mail.ca_file", file, "it holds no certificate in PEM form".to_owned()));
        }
        let authority = Certificate::from_pem(pem.as_bytes())
            .map_err(|e| wrong("mail.ca_file", file, format!("no certificate: {e}")))?;
        parameters = parameters.add_root_certificate(authority);
    }
    parameters.build().map_err(|e| wrong("mail.server", &config.server, in_full(&e)))
}

fn read(file: &str, most: u64) -> std::io::Result<String> {
    use std::io::Read as _;
    let mut text = String::new();
    std::fs::File::open(file)?.take(most).read_to_string(&mut text)?;
    Ok(text)
}

/// What a server's answer to the mail itself means.
fn refusal(error: &lettre::transport::smtp::Error) -> Refusal {
    let problem = in_full(error);
    let code = error.status().map(u16::from);
    if code.is_some_and(|code| SIGN_IN.contains(&code)) {
        return Refusal::Later { problem, server: true };
    }
    if error.is_permanent() || error.is_client() {
        return Refusal::Never { problem };
    }
    Refusal::Later { problem, server: !error.is_transient() }
}

/// An error with its reasons, on one line.
fn in_full(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut source = error.source();
    while let Some(reason) = source {
        let reason_said = reason.to_string();
        if !said.contains(&reason_said) {
            said = format!("{said}: {reason_said}");
        }
        source = reason.source();
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(500).collect()
}

#[cfg(test)]
mod tests;

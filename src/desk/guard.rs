//! Who may ask: a browser that was given the secret of this start, from this machine, from the desk's own page.

use tiny_http::{Method, Request};

/// The secret of a start, and the place at which the desk answers.
pub(super) struct Guard {
    secret: String,
    port: u16,
}

/// What becomes of a question before it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It comes with the secret in its address: it gets the cookie.
    Enter,
    /// It comes with the cookie.
    Inside,
    /// It is refused, with this status.
    Refused(u16),
}

impl Guard {
    /// A guard with a new secret.
    pub(super) fn new(port: u16) -> std::io::Result<Self> {
        let mut bytes = [0_u8; 24];
        getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
        Ok(Self { secret: bytes.iter().map(|byte| format!("{byte:02x}")).collect(), port })
    }

    /// The address with the secret.
    pub(super) fn address(&self) -> String {
        format!("{}/?cle={}", self.origin(), self.secret)
    }

    /// The cookie that stands for the secret. Cookies do not know ports: each port has its own.
    pub(super) fn cookie(&self) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.name(), self.secret)
    }

    fn name(&self) -> String {
        format!("liasse-{}", self.port)
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(super) fn origin(&self) -> String {
        format!("http://{}", self.host())
    }

    /// Judges a question. Another site's page that resolves its own name to this machine is refused by its host, one that
    /// sends a form here by its origin, another browser or user by the cookie.
    pub(super) fn judge(&self, request: &Request, query: &str) -> Verdict {
        let header = |name: &'static str| {
            let found = request.headers().iter().find(|header| header.field.equiv(name));
            found.map(|header| header.value.as_str())
        };
        if header("Host") != Some(&self.host()) {
            return Verdict::Refused(403);
        }
        let is_inside = header("Cookie").is_some_and(|cookies| {
            let of_ours = cookies.split(';').filter_map(|cookie| cookie.trim().split_once('='));
            of_ours.filter(|(name, _)| *name == self.name()).any(|(_, value)| same(value, &self.secret))
        });
        match request.method() {
            Method::Get if query.strip_prefix("cle=").is_some_and(|given| same(given, &self.secret)) => Verdict::Enter,
            Method::Get if is_inside => Verdict::Inside,
            Method::Post if is_inside && header("Origin") == Some(&self.origin()) => Verdict::Inside,
            Method::Get | Method::Post => Verdict::Refused(403),
            _ => Verdict::Refused(405),
        }
    }
}

/// Compares without telling by its duration how much was right.
fn same(given: &str, secret: &str) -> bool {
    let differs = given.bytes().zip(secret.bytes()).fold(0, |differs, (one, other)| differs | (one ^ other));
    given.len() == secret.len() && differs == 0
}

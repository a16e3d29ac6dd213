//! Owns one finding of the gate, as data.
//! Must never hold what is not published.

use serde::Serialize;

/// What a finding comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing is published.
    Refused,
    /// Published all the same; somebody should know.
    Warning,
    /// It would be refused, but a revision gives the reason.
    Stated,
}

/// Something that readers of the old tree would not expect.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// `gate-` and a name.
    pub code: &'static str,
    /// What it comes to.
    pub verdict: Verdict,
    /// Which advisory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What happens, without capital and stop.
    pub says: String,
    /// What is out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// What would be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What to do, or the stated reason.
    pub help: String,
}

impl Finding {
    pub(crate) fn refused(code: &'static str, says: impl Into<String>) -> Self {
        Self {
            code,
            verdict: Verdict::Refused,
            id: None,
            says: says.into(),
            from: None,
            to: None,
            help: String::new(),
        }
    }

    pub(crate) fn warning(code: &'static str, says: impl Into<String>) -> Self {
        Self {
            verdict: Verdict::Warning,
            ..Self::refused(code, says)
        }
    }

    pub(crate) fn of(mut self, id: &str) -> Self {
        self.id = Some(id.to_owned());
        self
    }

    pub(crate) fn between(
        mut self,
        from: &(impl ToString + ?Sized),
        to: &(impl ToString + ?Sized),
    ) -> Self {
        self.from = Some(from.to_string());
        self.to = Some(to.to_string());
        self
    }

    pub(crate) fn was(mut self, from: &(impl ToString + ?Sized)) -> Self {
        self.from = Some(from.to_string());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// With a reason it is no longer refused.
    pub(crate) fn unless(mut self, reason: Option<&str>) -> Self {
        if let Some(reason) = reason {
            self.verdict = Verdict::Stated;
            reason.trim().clone_into(&mut self.help);
        }
        self
    }
}

//! Owns why a question is not answered, and how OSV.dev's gateway says so: `{"code":3,"message":".."}`.
//! Must never repeat more of a question than a line.

/// Longest message, in characters: a message may hold what was asked, which strangers write.
const LONGEST: usize = 200;

/// What kind of refusal it is: the codes of gRPC, as far as they occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// The question is wrong.
    InvalidArgument,
    /// There is no such record, or no such address.
    NotFound,
    /// The address takes another method.
    Unimplemented,
    /// There is no room for it, now or ever.
    ResourceExhausted,
    /// It took too long to arrive.
    DeadlineExceeded,
    /// There is nothing to answer from.
    Unavailable,
}

impl Code {
    /// The number that stands for it.
    pub fn number(self) -> u8 {
        match self {
            Self::InvalidArgument => 3,
            Self::DeadlineExceeded => 4,
            Self::NotFound => 5,
            Self::ResourceExhausted => 8,
            Self::Unimplemented => 12,
            Self::Unavailable => 14,
        }
    }
}

/// Why a question is not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    code: Code,
    message: String,
}

impl Refusal {
    /// A refusal with its reason.
    pub fn new(code: Code, message: &str) -> Self {
        let message = message.chars().take(LONGEST).collect();
        Self { code, message }
    }

    pub(crate) fn invalid(message: &str) -> Self {
        Self::new(Code::InvalidArgument, message)
    }

    /// The same for one question of a batch.
    pub(crate) fn at(self, index: usize) -> Self {
        let message = format!("error in query at index {index}: {}", self.message);
        Self::new(self.code, &message)
    }

    /// Its kind.
    pub fn code(&self) -> Code {
        self.code
    }

    /// As clients read it.
    pub fn json(&self) -> Vec<u8> {
        let (code, message) = (self.code.number(), &self.message);
        serde_json::json!({ "code": code, "message": message })
            .to_string()
            .into_bytes()
    }
}

//! Owns the files with which a host publishes a feed: what is merged, each day, and what pull requests are told.
//! Must never name a key: each is a secret of the host, and of one job.

/// Whose pipelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Host {
    /// GitHub Actions and Pages
    Github,
    /// GitLab CI/CD and Pages
    Gitlab,
}

/// What both call.
const SITE: (&str, &str) = ("ci/site.sh", include_str!("../ci/site.sh"));

impl Host {
    /// Path and text of each file.
    pub(crate) fn files(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Github => vec![
                SITE,
                (
                    ".github/workflows/publish.yml",
                    include_str!("../ci/github/publish.yml"),
                ),
                (
                    ".github/workflows/heartbeat.yml",
                    include_str!("../ci/github/heartbeat.yml"),
                ),
                (
                    ".github/workflows/pages.yml",
                    include_str!("../ci/github/pages.yml"),
                ),
                (
                    ".github/workflows/pull-request.yml",
                    include_str!("../ci/github/pull-request.yml"),
                ),
            ],
            Self::Gitlab => vec![
                SITE,
                (".gitlab-ci.yml", include_str!("../ci/gitlab/gitlab-ci.yml")),
            ],
        }
    }
}

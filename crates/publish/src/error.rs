//! Owns what can stop a publication, in sentences that say what to do.
//! Must never be returned once readers see the new tree.

use std::path::PathBuf;

/// Why nothing was published. The old tree is untouched.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The output would be swapped with something that is read from.
    #[error(
        "`{out}` is inside or around `{input}`, which is read from; choose another output directory"
    )]
    InsideInput {
        /// The output directory.
        out: PathBuf,
        /// What is read.
        input: PathBuf,
    },
    /// Swapping would put the link, not the site, in its place.
    #[error("`{0}` is a symbolic link; name the directory itself")]
    Symlink(PathBuf),
    /// There is a file in the way.
    #[error("`{0}` is not a directory")]
    NotADirectory(PathBuf),
    /// What is there would be lost.
    #[error(
        "`{out}` is not empty and was not made by caveat ({reason}); choose another output directory, or empty it"
    )]
    NotOurs {
        /// The output directory.
        out: PathBuf,
        /// What its list lacks.
        reason: String,
    },
    /// Somebody else's file lies in a tree of ours.
    #[error(
        "`{path}` in `{out}` was not made by caveat and would be lost; move it away, or choose another output directory"
    )]
    Stranger {
        /// The output directory.
        out: PathBuf,
        /// The file in it.
        path: String,
    },
    /// A file of ours that somebody changed.
    #[error(
        "`{path}` in `{out}` is not what was signed: somebody changed it, and that would be lost; keep a copy and remove it, or choose another output directory"
    )]
    Edited {
        /// The output directory.
        out: PathBuf,
        /// The file in it.
        path: String,
    },
    /// What is there cannot be read.
    #[error(transparent)]
    Verify(#[from] caveat_verify::Error),
    /// A path without a last part, such as `/` or `..`.
    #[error("`{0}` cannot be an output directory")]
    Nameless(PathBuf),
    /// Two builds at once.
    #[error("another build is writing to `{0}`; wait for it")]
    Busy(PathBuf),
    /// The operating system says no: no space, no permission.
    #[error("cannot write `{path}`: {source}")]
    Write {
        /// Which file or directory.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
}

impl Error {
    pub(crate) fn write(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Write { path, source }
    }
}

//! Owns finding and reading what people wrote: from a git commit, or from the files as they lie there.
//! Must never interpret a file, write anything, or let the two ways differ for the same content.

mod branch;
mod changed;
mod commit;
mod contents;
mod earlier;
mod error;
mod fetch;
mod graph;
mod history;
mod kept;
mod past;
mod place;
mod private;
mod remote;
mod roots;
mod trees;
mod walk;
mod work_tree;

pub use branch::{SECRETS, Tip, tip};
pub use changed::{changed_since, path_in_repository};
pub use commit::{commit, git_directories, uncommitted};
pub use contents::{Held, contents_ever};
pub use error::Error;
pub use fetch::{cached, fetch, in_one_line, is_remote, without_login};
pub use graph::History;
pub use history::names_ever;
pub use past::{Recall, past};
pub use place::DIRECTORIES;
pub use private::{is_committable, is_in_repository, tag_names, tag_with};
pub use remote::origin;
pub use work_tree::{root_above, work_tree};

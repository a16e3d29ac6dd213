//! Owns the look for a release that shows a fix before the advisory does: tags with its commits, tags of its version.
//! Must never be silent where nobody could look.

use std::path::Path;

use caveat_check::{AffectedPackage, Early};
use caveat_derive::naming;
use caveat_load::{tag_names, tag_with};
use caveat_versions::{Interval, Version};

use super::{Mail, MailFault};
use crate::args::Args;
use crate::cmd::derive::names;
use crate::failure::Failure;
use crate::output;

/// A fix in a tag is a fix that everybody can read.
pub(super) fn not_released(args: &Args, mail: &Mail, early: &Early) -> Result<(), Failure> {
    let Some(path) = &mail.repository else {
        output::warning(
            "nobody looked whether a public tag has the fix: name a clone with --repository",
        );
        return Ok(());
    };
    let repository = args.directory.join(path);
    for row in &early.entry.affected {
        let tag = match tag_with(&repository, &row.fixed_by)? {
            None => named(&repository, early, row)?,
            tag => tag,
        };
        if let Some(tag) = tag {
            return Err(MailFault::Released { tag, repository }.into());
        }
    }
    Ok(())
}

/// A tag that names the version with the fix; a warning where none could be told.
fn named(
    repository: &Path,
    early: &Early,
    row: &AffectedPackage,
) -> Result<Option<String>, Failure> {
    let fixes = row.branches.iter().filter_map(Interval::fixed);
    let fixes: Vec<Version> = fixes.cloned().collect();
    let title = &row.package.title;
    let unseen = |why: &str| {
        output::warning(&format!(
            "nobody looked whether a public tag has the fix of {title}: {why}"
        ));
        Ok(None)
    };
    if fixes.is_empty() && row.fixed_by.is_empty() {
        return unseen("the advisory names neither a fixed version nor `fixed-by`");
    }
    let Some(order) = row.package.ecosystem.order().filter(|_| !fixes.is_empty()) else {
        return Ok(None);
    };
    let mut packages = early.project.packages.iter();
    let declared = packages.find(|package| package.key == row.package.key);
    let patterns = declared.map_or(&[][..], |package| &package.tags);
    let tags = tag_names(repository)?;
    let (tag, any) = naming(
        patterns,
        &names(&row.package.name, declared),
        order,
        &tags,
        &fixes,
    );
    if tag.is_none() && !any && row.fixed_by.is_empty() && !tags.is_empty() {
        return unseen(
            "no tag of the clone names a version of it; say how they do in caveat.toml, with `tags`",
        );
    }
    Ok(tag.map(str::to_owned))
}

//! Owns the part of the file that a SECURITY.md cannot know: feed, packages, mail.
//! Must never make a placeholder look like a fact.

use std::ops::Range;

use crate::facts::{Facts, Route};
use crate::settings::{Origin, Settings};
use crate::write::sheet::{Sheet, string};

const NOWHERE: Range<usize> = 0..0;

pub(super) fn write(sheet: &mut Sheet<'_>, facts: &Facts, settings: &Settings) {
    sheet.header("[feed]");
    setting(
        sheet,
        "name",
        &settings.name,
        "the name of the feed, for people",
    );
    setting(
        sheet,
        "url",
        &settings.url,
        "the https address of the site, without a slash at the end",
    );
    setting(
        sheet,
        "id-prefix",
        &settings.id_prefix,
        "`x_` and letters, or a prefix that is registered with OSV",
    );
    setting(
        sheet,
        "license",
        &settings.license,
        "the licence of the texts, an SPDX expression",
    );
    packages(sheet, facts, settings);
    mail(sheet, facts, settings);
}

fn setting(sheet: &mut Sheet<'_>, key: &str, (value, origin): &(String, Origin), what: &str) {
    match origin {
        Origin::Said => {}
        Origin::Guessed(why) => sheet.origin(&NOWHERE, Some(why)),
        Origin::Open => sheet.remark(&format!("to be filled in: {what}")),
    }
    sheet.key(key, &string(value));
}

fn packages(sheet: &mut Sheet<'_>, facts: &Facts, settings: &Settings) {
    let (Some(ecosystem), false) = (&settings.ecosystem, settings.packages.is_empty()) else {
        sheet.gap();
        sheet.open(&[
            "to be filled in: the packages that advisories name",
            "[[package]]",
            "ecosystem = \"PyPI\"",
            "name = \"the name in the registry\"",
        ]);
        if let Some(said) = &facts.repository {
            sheet.remark(&format!("repository = {}", string(&said.value)));
        }
        return;
    };
    for name in &settings.packages {
        sheet.header("[[package]]");
        sheet.key("ecosystem", &string(ecosystem));
        sheet.key("name", &string(name));
        if let Some(said) = &facts.repository {
            sheet.text("repository", said);
        }
    }
}

/// A list that the text names, from the first address that takes mail.
fn mail(sheet: &mut Sheet<'_>, facts: &Facts, settings: &Settings) {
    let Some(list) = facts.lists.first() else {
        return;
    };
    let address = |route: &Route| {
        route
            .url
            .as_ref()?
            .value
            .strip_prefix("mailto:")
            .map(str::to_owned)
    };
    let from = facts
        .routes
        .iter()
        .find_map(address)
        .unwrap_or_else(|| list.value.clone());
    let name = settings.name.0.replace(['<', '>', '"'], "");
    sheet.header("[mail]");
    sheet.origin(&NOWHERE, Some("the first address of the policy"));
    sheet.key("from", &string(&format!("{name} <{from}>")));
    for (nth, list) in facts.lists.iter().enumerate() {
        let doubted = facts.routes.iter().any(|route| {
            let url = route
                .url
                .as_ref()
                .map(|url| url.value.trim_start_matches("mailto:"));
            url == Some(list.value.as_str()) && route.doubted
        });
        sheet.header("[[mail.list]]");
        sheet.origin(&list.at, Some("a name for files"));
        let name = if nth == 0 {
            "announce".to_owned()
        } else {
            format!("announce-{}", nth + 1)
        };
        sheet.key("name", &string(&name));
        sheet.text("to", list);
        sheet.key("style", "\"project\"");
        if doubted {
            sheet.key("state", "\"planned\"");
        }
    }
}

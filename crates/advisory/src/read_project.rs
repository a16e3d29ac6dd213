//! Owns the shape of `caveat.toml`: one line per key.
//! Must never know what makes a value right beyond its type.

use caveat_diag::Report;

use crate::fields::Fields;
use crate::read_policy::policy;
use crate::read_site::site;
use crate::{
    Announcement, Csaf, Cve, Disputed, Document, Draft, Feature, Feed, Mail, MailList, Package,
    Project, Redirect, RuleSetting, State, Vex, Widen,
};

impl Document<Project> {
    /// Reads `caveat.toml`. `None` only if something was reported.
    pub fn read(draft: Draft, report: &mut Report) -> Option<Self> {
        Self::read_with(draft, report, project)
    }
}

fn project(f: &mut Fields<'_, '_, '_>) -> Option<Project> {
    let feed = f.required_table("feed", feed);
    let packages = f.tables("package", package);
    let mail = f.table("mail", mail);
    let csaf = f.table("csaf", csaf);
    let cve = f.table("cve", cve);
    let vex = f.table("vex", vex);
    let policy = f.required_table("policy", policy);
    let announcements = f.tables("announcement", announcement);
    let disputed = f.tables("disputed", disputed);
    let site = f.table("site", |f| Some(site(f))).unwrap_or_default();
    let redirects = f.tables("redirect", redirect);
    let rules = f.tables("rule", rule);
    Some(Project {
        feed: feed?,
        packages,
        mail,
        csaf,
        cve,
        vex,
        policy: policy?,
        announcements,
        disputed,
        site,
        redirects,
        rules,
    })
}

fn feed(f: &mut Fields<'_, '_, '_>) -> Option<Feed> {
    let (name, url) = (f.required("name"), f.required("url"));
    let (id_prefix, license) = (f.required("id-prefix"), f.required("license"));
    let corrections = f.optional("corrections");
    let id_digits: Option<u8> = f.optional("id-digits");
    Some(Feed {
        name: name?,
        url: url?,
        id_prefix: id_prefix?,
        license: license?,
        id_digits: id_digits.unwrap_or(4),
        corrections,
        widen: f.optional("widen").unwrap_or(Widen::Allow),
    })
}

fn package(f: &mut Fields<'_, '_, '_>) -> Option<Package> {
    let (ecosystem, name) = (f.required("ecosystem"), f.required::<String>("name"));
    let (key, title) = (f.optional("key"), f.optional("title"));
    let (repository, purl) = (f.optional("repository"), f.optional("purl"));
    let features = f.tables("feature", feature);
    let name = name?;
    Some(Package {
        key: key.unwrap_or_else(|| name.clone()),
        title: title.unwrap_or_else(|| name.clone()),
        ecosystem: ecosystem?,
        name,
        repository,
        purl,
        tags: f.list("tags"),
        releases: f.list("releases"),
        features,
    })
}

fn feature(f: &mut Fields<'_, '_, '_>) -> Option<Feature> {
    let name = f.required("name");
    Some(Feature {
        since: f.optional("since"),
        removed: f.optional("removed"),
        name: name?,
    })
}

fn mail(f: &mut Fields<'_, '_, '_>) -> Option<Mail> {
    let from = f.required("from");
    Some(Mail {
        lists: f.tables("list", list),
        from: from?,
    })
}

fn list(f: &mut Fields<'_, '_, '_>) -> Option<MailList> {
    let (name, to, style) = (f.required("name"), f.required("to"), f.required("style"));
    Some(MailList {
        name: name?,
        to: to?,
        style: style?,
        reply_to: f.optional("reply-to"),
        audience: f.optional("audience"),
        archive: f.optional("archive"),
        state: f.optional("state").unwrap_or(State::Live),
    })
}

fn announcement(f: &mut Fields<'_, '_, '_>) -> Option<Announcement> {
    let (at, severity) = (f.required("at"), f.required("severity"));
    Some(Announcement {
        at: at?,
        severity: severity?,
    })
}

fn disputed(f: &mut Fields<'_, '_, '_>) -> Option<Disputed> {
    let (id, state, reason) = (f.required("id"), f.required("state"), f.required("reason"));
    Some(Disputed {
        url: f.optional("url"),
        id: id?,
        state: state?,
        reason: reason?,
    })
}

fn csaf(f: &mut Fields<'_, '_, '_>) -> Option<Csaf> {
    let category = f.required("category");
    Some(Csaf {
        name: f.optional("name"),
        namespace: f.optional("namespace"),
        mirror: f.optional("mirror").unwrap_or(false),
        category: category?,
    })
}

fn cve(f: &mut Fields<'_, '_, '_>) -> Option<Cve> {
    let (org, short) = (
        f.required("assigner-org-id"),
        f.required("assigner-short-name"),
    );
    Some(Cve {
        vendor: f.optional("vendor"),
        not_ours: f.list("not-ours"),
        assigner_org_id: org?,
        assigner_short_name: short?,
    })
}

fn vex(f: &mut Fields<'_, '_, '_>) -> Option<Vex> {
    let (author, role) = (f.required("author"), f.required("role"));
    Some(Vex {
        author: author?,
        role: role?,
    })
}

fn redirect(f: &mut Fields<'_, '_, '_>) -> Option<Redirect> {
    let (from, to) = (f.required("from"), f.required("to"));
    Some(Redirect {
        from: from?,
        to: to?,
    })
}

fn rule(f: &mut Fields<'_, '_, '_>) -> Option<RuleSetting> {
    let code = f.required("code");
    Some(RuleSetting {
        level: f.optional("level"),
        published_since: f.optional("published-since"),
        code: code?,
    })
}

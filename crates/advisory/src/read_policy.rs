//! Owns the shape of `[policy]`: one line per key.
//! Must never know what makes a value right beyond its type.
#![expect(
    clippy::unnecessary_wraps,
    reason = "every reader of a table has this shape"
)]

use crate::fields::Fields;
use crate::{
    Bounty, Calendar, Channel, Claim, Clock, Contact, CreditRule, Disclosure, Guidance, Packager,
    Policy, PolicyDocument, Release, ReportForm, ReportKey, SafeHarbour, Scope, SeverityClass,
    State, SupportRow,
};

type F<'t, 'r, 'a> = Fields<'t, 'r, 'a>;

pub(crate) fn policy(f: &mut F<'_, '_, '_>) -> Option<Policy> {
    Some(Policy {
        document: f.table("document", document),
        maturity: f.optional("maturity"),
        severities: f.tables("severity", severity),
        support_default: f.optional("support-default"),
        support: f.tables("support", support),
        contacts: f.tables("contact", contact),
        report: f.table("report", report),
        calendar: f.table("calendar", calendar),
        clock: f.table("clock", clock),
        disclosure: f.table("disclosure", disclosure),
        release: f.table("release", release),
        packagers: f.tables("packager", packager),
        channels: f.tables("channel", channel),
        bulletin: f.optional("bulletin"),
        credit: f.table("credit", credit),
        safe_harbour: f.table("safe-harbour", safe_harbour),
        bounty: f.table("bounty", bounty),
        keys: f.tables("key", key),
        scope: f.table("scope", scope),
        claims: f.tables("claim", claim),
        guidance: f.tables("guidance", guidance),
    })
}

fn document(f: &mut F<'_, '_, '_>) -> Option<PolicyDocument> {
    let (version, updated) = (f.required("version"), f.required("updated"));
    let next_review = f.required("next-review");
    Some(PolicyDocument {
        version: version?,
        updated: updated?,
        next_review: next_review?,
    })
}

fn severity(f: &mut F<'_, '_, '_>) -> Option<SeverityClass> {
    let (id, label) = (f.required::<String>("id"), f.optional("label"));
    let definition = f.required("definition");
    let cvss = band(f);
    let (fix, review) = (f.optional("fix"), f.optional("review"));
    let (cve, notify) = (f.optional("cve"), f.list("notify"));
    let id = id?;
    Some(SeverityClass {
        label: label.unwrap_or_else(|| id.clone()),
        id,
        definition: definition?,
        cvss,
        fix,
        review,
        cve,
        notify,
    })
}

fn band(f: &mut F<'_, '_, '_>) -> Option<(f64, f64)> {
    let band: Vec<f64> = f.list("cvss");
    match band[..] {
        [] => None,
        [low, high] if low <= high => Some((low, high)),
        _ => {
            f.fault(
                "`cvss` is the lowest and the highest score of the class",
                "write `cvss = [7.0, 8.9]`",
            );
            None
        }
    }
}

fn support(f: &mut F<'_, '_, '_>) -> Option<SupportRow> {
    let (package, versions) = (f.optional("package"), f.required("versions"));
    let (label, status) = (f.optional("label"), f.required("status"));
    Some(SupportRow {
        package,
        label,
        from: f.optional("from"),
        until: f.optional("until"),
        versions: versions?,
        status: status?,
    })
}

fn contact(f: &mut F<'_, '_, '_>) -> Option<Contact> {
    let (name, url) = (f.required("name"), f.optional("url"));
    Some(Contact {
        url,
        state: f.optional("state").unwrap_or(State::Live),
        urgent: f.optional("urgent").unwrap_or(false),
        name: name?,
    })
}

fn report(f: &mut F<'_, '_, '_>) -> Option<ReportForm> {
    Some(ReportForm {
        wanted: f.list("wanted"),
        subject: f.optional("subject"),
        template: f.optional("template"),
        never: f.list("never"),
        issues: f.optional("issues"),
    })
}

fn calendar(f: &mut F<'_, '_, '_>) -> Option<Calendar> {
    let time_zone = f.required("time-zone");
    Some(Calendar {
        holidays: f.list("holidays"),
        time_zone: time_zone?,
    })
}

fn clock(f: &mut F<'_, '_, '_>) -> Option<Clock> {
    Some(Clock {
        acknowledge: f.optional("acknowledge"),
        assess: f.optional("assess"),
        update: f.optional("update"),
        public: f.list("public"),
        legal: f.list("legal"),
    })
}

fn disclosure(f: &mut F<'_, '_, '_>) -> Option<Disclosure> {
    Some(Disclosure {
        longest: f.optional("longest"),
        exploited: f.optional("exploited"),
        avoid: f.list("avoid"),
        terms: f.optional("terms"),
    })
}

fn release(f: &mut F<'_, '_, '_>) -> Option<Release> {
    Some(Release {
        bump: f.optional("bump"),
        notes: f.optional("notes"),
    })
}

fn packager(f: &mut F<'_, '_, '_>) -> Option<Packager> {
    let (name, url) = (f.required("name"), f.required("url"));
    let (key, lead) = (f.optional("key"), f.required("lead"));
    Some(Packager {
        key,
        subject: f.optional("subject"),
        may_deploy: f.optional("may-deploy").unwrap_or(false),
        terms: f.optional("terms"),
        name: name?,
        url: url?,
        lead: lead?,
    })
}

fn channel(f: &mut F<'_, '_, '_>) -> Option<Channel> {
    let name = f.required("name");
    Some(Channel {
        url: f.optional("url"),
        state: f.optional("state").unwrap_or(State::Live),
        name: name?,
    })
}

fn credit(f: &mut F<'_, '_, '_>) -> Option<CreditRule> {
    Some(CreditRule {
        places: f.list("places"),
    })
}

fn safe_harbour(f: &mut F<'_, '_, '_>) -> Option<SafeHarbour> {
    let (version, date) = (f.required("version"), f.required("date"));
    let text = f.required("text");
    Some(SafeHarbour {
        version: version?,
        date: date?,
        text: text?,
    })
}

fn bounty(f: &mut F<'_, '_, '_>) -> Option<Bounty> {
    let state = f.required("state");
    Some(Bounty {
        url: f.optional("url"),
        state: state?,
    })
}

fn key(f: &mut F<'_, '_, '_>) -> Option<ReportKey> {
    let (fingerprint, url) = (f.required("fingerprint"), f.required("url"));
    Some(ReportKey {
        expires: f.optional("expires"),
        fingerprint: fingerprint?,
        url: url?,
    })
}

fn scope(f: &mut F<'_, '_, '_>) -> Option<Scope> {
    Some(Scope {
        inside: f.list("inside"),
        outside: f.list("outside"),
    })
}

fn claim(f: &mut F<'_, '_, '_>) -> Option<Claim> {
    let says = f.required("says");
    Some(Claim {
        evidence: f.optional("evidence"),
        date: f.optional("date"),
        says: says?,
    })
}

fn guidance(f: &mut F<'_, '_, '_>) -> Option<Guidance> {
    let (title, text) = (f.required("title"), f.required("text"));
    Some(Guidance {
        title: title?,
        text: text?,
    })
}

//! Owns which fields of an advisory the policy keeps from readers.
//! Must never call a field private that a page shows.

use caveat_advisory::{Event, Policy};
use caveat_clock::Promise;

/// Is this a time, or the excuse of a clock, that readers do not see?
pub fn is_private(policy: &Policy, field: &str) -> bool {
    let public = policy.clock.as_ref().map_or(&[][..], |clock| &clock.public);
    if public.is_empty() {
        return false;
    }
    match field.split_once('.') {
        Some(("timeline", event)) => public.iter().all(|one| one.as_str() != event),
        Some(("late-reason", key)) => {
            let mut clocks = Promise::ALL.iter();
            !clocks.any(|clock| clock.reason_key() == Some(key) && shown(*clock, policy, public))
        }
        _ => false,
    }
}

/// Is a clock shown, for whatever severity?
fn shown(clock: Promise, policy: &Policy, public: &[Event]) -> bool {
    let begins = policy.severities.iter().filter_map(|class| {
        let target = clock.target(policy, &class.id)?;
        Some(target.after.unwrap_or(clock.starts()))
    });
    let ends = clock.ends().is_none_or(|end| public.contains(&end));
    ends && begins.into_iter().any(|start| public.contains(&start))
}

#[cfg(test)]
mod tests {
    use caveat_advisory::Policy;

    use super::is_private;
    use crate::tests::project;

    fn private(clock: &str) -> Vec<&'static str> {
        let project = project(&format!("[policy.clock]\nacknowledge = \"2 d\"\n{clock}"));
        let policy: &Policy = &project.policy;
        let fields = [
            "timeline.reported",
            "timeline.discovered",
            "timeline.updates",
            "late-reason.acknowledge",
            "severity",
        ];
        let mut all = fields.to_vec();
        all.retain(|field| is_private(policy, field));
        all
    }

    #[test]
    fn a_field_is_private_only_where_no_page_shows_it() {
        assert_eq!(private(""), Vec::<&str>::new());
        assert_eq!(
            private("public = [\"reported\", \"acknowledged\"]"),
            ["timeline.discovered", "timeline.updates"]
        );
        assert_eq!(
            private("public = [\"reported\"]"),
            [
                "timeline.discovered",
                "timeline.updates",
                "late-reason.acknowledge"
            ]
        );
    }
}

//! Owns what a root may say of keys and roles, whoever signed it.

use super::*;

/// The reason for a second root that reads so.
fn root_as(change: impl FnOnce(&mut BTreeMap<String, Value>)) -> Flaw {
    let mut feed = Feed::new();
    let bytes = forged(feed.pinned(), &[1, 2], change);
    feed.tree.insert("2.root.json".to_owned(), bytes);
    match feed.reason() {
        Reason::Flaw(file, flaw) if file == "2.root.json" => flaw,
        other => panic!("{other}"),
    }
}

#[test]
fn keys_of_other_kinds_are_refused() {
    let with = |name: &str, value: &str| {
        root_as(|fields| {
            let one = inner(fields, &["keys", &key(1).id().to_string()]);
            one.insert(name.to_owned(), Value::text(value));
        })
    };
    assert_eq!(with("keytype", "rsa"), Flaw::KeyType("rsa".to_owned()));
    assert_eq!(
        with("scheme", "ed25519ph"),
        Flaw::Scheme("ed25519ph".to_owned())
    );
}

#[test]
fn roles_have_keys_that_can_reach_their_threshold() {
    let with = |name: &str, value: Value| {
        root_as(|fields| {
            inner(fields, &["roles", "timestamp"]).insert(name.to_owned(), value);
        })
    };
    assert_eq!(
        with("threshold", Value::Number(0)),
        Flaw::ThresholdZero(Role::Timestamp)
    );
    assert_eq!(
        with("threshold", Value::Number(2)),
        Flaw::Unreachable(Role::Timestamp, 2, 1)
    );
}

fn ids(numbers: &[u8]) -> Value {
    let ids = numbers.iter().map(|number| Value::text(&key(*number).id()));
    Value::List(ids.collect())
}

#[test]
fn roles_name_keys_that_are_listed_once_each_and_in_order() {
    let with = |name: &str, value: Value| {
        root_as(|fields| {
            inner(fields, &["roles", "timestamp"]).insert(name.to_owned(), value);
        })
    };
    assert_eq!(with("keyids", ids(&[])), Flaw::NoKeys(Role::Timestamp));
    let twice = ids(&[FRESHNESS, FRESHNESS]);
    assert_eq!(
        with("keyids", twice),
        Flaw::RepeatedKey(Role::Timestamp, key(FRESHNESS).id())
    );
    let unknown = key(9).id().to_string();
    assert_eq!(
        with("keyids", ids(&[9])),
        Flaw::UnknownKey(Role::Timestamp, unknown)
    );
    assert_eq!(
        with("keyids", ids(&[PUBLISH])),
        Flaw::IdleKey(key(FRESHNESS).id())
    );
    let mut two = [FRESHNESS, PUBLISH];
    two.sort_by_key(|number| std::cmp::Reverse(key(*number).id()));
    assert_eq!(with("keyids", ids(&two)), Flaw::Order("keyids"));
}

#[test]
fn a_fifth_role_is_refused() {
    let fifth = root_as(|fields| {
        inner(fields, &["roles"]).insert("mirrors".to_owned(), Value::Map(BTreeMap::new()));
    });
    assert_eq!(fifth, Flaw::Unexpected("signed.roles.mirrors".to_owned()));
}

#[test]
fn a_root_without_consistent_snapshots_is_refused() {
    let flaw = root_as(|fields| {
        fields.insert("consistent_snapshot".to_owned(), Value::Bool(false));
    });
    assert_eq!(flaw, Flaw::NotConsistent);
}

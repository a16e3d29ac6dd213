//! Owns the proof that each thing that is wrong with a signature, a key or a hand is named.
//! Must never accept a refusal for another reason.

use super::*;

#[test]
fn a_signature_that_is_not_good_says_why() {
    let (certificate, text) = signed(&Number::new(1));
    let (_, strange) = signed(&Number::new(2));
    let now = at("2027-12-01T00:00:00Z");
    let why = |text: &str, file: &[u8], now| certificate.verify(text, file, now).expect_err("bad");
    let windows = String::from_utf8_lossy(FILE).replace('\n', "\r\n");
    assert_eq!(why(&text, windows.as_bytes(), now), Flaw::LineEnds);
    assert_eq!(why(&text, b"{}\n", now), Flaw::Mismatch);
    let other = owner(&Number::new(2), None).expect("good").fingerprint();
    assert_eq!(why(&strange, FILE, now), Flaw::Key(other));
    let until = at("2029-11-21T00:00:00Z");
    assert_eq!(why(&text, FILE, until), Flaw::Expired(until));
    let made = at("2027-11-22T12:00:00Z");
    assert_eq!(
        why(&text, FILE, at("2027-01-01T00:00:00Z")),
        Flaw::Future(made)
    );
    for other in [
        text.replace('\n', "\r\n"),
        text.clone() + "\n",
        certificate.as_str().to_owned(),
        String::new(),
    ] {
        assert_eq!(why(&other, FILE, now), Flaw::Form("OpenPGP signature"));
    }
}

#[test]
fn a_signature_over_crlf_text_is_refused_whoever_made_it() {
    let (certificate, text) = signed(&Number::new(1));
    let mut bytes = dearmour(Kind::Signature, &text).expect("ours");
    // The second byte of the body says of what the signature is.
    bytes[3] = 1;
    let text = armour(Kind::Signature, &bytes);
    let now = at("2027-12-01T00:00:00Z");
    assert_eq!(certificate.verify(&text, FILE, now), Err(Flaw::Text));
    // As GnuPG writes packets.
    bytes[0] = 0x88;
    let text = armour(Kind::Signature, &bytes);
    assert_eq!(certificate.verify(&text, FILE, now), Err(Flaw::Text));
    bytes[3] = 0;
    let text = armour(Kind::Signature, &bytes);
    let form = Err(Flaw::Form("OpenPGP signature"));
    assert_eq!(certificate.verify(&text, FILE, now), form);
}

#[test]
fn a_signature_must_be_made_while_its_key_is_good() {
    let hand = Number::new(1);
    let (certificate, _) = signed(&hand);
    let later = Owner::new(
        hand.1,
        "x",
        at("2026-11-22T00:00:00Z"),
        Some(at("2029-11-22T00:00:00Z")),
    );
    let seal = Seal::new(
        &later.expect("good"),
        Arc::new(hand.clone()),
        at("2027-01-01T00:00:00Z"),
    )
    .expect("good");
    let text = seal.sign(FILE, at("2029-11-21T12:00:00Z")).expect("signed");
    let now = at("2029-11-30T00:00:00Z");
    let until = at("2029-11-21T00:00:00Z");
    assert_eq!(
        certificate.verify(&text, FILE, now),
        Err(Flaw::AfterKey(until))
    );
    let never = seal.sign(FILE, at("2029-11-22T00:00:00Z"));
    assert!(matches!(never, Err(SealError::Unproven(Flaw::AfterKey(_)))));
}

#[test]
fn nothing_is_signed_with_a_key_that_is_not_good_now() {
    let hand = Number::new(1);
    let why = |until: Option<&str>, now: &str| {
        let owner = owner(&hand, until).expect("good");
        Seal::new(&owner, Arc::new(hand.clone()), at(now))
            .map(|_| ())
            .expect_err("refused")
            .to_string()
    };
    for (until, now, reason) in [
        (
            None,
            "2026-11-21T23:59:59Z",
            "it is from the future: 2026-11-22T00:00:00Z",
        ),
        (
            None,
            "2029-11-21T00:00:00Z",
            "the key expired at 2029-11-21T00:00:00Z",
        ),
        (None, "2029-10-23T00:00:00Z", "the key ends in 29 days"),
        (
            Some("2036-01-01T00:00:00Z"),
            "2027-01-01T00:00:00Z",
            "more than 1095 days ahead",
        ),
    ] {
        assert!(why(until, now).contains(reason), "{}", why(until, now));
    }
}

#[test]
fn the_end_of_a_key_is_near_half_a_year_before_it() {
    let owner = owner(&Number::new(1), None).expect("good");
    for (now, standing) in [
        ("2026-11-21T00:00:00Z", Standing::NotYet),
        ("2026-11-22T00:00:00Z", Standing::Good),
        ("2029-05-25T00:00:00Z", Standing::Good),
        ("2029-05-25T00:00:01Z", Standing::EndsSoon(179)),
        ("2029-10-22T00:00:00Z", Standing::EndsSoon(30)),
        ("2029-10-23T00:00:00Z", Standing::TooShort(29)),
        ("2029-11-20T23:59:59Z", Standing::TooShort(0)),
        ("2029-11-21T00:00:00Z", Standing::Ended),
    ] {
        assert_eq!(owner.standing(at(now)), standing, "{now}");
    }
}

#[test]
fn a_hand_that_signs_something_else_is_found_out() {
    let liar = Liar(Number::new(1));
    let owner = owner(&liar, None).expect("good");
    let why = Certificate::make(&owner, &liar).map(|_| ());
    assert!(matches!(why, Err(SealError::Unproven(Flaw::Mismatch))));
}

#[test]
fn digests_that_do_not_fit_are_named_though_the_signature_does() {
    let (certificate, signature) = signed(&Number::new(1));
    let digest = |bits, of: &[u8]| match bits {
        256 => caveat_artifact::sha256(of),
        _ => Sha512::digest(of)
            .iter()
            .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}")),
    };
    let line = |bits, of: &[u8]| format!("{}  a.json\n", digest(bits, of));
    let now = at("2027-12-01T00:00:00Z");
    let said = |sha256: &str, sha512: &str, file: &[u8]| {
        let beside = Beside {
            sha256,
            sha512,
            signature: &signature,
        };
        certificate.vouches("a.json", file, &beside, now)
    };
    let good = [line(256, FILE), line(512, FILE)];
    assert!(said(&good[0], &good[1], FILE).is_ok());
    for (sha256, sha512, flaw) in [
        (line(256, FILE), line(512, b"{}"), Flaw::Digest("sha512")),
        (line(256, b"{}"), line(512, FILE), Flaw::Digest("sha256")),
        (
            line(256, FILE),
            line(512, FILE).replace("a.json", "b.json"),
            Flaw::Digest("sha512"),
        ),
        (line(256, FILE), String::new(), Flaw::Digest("sha512")),
    ] {
        assert_eq!(said(&sha256, &sha512, FILE), Err(flaw));
    }
    // Digests of other bytes are anybody's to write.
    assert_eq!(
        said(&line(256, b"{}"), &line(512, b"{}"), b"{}"),
        Err(Flaw::Mismatch)
    );
}

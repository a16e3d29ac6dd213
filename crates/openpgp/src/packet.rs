//! Owns how OpenPGP writes things: packets, lengths, numbers and the parts of a signature (RFC 9580, 3 to 5).
//! Must never judge what it wraps.

/// Public-key packet.
pub(crate) const KEY: u8 = 6;
/// User ID packet.
pub(crate) const USER: u8 = 13;
/// Signature packet.
pub(crate) const SIGNATURE: u8 = 2;

/// Appends a packet, in the newer form.
pub(crate) fn put_packet(out: &mut Vec<u8>, tag: u8, body: &[u8]) {
    out.push(0xc0 | tag);
    put_length(out, body.len());
    out.extend_from_slice(body);
}

/// Takes a packet of this tag from the front: its body, and what follows.
pub(crate) fn take_packet(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (length, rest) = take_length(bytes.strip_prefix(&[0xc0 | tag])?)?;
    rest.split_at_checked(length)
}

fn put_length(out: &mut Vec<u8>, length: usize) {
    match length {
        0..192 => out.push(length.to_le_bytes()[0]),
        192..8384 => {
            let [low, high, ..] = (length - 192).to_le_bytes();
            out.extend_from_slice(&[high + 192, low]);
        }
        _ => {
            out.push(255);
            let length = u32::try_from(length).unwrap_or(u32::MAX);
            out.extend_from_slice(&length.to_be_bytes());
        }
    }
}

fn take_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    match first {
        0..192 => Some((usize::from(*first), rest)),
        192..224 => {
            let (second, rest) = rest.split_first()?;
            let high = usize::from(*first) - 192;
            Some(((high << 8) + usize::from(*second) + 192, rest))
        }
        255 => {
            let (length, rest) = rest.split_first_chunk::<4>()?;
            Some((usize::try_from(u32::from_be_bytes(*length)).ok()?, rest))
        }
        _ => None,
    }
}

/// Appends a number: how many bits it has, and its bytes without zeros before it.
pub(crate) fn put_number(out: &mut Vec<u8>, number: &[u8]) {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    let number = &number[zeros..];
    let spare = number.first().map_or(0, |byte| byte.leading_zeros());
    let bits = u32::try_from(number.len() * 8).unwrap_or(u32::MAX) - spare;
    let bits = u16::try_from(bits).unwrap_or(u16::MAX);
    out.extend_from_slice(&bits.to_be_bytes());
    out.extend_from_slice(number);
}

/// Takes a number of at most `N` bytes, with zeros before it.
pub(crate) fn take_number<const N: usize>(bytes: &[u8]) -> Option<([u8; N], &[u8])> {
    let (bits, rest) = bytes.split_first_chunk::<2>()?;
    let length = usize::from(u16::from_be_bytes(*bits)).div_ceil(8);
    let (digits, rest) = rest.split_at_checked(length)?;
    let mut number = [0; N];
    number
        .get_mut(N.checked_sub(length)?..)?
        .copy_from_slice(digits);
    Some((number, rest))
}

/// Appends a part of a signature: its length, its kind, what it says.
pub(crate) fn put_part(out: &mut Vec<u8>, kind: u8, data: &[u8]) {
    put_length(out, data.len() + 1);
    out.push(kind);
    out.extend_from_slice(data);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_are_written_as_in_the_examples_of_the_standard() {
        for (length, bytes) in [
            (100, vec![0x64]),
            (1723, vec![0xc5, 0xfb]),
            (100_000, vec![0xff, 0x00, 0x01, 0x86, 0xa0]),
        ] {
            let mut out = Vec::new();
            put_length(&mut out, length);
            assert_eq!(out, bytes);
            assert_eq!(take_length(&out), Some((length, [].as_slice())));
        }
    }

    #[test]
    fn numbers_are_written_as_in_the_examples_of_the_standard() {
        for (number, bytes) in [
            ([0, 1].as_slice(), [0, 1, 1].as_slice()),
            (&[1, 0xff], &[0, 9, 1, 0xff]),
            (&[0, 0], &[0, 0]),
        ] {
            let mut out = Vec::new();
            put_number(&mut out, number);
            assert_eq!(out, bytes);
        }
        assert_eq!(take_number::<1>(&[0, 9, 1, 0xff]), None);
    }

    proptest! {
        #[test]
        fn packets_are_read_back(body in prop::collection::vec(any::<u8>(), 0..9000), after in any::<u8>()) {
            let mut out = Vec::new();
            put_packet(&mut out, USER, &body);
            let after = [after];
            out.extend_from_slice(&after);
            prop_assert_eq!(take_packet(&out, USER), Some((body.as_slice(), after.as_slice())));
            prop_assert_eq!(take_packet(&out, KEY), None);
        }

        #[test]
        fn numbers_are_read_back(number in any::<[u8; 32]>(), zeros in 0usize..32) {
            let mut number = number;
            number[..zeros].fill(0);
            let mut out = Vec::new();
            put_number(&mut out, &number);
            prop_assert_eq!(take_number::<32>(&out), Some((number, [].as_slice())));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = (take_packet(&bytes, SIGNATURE), take_number::<33>(&bytes), take_length(&bytes));
        }
    }
}

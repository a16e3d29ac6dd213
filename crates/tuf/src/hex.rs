//! Owns lower-case hexadecimal of a fixed length.
//! Must never read what it would write otherwise: `AB` is not `ab`.

/// Writes bytes as hexadecimal.
pub(crate) fn write(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value & 15)]);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(*byte)])
        .collect()
}

/// Reads exactly `N` bytes.
pub(crate) fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Some(bytes)
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn hexadecimal_is_lower_case_and_of_one_length() {
        assert_eq!(super::write(&[0x00, 0x9f, 0xff]), "009fff");
        assert_eq!(super::read("009fff"), Some([0x00, 0x9f, 0xff]));
        for wrong in ["009fF0", "009ff", "009ffff", "009ff g", "0x9fff", ""] {
            assert_eq!(super::read::<3>(wrong), None, "{wrong}");
        }
    }
}

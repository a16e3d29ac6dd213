//! Owns lower-case hexadecimal of a fixed length.
//! Must never read what it would write otherwise: `AB` is not `ab`.

/// Writes bytes as hexadecimal.
pub(crate) fn write(bytes: &[u8]) -> String {
    base16ct::lower::encode_string(bytes)
}

/// Reads exactly `N` bytes.
pub(crate) fn read<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let read = base16ct::lower::decode(text, &mut bytes).ok()?;
    (read.len() == N).then_some(bytes)
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

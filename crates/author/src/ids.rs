//! Owns which number is the next one of a year.
//! Must never give a number that was ever taken: gaps stay gaps.

/// The numbers of one feed and one year that are taken.
#[derive(Clone, Debug)]
pub struct Numbers {
    stem: String,
    digits: usize,
    highest: u32,
}

impl Numbers {
    /// Nothing taken yet. A number has at least `digits`.
    pub fn new(prefix: &str, year: i16, digits: u8) -> Self {
        Self {
            stem: format!("{prefix}-{year:04}-"),
            digits: usize::from(digits),
            highest: 0,
        }
    }

    /// Notes an id, or a file name, that was in use; those of other years and feeds do not matter.
    pub fn taken(&mut self, name: &str) {
        let id = name.strip_suffix(".toml").unwrap_or(name);
        let number = id
            .strip_prefix(&self.stem)
            .and_then(|number| number.parse().ok());
        self.highest = self.highest.max(number.unwrap_or(0));
    }

    /// Takes the next free id.
    pub fn take(&mut self) -> String {
        self.highest = self.highest.saturating_add(1);
        format!(
            "{}{:0digits$}",
            self.stem,
            self.highest,
            digits = self.digits
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_number_follows_the_highest_of_its_year_and_feed() {
        let mut numbers = Numbers::new("x_T", 2026, 4);
        for name in [
            "x_T-2026-0002.toml",
            "x_T-2025-0009",
            "x_U-2026-0008",
            "x_T-2026-x",
            "notes.toml",
        ] {
            numbers.taken(name);
        }
        assert_eq!(numbers.take(), "x_T-2026-0003");
        numbers.taken("x_T-2026-9999");
        assert_eq!(numbers.take(), "x_T-2026-10000");
    }
}

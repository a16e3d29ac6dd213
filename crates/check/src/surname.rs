//! Owns the words that are names and words of the language at once.
//! Must never hold a name that is nothing else: it would be let be in small letters.

/// Last words of the names of companies and teams, which are words of the language.
pub(crate) const NO_FAMILY: [&str; 21] = [
    "Company",
    "Corporation",
    "Finder",
    "Foundation",
    "Group",
    "Institute",
    "Labs",
    "Limited",
    "Network",
    "Project",
    "Reporter",
    "Research",
    "Researcher",
    "Scanner",
    "Security",
    "Software",
    "Solutions",
    "Systems",
    "Team",
    "Technologies",
    "University",
];

/// Two letters that are words in small letters.
pub(crate) const SHORT_WORDS: [&str; 24] = [
    "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no",
    "of", "on", "or", "so", "to", "up", "us", "we",
];

/// Families of four letters or more whose name stands in sentences about software.
const WORDS: &str = " ames ball banks barber baker bell berry best bird bishop black bloom bond book boot booth bower \
    branch brown buck bush butler cash carpenter carter castle chance chase church clay cliff cole cook cooper craft \
    crane cross curry dean drew early falls farmer field fields finder fisher flood flowers foreman forest foster \
    fountain fowler free freed freeman frost gamble gates glass gold golden good grace grant graves gray green hacker \
    hale hall hand hands hard hardy head hill hold holder hook hooks hope house hunt hunter jobs jump kernel key keys \
    king knight lake lamb lane large last latch law leader levy lightfoot link little loader lock locke long love \
    major mark marks marsh mason masters match mercer merchant messenger mile miles miller mills mixer money moody \
    moon more nail night noble north page pages pace pack packer paine paint painter park parker parks parser patch \
    pierce pike piper pitt place plant pool poole pope porter post potter pound power powers price prime prince proper \
    quick rain rains reader reed rice rich ring rivers road rock roots rose rush sadler salt sands savage search self \
    sharp shell shepherd shield short silver singer single skinner slack small smart smith snow south spark sparks \
    speed spring stack stark steel steele still stone storm strange street strong summer summers swan sweet swift \
    table tailor taylor temple test tester thorn thrower tower towers town train trainer tree true turner vale wade \
    walker wall walls ward waters weaver web weeks well wells west wheel wheeler white wild wilder wind winner winter \
    winters wise wolf wood woods word words worker works worth wright writer young ";

/// Is a family name, in small letters, a word of the language? Four letters are so too often.
pub(crate) fn is_word(family: &str) -> bool {
    let word = format!(" {} ", family.to_lowercase());
    family.chars().count() < 5 || WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::is_word;

    #[test]
    fn a_family_that_is_nothing_else_is_told_from_one_that_is_a_word() {
        assert!(is_word("Young") && is_word("Page") && is_word("Chen"));
        assert!(!is_word("Quokkason"));
    }
}

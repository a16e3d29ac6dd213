//! Owns why each oddity matters, and what to do about it, for `caveat explain`.
//! Must never say what an oddity is: the list of oddities does.

use crate::ODDITIES;

/// The page of one oddity.
#[derive(Clone, Copy, Debug)]
pub struct Explanation {
    /// Its code.
    pub code: &'static str,
    /// Why it matters to those who rely on the text.
    pub why: &'static str,
    /// What to do about it, in SECURITY.md and in caveat.toml.
    pub instead: &'static str,
}

impl Explanation {
    /// What is odd, as a sentence without a full stop.
    pub fn says(&self) -> &'static str {
        let oddity = ODDITIES.iter().find(|oddity| oddity.code == self.code);
        // This one is told before there is a text to look at.
        oddity.map_or("the file is not UTF-8", |oddity| oddity.says)
    }
}

const fn page(code: &'static str, why: &'static str, instead: &'static str) -> Explanation {
    Explanation { code, why, instead }
}

/// A page for each oddity, in the order of docs/adopting.md.
pub static EXPLANATIONS: &[Explanation] = &[
    page(
        "adopt-support-overlap",
        "Who runs such a version reads in one row that it gets fixes and in the other that it does not.",
        "End each row where the next begins: `>= 1.0.0, < 1.1.0`, then `>= 1.1.0`. Mind pre-releases, which come before their version.",
    ),
    page(
        "adopt-support-gap",
        "Users of versions that no row names cannot know whether they are covered, and will guess in their own favour.",
        "Add a row for the rest, or `support-default = \"end-of-life\"` in `[policy]`.",
    ),
    page(
        "adopt-support-unreleased",
        "A promise about a version that nobody can install is no promise, and tells readers that the table is not kept.",
        "Give it `status = \"unreleased\"` until it is there, and take out what never was.",
    ),
    page(
        "adopt-status-symbol",
        "Screen readers, plain terminals and search do not show what a tick or a cross means, and colours are lost in print.",
        "Write the word: `status` is `full`, `security`, `end-of-life` or `unreleased`.",
    ),
    page(
        "adopt-support-unread",
        "A row that says too little is left out of caveat.toml, so the promise in it is lost.",
        "Give the row both: which versions, as a range, and their status.",
    ),
    page(
        "adopt-support-several",
        "Rows of two products in one list say of each what only the other promises.",
        "Write `package` into each `[[policy.support]]`, and take up the rows that are comments.",
    ),
    page(
        "adopt-severity-undefined",
        "Two people give one flaw two classes where neither knows what a class means, and times hang on the class.",
        "Say in one sentence what harm puts a flaw into it: `definition` of `[[policy.severity]]`.",
    ),
    page(
        "adopt-fix-before-assessment",
        "Nobody can keep a step that is due before the one that it needs: one of the two times will be missed.",
        "Give each step no less time than the one before it.",
    ),
    page(
        "adopt-schedule-conflict",
        "Reporters hold you to the shorter time, and the team works to the longer one.",
        "Keep one of the two. `caveat policy` writes the times from caveat.toml, each once.",
    ),
    page(
        "adopt-time-range",
        "A time with two ends promises its later end only, and is read as its earlier one.",
        "Promise the later end: `fix = \"48 h\"` for `24-48 hours`.",
    ),
    page(
        "adopt-calendar-missing",
        "Whether a business day is over depends on where one sits and which days are free there.",
        "Name both in `[policy.calendar]`: `time-zone` and `holidays`. Or promise days.",
    ),
    page(
        "adopt-no-interval",
        "Something that comes regularly, and not by when, is never late, so nobody can rely on it.",
        "Name the longest time between two: `update = \"7 d\"` in `[policy.clock]`, `bulletin = \"quarter\"` in `[policy]`.",
    ),
    page(
        "adopt-placeholder",
        "Reports that are sent to nobody stay unread, and the finder believes that you know.",
        "Write what works today. What is planned gets `state = \"planned\"`, and is shown as such.",
    ),
    page(
        "adopt-list-is-intake",
        "Whoever subscribes to the list reads confidential reports before there is a fix.",
        "Give reports and the list an address each: `[[policy.contact]]` and `[[mail.list]]`.",
    ),
    page(
        "adopt-missing-referent",
        "Readers cannot use a list, a group or a person that they cannot find.",
        "Write the address or link beside the promise, or take the promise out.",
    ),
    page(
        "adopt-free-mail",
        "Such a mailbox belongs to one person. When that person is ill or leaves, reports are lost, and the name may be given to somebody else.",
        "Use an address at a domain of the project, read by several people, or the private form of the forge.",
    ),
    page(
        "adopt-single-route",
        "Where the only way fails, by a full mailbox or a filter, nobody hears of the flaw.",
        "Name a second way, such as the private form of the forge: another `[[policy.contact]]`.",
    ),
    page(
        "adopt-foreign-domain",
        "Reports go to the owner of that domain, who may not be you, or may not be for long.",
        "Make sure that the domain is yours and will stay so; link to the pages of this project, not to those it was copied from.",
    ),
    page(
        "adopt-bare-address",
        "An address that is no link is typed by hand, and mistyped.",
        "Write `<security@example.org>` or a `mailto:` link.",
    ),
    page(
        "adopt-date-incomplete",
        "A month is thirty days long: whether a promise was kept in it cannot be said.",
        "Write the whole date: `2026-05-31`.",
    ),
    page(
        "adopt-review-overdue",
        "A text that is looked at every quarter, and was not, is a promise that was broken in public.",
        "Read the policy again, then set `updated` and `next-review` in `[policy.document]`.",
    ),
    page(
        "adopt-version-of-product",
        "A text that counts as the product does seems to change with every release, and its own changes cannot be seen.",
        "Count the versions of the text by themselves: `version = \"2\"` in `[policy.document]`.",
    ),
    page(
        "adopt-disclosure-open",
        "Without a latest time a flaw can be kept quiet for ever, and finders publish when they lose patience.",
        "Name one: `longest = \"90 d\"` in `[policy.disclosure]`.",
    ),
    page(
        "adopt-exploited-unfixed",
        "While a flaw is used against people, silence until the fix helps only the attackers.",
        "Say how soon users hear of it: `exploited = \"7 d\"` in `[policy.disclosure]`.",
    ),
    page(
        "adopt-disclosure-words",
        "`Responsible` calls those irresponsible who act otherwise, and says nothing of what you will do.",
        "Say `coordinated` throughout.",
    ),
    page(
        "adopt-cve-rule",
        "`Where appropriate` leaves it to the day. Scanners that look for CVE ids miss the rest.",
        "Decide for each class: `cve` of `[[policy.severity]]`.",
    ),
    page(
        "adopt-safe-harbour-undated",
        "Researchers must be able to show which promise held on the day of their test.",
        "Give the text `version` and `date` in `[policy.safe-harbour]`, and keep the old ones.",
    ),
    page(
        "adopt-safe-harbour-statute",
        "A promise under the law of one country says nothing to researchers elsewhere, and perhaps not what you think.",
        "Let a lawyer say which laws are meant. The text is kept word for word.",
    ),
    page(
        "adopt-claim-absolute",
        "The first exception makes the claim untrue, and an advisory is an exception.",
        "Say what is done and how it can be seen: `says` and `evidence` of `[[policy.claim]]`.",
    ),
    page(
        "adopt-claim-evidence",
        "Nobody can tell a claim that is true from one that was copied.",
        "Link to the report or the job that shows it: `evidence` of `[[policy.claim]]`.",
    ),
    page(
        "adopt-language",
        "Promises are found by English words. In another language only addresses, links, dates and versions are read, and nothing of what is promised about them.",
        "Write the promises of the text into caveat.toml by hand; `caveat policy` then writes SECURITY.md in English.",
    ),
    page(
        "adopt-mojibake",
        "The text was read in the wrong encoding and saved so: names, quotes and symbols can no longer be read.",
        "Take the fix that is offered, or write again what stood there; save as UTF-8.",
    ),
    page(
        "adopt-broken-sentence",
        "An empty line in a sentence makes two paragraphs of it, neither of which says anything.",
        "Join the two.",
    ),
    page(
        "adopt-final-newline",
        "Tools that read line by line lose the last line, or join it with what is appended.",
        "End the file with a line feed.",
    ),
    page(
        "adopt-too-long",
        "What is so long was not read, so a promise in it is not in caveat.toml.",
        "Break the lines, keep to the policy, and move the rest to a text of its own.",
    ),
    page(
        "adopt-kept-as-guidance",
        "Nothing checks a text that is only kept: a promise in it is made, and nobody hears when it is broken.",
        "Move what is a promise to its key, and take out what is said elsewhere.",
    ),
    page(
        "adopt-not-understood",
        "These lines are not in caveat.toml: once SECURITY.md is written from it, they are gone.",
        "Move what is a promise to its key, or add the text as `[[policy.guidance]]`.",
    ),
    page(
        "adopt-partly-read",
        "A time, an address or a condition of this line is in no value of caveat.toml: once SECURITY.md is written from it, it is gone.",
        "Look at the comment `not taken over` in caveat.toml, and move what is a promise to its key.",
    ),
    page(
        "adopt-encoding",
        "Most readers take the file for UTF-8, and see wrong letters. Here the encoding was guessed.",
        "Save the file as UTF-8, and compare what was understood with the text.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_oddity_has_its_page_and_every_page_an_oddity() {
        let oddities = ODDITIES.iter().map(|oddity| oddity.code);
        let wanted: Vec<&str> = oddities.chain(["adopt-encoding"]).collect();
        let pages: Vec<&str> = EXPLANATIONS.iter().map(|page| page.code).collect();
        assert_eq!(pages, wanted, "add a page to explain.rs for each oddity");
    }

    #[test]
    fn the_table_of_the_docs_is_the_list_of_pages() {
        let docs = include_str!("../../../docs/adopting.md");
        let table: Vec<&str> = docs
            .lines()
            .filter(|line| line.starts_with("| `adopt-"))
            .collect();
        let row = |page: &Explanation| format!("| `{}` | {} |", page.code, page.says());
        let wanted: Vec<String> = EXPLANATIONS.iter().map(row).collect();
        assert_eq!(table, wanted);
    }

    #[test]
    fn a_page_is_whole_sentences() {
        for page in EXPLANATIONS {
            for text in [page.why, page.instead] {
                assert!(text.ends_with('.') && !text.contains('\n'), "{}", page.code);
            }
        }
    }

    #[test]
    fn the_keys_that_a_page_names_are_there() {
        for page in EXPLANATIONS {
            for name in named_tables(page.instead) {
                let (top, key) = name.split_once('.').unwrap_or((name, ""));
                let form = caveat_advisory::PROJECT
                    .key(top)
                    .and_then(|key| key.shape.form());
                let known = form.is_some_and(|form| key.is_empty() || form.key(key).is_some());
                assert!(known, "{}: {name}", page.code);
            }
        }
    }

    /// `[policy.clock]`, `[[mail.list]]`
    fn named_tables(text: &'static str) -> impl Iterator<Item = &'static str> {
        let code = text.split('`').skip(1).step_by(2);
        code.filter_map(|code| Some(code.strip_prefix('[')?.trim_matches(['[', ']'])))
    }
}

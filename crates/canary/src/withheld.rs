//! Owns all that is withheld from readers, as words to look for.
//! Must never give the words away: they can be added, spared and searched for, and no more.

use std::collections::BTreeSet;
use std::fmt;

use caveat_advisory::Consent;
use rayon::prelude::*;

use crate::eye::Eye;
use crate::fold::fold;
use crate::search::Search;
use crate::secret::{Secret, Source, What, loosen};

/// Secrets of what is not published.
#[derive(Clone, Default)]
pub struct Withheld {
    pub(crate) secrets: Vec<Secret>,
    pub(crate) allowed: Vec<Allowed>,
    /// Was nothing found in all that the site is made of?
    quiet: bool,
}

/// A name that may be told in some places, with all other names in it.
#[derive(Clone)]
pub(crate) struct Allowed {
    words: Vec<u8>,
    pub(crate) places: BTreeSet<Consent>,
}

/// Shorter words are English, or a name that others have too.
const PLAIN_WORD: usize = 18;
/// The same for words with capitals within.
const CAMEL_WORD: usize = 12;
/// A line with more words is looked for in parts.
const LONGEST_LINE: usize = 16;

impl Withheld {
    /// Is there anything to look for?
    pub fn is_empty(&self) -> bool {
        self.secrets.is_empty()
    }

    /// Withholds one thing of a file, unless it is too common to be told from what others say.
    pub fn keep(&mut self, source: &Source, what: What, text: &str) {
        self.secrets.extend(Secret::all(source, what, text));
    }

    /// Withholds a name from everywhere but some places.
    pub fn keep_name(&mut self, source: &Source, name: &str, places: &BTreeSet<Consent>) {
        let secret = Secret::all(source, What::Name, name).into_iter();
        self.secrets.extend(secret.map(|secret| Secret {
            places: places.clone(),
            ..secret
        }));
    }

    /// Lets a name or an address stand in some places, whatever withheld names are a part of it.
    pub fn allow(&mut self, name: &str, places: &BTreeSet<Consent>) {
        let words = fold(name.as_bytes()).trim_ascii().to_vec();
        if words.contains(&b' ') && !places.is_empty() {
            let places = places.clone();
            self.allowed.push(Allowed { words, places });
        }
    }

    /// Withholds the lines of a text, and those of its words that are hardly English.
    pub fn keep_text(&mut self, source: &Source, text: &str) {
        for (number, line) in (1..).zip(text.split('\n')) {
            let many = text.trim_end().contains('\n');
            let source = if many {
                source.line(number)
            } else {
                source.clone()
            };
            for sentence in line.split(". ").flat_map(|part| part.split('。')) {
                let words = fold(sentence.as_bytes());
                let words = String::from_utf8_lossy(&words);
                let words: Vec<&str> = words.split_whitespace().collect();
                for part in parts(&words) {
                    self.keep(&source, What::Line, &part.join(" "));
                }
            }
            let tokens = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            for word in tokens.filter(|word| is_rare(word)) {
                self.keep(&source, What::Word, word);
            }
        }
    }

    /// Forgets what is said in these texts anyway: whoever finds it elsewhere learns nothing.
    /// Names of flaws are looked for all the same: a text that tells one is at fault itself.
    pub fn spare<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        self.spare_if(texts, |what| what != What::Id);
    }

    /// The same for texts that may be at fault themselves: commits are looked for all the same, too.
    pub fn spare_words<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        self.spare_if(texts, |what| !matches!(what, What::Id | What::Commit));
    }

    /// Forgets all that these say, names of flaws too: they are public, or nobody's.
    pub fn spare_all<'t>(&mut self, ids: impl IntoIterator<Item = &'t str>) {
        self.spare_if(ids, |_| true);
    }

    /// Looks into all that a site is made of, where only names and how they were agreed to are withheld: a site that is made of
    /// nothing that names them need not be rendered to know. `named` are texts with the place in which they are to stand.
    pub fn look_into<'t>(
        &mut self,
        sources: impl ParallelIterator<Item = &'t [u8]>,
        named: impl IntoIterator<Item = (&'t str, Consent)>,
    ) {
        self.unite();
        let people = |secret: &Secret| matches!(secret.what, What::Name | What::Evidence);
        if !self.secrets.iter().all(people) {
            return;
        }
        let eye = Eye::new(self.clone());
        let mut named = named.into_iter();
        let told = named.any(|(text, place)| !eye.told(text.as_bytes(), place).is_empty());
        self.quiet = !told && !sources.any(|source| eye.sees(source));
    }

    /// Is it known that nothing is told? Only [`Withheld::look_into`] makes it so, and only a fault of the program could then tell.
    pub fn is_quiet(&self) -> bool {
        self.is_empty() || self.quiet
    }

    /// For the secrets, then for the allowed names.
    pub(crate) fn search(&self) -> Option<Search> {
        if self.is_empty() {
            return None;
        }
        let secrets = self.secrets.iter();
        let secrets = secrets.map(|secret| (&secret.words[..], secret.may_go_on()));
        let allowed = self.allowed.iter().map(|name| (&name.words[..], false));
        Search::new(secrets.chain(allowed))
    }

    fn spare_if<'t>(
        &mut self,
        texts: impl IntoIterator<Item = &'t str>,
        may: impl Fn(What) -> bool + Sync,
    ) {
        self.unite();
        let Some(search) = self.search() else {
            return;
        };
        let texts: Vec<&str> = texts.into_iter().collect();
        let said = |text: &&str| {
            let mut words = fold(text.as_bytes());
            let mut said: Vec<usize> = search.found(&words).map(|(at, _)| at).collect();
            if may(What::Id) {
                loosen(&mut words);
                said.extend(search.found(&words).map(|(at, _)| at));
            }
            said
        };
        let said: Vec<Vec<usize>> = texts.par_iter().map(said).collect();
        let said: BTreeSet<usize> = said.into_iter().flatten().collect();
        // Who knows an id in one spelling knows it in all.
        let ids: BTreeSet<Vec<u8>> = said.iter().filter_map(|at| self.glued(*at)).collect();
        let is_said =
            |at: usize| said.contains(&at) || self.glued(at).is_some_and(|id| ids.contains(&id));
        let said: Vec<bool> = (0..self.secrets.len()).map(is_said).collect();
        let mut said = said.into_iter();
        self.secrets
            .retain(|secret| !said.next().unwrap_or_default() || !may(secret.what));
    }

    /// A name of a flaw without spaces; of other secrets, nothing.
    fn glued(&self, at: usize) -> Option<Vec<u8>> {
        let secret = self.secrets.get(at)?;
        let letters = || secret.words.iter().copied().filter(|byte| *byte != b' ');
        (secret.what == What::Id).then(|| letters().collect())
    }

    /// Each secret once; a name may stand wherever one of its owners agreed.
    fn unite(&mut self) {
        self.secrets
            .sort_by(|a, b| (&a.words, a.what, &a.source).cmp(&(&b.words, b.what, &b.source)));
        self.secrets.dedup_by(|later, first| {
            let same = later.words == first.words;
            if same {
                first.places.append(&mut later.places);
            }
            same
        });
        self.secrets
            .retain(|secret| secret.places.len() < Consent::ALL.len());
    }
}

/// Parts of nearly one length: nobody copies half a line of few words.
fn parts<'w>(words: &'w [&'w str]) -> impl Iterator<Item = &'w [&'w str]> {
    let count = words.len().div_ceil(LONGEST_LINE).max(1);
    words.chunks(words.len().div_ceil(count).max(1))
}

fn is_rare(word: &str) -> bool {
    let digits = word.contains(|c: char| c.is_ascii_digit());
    let letters = word.contains(|c: char| c.is_ascii_alphabetic());
    let pairs = || word.as_bytes().windows(2);
    let camel = pairs().any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    let joined = word.trim_matches('_').contains('_');
    (digits && letters)
        || joined
        || (camel && word.len() >= CAMEL_WORD)
        || (letters && word.len() >= PLAIN_WORD)
}

impl fmt::Debug for Withheld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Withheld({})", self.secrets.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_anyway_is_no_secret() {
        let mut withheld = Withheld::default();
        let source = Source::new("a", "b");
        withheld.keep(&source, What::Title, "The loader trusts a length");
        withheld.keep(&source, What::Id, "CVE-2026-12345");
        assert_eq!(format!("{withheld:?}"), "Withheld(5)");
        withheld.spare(["Here, the *loader* trusts a length."]);
        assert_eq!(withheld.secrets.len(), 4);
        withheld.spare_words(["<p>cve-2026-12345</p>"]);
        assert_eq!(withheld.secrets.len(), 4);
        withheld.spare(["<p>cve-2026-12345</p>"]);
        assert_eq!(withheld.secrets.len(), 4);
        withheld.spare_all(["CVE_2026-12345"]);
        assert!(withheld.is_empty());
    }

    #[test]
    fn names_that_are_in_no_source_need_no_pages() {
        let agreed = BTreeSet::from([Consent::Thanks]);
        let quiet = |sources: &[&str], named: &[(&str, Consent)]| {
            let mut withheld = Withheld::default();
            withheld.keep_name(&Source::new("a", "b"), "Zoë Finder", &agreed);
            let sources: Vec<&[u8]> = sources.iter().map(|text| text.as_bytes()).collect();
            withheld.look_into(sources.into_par_iter(), named.iter().copied());
            withheld.is_quiet()
        };
        let name = "Zoë Finder";
        assert!(quiet(&["title = 'A flaw'"], &[(name, Consent::Thanks)]));
        assert!(!quiet(&[], &[(name, Consent::Advisory)]));
        assert!(!quiet(&["<p>Zo&euml; Finder"], &[]));
        let mut withheld = Withheld::default();
        withheld.keep(&Source::new("a", "b"), What::Id, "CVE-2026-12345");
        withheld.look_into(Vec::new().into_par_iter(), []);
        assert!(!withheld.is_quiet());
    }

    #[test]
    fn a_line_is_told_by_its_number_and_one_without_spaces_is_kept_in_parts() {
        let mut withheld = Withheld::default();
        let text = "Short.\n読み込みのときに任意のコードが実行される可能性があります。短い。";
        withheld.keep_text(&Source::new("a", "impact"), text);
        assert!(withheld.secrets.len() > 1);
        let source = withheld.secrets[0].source.to_string();
        assert_eq!(source, "impact, line 2 of it in `a`");
    }

    #[test]
    fn names_of_things_are_rare_and_english_is_not() {
        for word in [
            "torch_load_x",
            "sha256crypt",
            "CheckpointReader",
            "zanzibarquokkasecret",
        ] {
            assert!(is_rare(word), "{word}");
        }
        for word in [
            "deserialization",
            "JavaScript",
            "_emphasis_",
            "20261120",
            "vulnerability",
        ] {
            assert!(!is_rare(word), "{word}");
        }
    }

    #[test]
    fn a_long_line_is_found_by_any_of_its_parts() {
        let words: Vec<&str> = "a b c d e f g h i j k l m n o p q".split(' ').collect();
        let lengths: Vec<usize> = parts(&words).map(<[&str]>::len).collect();
        assert_eq!(lengths, [9, 8]);
        assert_eq!(parts(&[]).count(), 0);
    }
}

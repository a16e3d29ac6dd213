//! Owns the stories of people who ask which of two versions comes first.
//! Must never test an order in depth: orders have tests of their own.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use crate::repository::{Outcome, Repository};

/// Runs `caveat compare ECOSYSTEM -` with these lines on stdin.
fn compare(ecosystem: &str, lines: &[u8]) -> Outcome {
    let mut command = Repository::empty().command();
    command.args(["compare", ecosystem, "-"]).current_dir("/");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let lines = lines.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(&lines).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Outcome {
        code: output.status.code().unwrap(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

#[test]
fn two_versions_have_one_sign() {
    let room = Repository::empty();
    for (question, sign) in [
        ("PyPI 1.0rc1 1.0", "<\n"),
        ("Maven 1.0 1", "=\n"),
        ("Debian 1:0.1 9.9", ">\n"),
        ("Alpine 1.0-r1 1.0-r2", "<\n"),
        ("Alpine:v3.22 1.0_rc1 1.0", "<\n"),
        ("Go v1.10.0 v1.9.0", ">\n"),
    ] {
        assert_eq!(
            room.caveat(&format!("compare {question}")).exits(0).out,
            sign,
            "{question}"
        );
    }
}

#[test]
fn a_question_without_an_answer_is_a_sentence() {
    let room = Repository::empty();
    for (question, sentence) in [
        ("pypi 1 2", "did you mean `PyPI`?"),
        ("opam 1 2", "no order of the versions of opam is known"),
        ("npm banana 1.0.0", "`banana`"),
        ("npm 1.0.0", "one version alone cannot be compared"),
        ("npm:x 1.0.0 1.0.0", "`npm` has no releases"),
    ] {
        let said = room
            .caveat(&format!("compare {question}"))
            .exits(2)
            .says(sentence);
        assert!(said.out.is_empty(), "{question}");
    }
}

#[test]
fn pairs_from_a_pipe_get_a_sign_each_and_bad_lines_a_question_mark() {
    let long = "1".repeat(5000);
    let lines =
        format!("1.0.0 1.0.1\r\n1.0.0\t1.0.0\n\nx 1.0.0\n1 2 3\n{long} 1.0.0\n2.0.0   1.0.0");
    let said = compare("npm", lines.as_bytes()).exits(1);
    assert_eq!(said.out, "<\n=\n?\n?\n?\n?\n>\n");
    for number in 3..=6 {
        assert!(
            said.err.contains(&format!("line {number}: ")),
            "{}",
            said.err
        );
    }
    assert_eq!(said.err.lines().count(), 4, "{}", said.err);
    assert_eq!(compare("npm", b"1.0.0 \xff\n").exits(1).out, "?\n");
    assert_eq!(compare("npm", b"").exits(0).out, "");
}

/// Which ecosystem the beginning of a list's name stands for.
const LISTS: [(&str, &str); 12] = [
    ("alpine", "Alpine"),
    ("cran", "CRAN"),
    ("debian", "Debian"),
    ("hackage", "Hackage"),
    ("maven", "Maven"),
    ("nuget", "NuGet"),
    ("packagist", "Packagist"),
    ("pub", "Pub"),
    ("pypi", "PyPI"),
    ("redhat", "Red Hat"),
    ("rubygems", "RubyGems"),
    ("semver", "npm"),
];

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn the_shared_lists_of_comparisons_come_out_as_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/version-order");
    let Ok(files) = fs::read_dir(&folder) else {
        eprintln!("skipped: the shared lists of comparisons are not beside this checkout");
        return;
    };
    let mut told = 0;
    for file in files.map(|file| file.unwrap().path()) {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        if file.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let list = LISTS.iter().find(|(start, _)| name.starts_with(start));
        let (_, ecosystem) = list.unwrap_or_else(|| panic!("{name} is of no known ecosystem"));
        told += list_holds(&name, ecosystem, &fs::read_to_string(&file).unwrap());
    }
    assert!(told > 1000, "only {told} comparisons");
}

fn list_holds(name: &str, ecosystem: &str, text: &str) -> usize {
    let comment = |line: &&str| line.is_empty() || line.starts_with(['#', '/']);
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !comment(line))
        .collect();
    let words =
        |line: &str| -> Vec<String> { line.split_whitespace().map(str::to_owned).collect() };
    let pair = |line: &&str| {
        let words = words(line);
        format!("{} {}\n", words[0], words[2])
    };
    let pairs: Vec<String> = lines.iter().map(pair).collect();
    let said = compare(ecosystem, pairs.concat().as_bytes()).exits(0);
    assert_eq!(said.out.lines().count(), lines.len(), "{name}");
    for (line, sign) in lines.iter().zip(said.out.lines()) {
        assert_eq!(words(line)[1], sign, "{name}: {line}");
    }
    lines.len()
}

//! Owns the stories of programs that read what `caveat check` finds.
//! Must never prove a form by our own reading alone: strangers judge them in tests/interop.

use serde_json::Value;

use crate::repository::{NOW, Outcome, PROJECT, Repository, advisory, place};

/// Two findings; the project lies in a folder of the repository.
fn nested() -> Repository {
    let text = advisory(1)
        .replace("Flaw number 1", "Flaw, 100 %: number 1.")
        .replace("\"high\"", "\"hihg\"");
    let git = Repository::empty()
        .file("sub/caveat.toml", PROJECT)
        .file(&format!("sub/{}", place(1)), &text);
    git.commit(NOW)
}

fn parsed(said: &Outcome) -> Value {
    serde_json::from_str(&said.out).unwrap()
}

#[test]
fn every_form_names_the_same_findings_in_the_same_order() {
    let repository = nested();
    let run = |format: &str| {
        let said = repository.caveat(&format!("-C sub check --format {format}"));
        said.exits(1)
    };
    let codes = |list: &Value, key: &str| -> Vec<String> {
        let list = list.as_array().unwrap().iter();
        list.map(|found| found[key].as_str().unwrap().to_owned())
            .collect()
    };
    let expected = ["title-stop", "severity-class"];
    assert_eq!(codes(&parsed(&run("json"))["findings"], "code"), expected);
    assert_eq!(codes(&parsed(&run("gitlab")), "check_name"), expected);
    let sarif = parsed(&run("sarif"));
    assert_eq!(codes(&sarif["runs"][0]["results"], "ruleId"), expected);
    for (line, code) in run("github").out.lines().zip(expected) {
        assert!(line.contains(&format!(",title={code}::")), "{line}");
    }
    for (line, code) in run("short").err.lines().zip(expected) {
        assert!(line.contains(&format!("[{code}]")), "{line}");
    }
}

#[test]
fn services_are_told_paths_from_the_root_of_the_repository() {
    let repository = nested();
    let run = |format: &str| {
        let said = repository.caveat(&format!("-C sub check --format {format}"));
        said.exits(1)
    };
    let from_root = format!("sub/{}", place(1));
    assert_eq!(
        parsed(&run("gitlab"))[0]["location"]["path"],
        from_root.as_str()
    );
    let github = run("github").out;
    assert!(
        github.contains(&format!("::warning file={from_root},line=2,")),
        "{github}"
    );
    let sarif = parsed(&run("sarif"));
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], from_root.as_str());
}

#[test]
fn a_rule_of_sarif_leads_to_its_page_on_the_site() {
    let sarif = parsed(&nested().caveat("-C sub check --format sarif").exits(1));
    let driver = &sarif["runs"][0]["tool"]["driver"];
    let rules = driver["rules"].as_array().unwrap();
    let stop = rules
        .iter()
        .find(|rule| rule["id"] == "title-stop")
        .unwrap();
    assert_eq!(
        stop["helpUri"],
        "https://story.example.org/rules/title-stop/"
    );
}

#[test]
fn forms_for_programs_go_to_stdout_and_an_empty_one_is_still_a_document() {
    let repository = Repository::good();
    for format in ["json", "sarif", "gitlab"] {
        let said = repository
            .caveat(&format!("check --format {format}"))
            .exits(0);
        assert!(
            parsed(&said).is_object() || said.out == "[]\n",
            "{}",
            said.out
        );
        assert_eq!(said.err, "checked 1 advisory: nothing to say\n");
    }
    assert_eq!(repository.caveat("check --format github").exits(0).out, "");
}

#[test]
fn a_fingerprint_outlives_an_edit_above() {
    let stop = advisory(1).replace("number 1\"", "number 1.\"");
    let print = |text: &str| {
        let repository = Repository::empty()
            .file("caveat.toml", PROJECT)
            .file(&place(1), text);
        let said = repository.caveat("check --format gitlab").exits(0);
        parsed(&said)[0]["fingerprint"].as_str().unwrap().to_owned()
    };
    assert_eq!(print(&stop), print(&format!("# A remark.\n\n{stop}")));
}

//! Owns the stories of people who set up their shell and their manual.
//! Must never test what clap writes, only that all of it is there.

use std::fs;

use crate::repository::Repository;

#[test]
fn there_is_a_manual_page_for_each_command() {
    let room = Repository::empty();
    room.caveat("man --out man").exits(0);
    let help = room.caveat("--help").exits(0).out;
    let commands = help
        .split("Commands:\n")
        .nth(1)
        .unwrap()
        .split("\n\n")
        .next()
        .unwrap();
    for command in commands
        .lines()
        .filter_map(|line| line.split_whitespace().next())
    {
        if command != "help" {
            let page = fs::read_to_string(room.path(&format!("man/caveat-{command}.1"))).unwrap();
            assert!(page.contains(".SH NAME"), "{command}");
        }
    }
    assert!(room.caveat("man").exits(0).out.starts_with(".ie"));
}

#[test]
fn every_shell_gets_completions_that_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = Repository::empty()
            .caveat(&format!("completions {shell}"))
            .exits(0);
        assert!(
            said.out.contains("explain") && said.err.is_empty(),
            "{shell}"
        );
    }
}

//! Owns the stories of mail that is sent: on command only, each message once, and whose answer it is when nobody knows.
//! Must never talk to a server but its own, on this machine.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::mail::{embargoed, told};
use crate::repository::{NOW, PROJECT, Repository, advisory, place};

/// What a server does after the last dot of a message to this receiver.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// Takes it.
    Takes,
    /// Does not know the receiver.
    Refuses,
    /// Takes it, and is gone before it says so.
    Dies,
}

/// A mail server that knows as little as it has to.
struct Server {
    port: u16,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(second: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&taken);
        thread::spawn(move || {
            for stream in listener.incoming() {
                talk(&stream.unwrap(), second, &kept);
            }
        });
        Self { port, taken }
    }

    fn send(&self) -> String {
        format!(
            "mail x_STORY-2026-0001 --send smtp://127.0.0.1:{}",
            self.port
        )
    }

    fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

fn talk(stream: &TcpStream, second: Manner, taken: &Mutex<Vec<String>>) {
    let mut out = stream.try_clone().unwrap();
    let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes()).unwrap();
    let mut lines = BufReader::new(stream).lines();
    let mut manner = Manner::Takes;
    say("220 story");
    while let Some(Ok(line)) = lines.next() {
        match line.get(..4).unwrap_or_default() {
            "RCPT" => {
                let is_second = line.contains("second@");
                manner = if is_second { second } else { Manner::Takes };
                say(match manner {
                    Manner::Refuses => "550 nobody of that name",
                    _ => "250 ok",
                });
            }
            "DATA" => {
                say("354 go on");
                let text = lines.by_ref().map(Result::unwrap);
                let text: Vec<String> = text.take_while(|line| line != ".").collect();
                taken.lock().unwrap().push(text.join("\n"));
                if manner == Manner::Dies {
                    return;
                }
                say("250 taken");
            }
            "QUIT" => return say("221 bye"),
            _ => say("250 ok"),
        }
    }
}

fn two_lists() -> Repository {
    let second = "[[mail.list]]\nname = \"second\"\nto = \"second@story.example.org\"\nstyle = \"oss-security\"\n\n[policy]\n";
    // A line with a dot alone would end a message.
    let text = advisory(1).replace(
        "and writes past its buffer",
        "and writes\\n\\n```\\n.\\n.x\\n```",
    );
    Repository::empty()
        .file("caveat.toml", &PROJECT.replacen("[policy]\n", second, 1))
        .file(&place(1), &text)
        .commit(NOW)
}

#[test]
fn nothing_is_sent_without_a_yes_and_nothing_twice() {
    let (repository, server) = (two_lists(), Server::new(Manner::Takes));
    let dry = repository.caveat(&server.send()).exits(0);
    let dry = dry.says("announce@story.example.org  to send: [PyTorch security]");
    dry.says("nothing was sent; say --yes to send it");
    assert!(server.taken().is_empty());
    let yes = format!("{} --yes", server.send());
    repository.caveat(&yes).exits(0).says("sent to second@");
    let again = repository.caveat(&yes).exits(0);
    again
        .says(", and not again")
        .says("there is nothing to send");
    let taken = server.taken();
    assert_eq!(taken.len(), 2);
    repository.caveat("build --out ../site").exits(0);
    let built = repository.path("../site/mail/x_STORY-2026-0001/r1.announce.eml");
    let built = fs::read_to_string(built).unwrap().replace("\r\n", "\n");
    let dotted = |line: &str| format!("{}{line}\n", if line.starts_with('.') { "." } else { "" });
    assert_eq!(
        format!("{}\n", taken[0]),
        built.lines().map(dotted).collect::<String>()
    );
}

#[test]
fn a_receiver_that_is_refused_keeps_nobody_else_from_reading() {
    let (repository, server) = (two_lists(), Server::new(Manner::Refuses));
    let said = repository.caveat(&format!("{} --yes", server.send()));
    let said = said.exits(1).says("sent to announce@story.example.org");
    said.says("not sent to second@story.example.org");
    assert_eq!(server.taken().len(), 1);
    let other = Server::new(Manner::Takes);
    repository
        .caveat(&format!("{} --yes", other.send()))
        .exits(0);
    assert_eq!(other.taken().len(), 1);
}

#[test]
fn what_may_have_arrived_is_asked_about_and_never_sent_again_by_itself() {
    for (answer, more) in [("--arrived", 0), ("--resend", 1)] {
        let (repository, server) = (two_lists(), Server::new(Manner::Dies));
        let yes = format!("{} --yes", server.send());
        repository
            .caveat(&yes)
            .exits(2)
            .says("nobody knows whether it arrived");
        assert_eq!(server.taken().len(), 2);
        let other = Server::new(Manner::Takes);
        let yes = format!("{} --yes", other.send());
        repository
            .caveat(&yes)
            .exits(1)
            .says("say --arrived or --resend");
        assert!(other.taken().is_empty());
        repository.caveat(&format!("{yes} {answer}")).exits(0);
        repository.caveat(&yes).exits(0);
        assert_eq!(other.taken().len(), more);
    }
}

#[test]
fn what_cannot_be_sent_is_told_before_anything_is() {
    let (repository, server) = (two_lists(), Server::new(Manner::Takes));
    for (server, reason) in [
        ("mail.example.org", "is no mail server"),
        ("smtp://me:secret@127.0.0.1", "others see command lines"),
        ("smtp://127.0.0.1:1", "refused"),
    ] {
        let said = repository.caveat(&format!("mail x_STORY-2026-0001 --send {server} --yes"));
        assert!(!said.err.contains("secret"), "{}", said.err);
        said.exits(2).says(reason);
    }
    // Every address of this machine, and so not this machine alone.
    repository
        .caveat(&format!(
            "mail x_STORY-2026-0001 --send smtp://0.0.0.0:{} --yes",
            server.port
        ))
        .exits(2)
        .says("nothing is sent in the clear beyond this machine");
    let mut half = repository.command();
    half.args(server.send().split(' ')).arg("--yes");
    half.env("CAVEAT_SMTP_USER", "me");
    crate::repository::run(&mut half)
        .exits(2)
        .says("CAVEAT_SMTP_PASSWORD_FILE");
    let ledger = repository.path("../ledger");
    fs::write(&ledger, "somebody wrote this .\n").unwrap();
    repository
        .caveat(&format!("{} --yes --ledger ../ledger", server.send()))
        .exits(2)
        .says("ledger:1");
    let held = fs::File::create(repository.path("../held")).unwrap();
    held.lock().unwrap();
    repository
        .caveat(&format!("{} --yes --ledger ../held", server.send()))
        .exits(2)
        .says("wait until it ends");
    assert!(server.taken().is_empty());
}

#[test]
fn what_is_embargoed_never_goes_in_the_clear() {
    let (repository, server) = (embargoed(), Server::new(Manner::Takes));
    let send = format!("--send smtp://127.0.0.1:{} --yes", server.port);
    for kind in ["pre-disclosure", "reporter"] {
        repository
            .caveat(&format!("mail x_STORY-2026-0002 --kind {kind} {send}"))
            .exits(2)
            .says("does not encrypt");
    }
    // Nor by a time that lies ahead.
    told(&repository, &send)
        .exits(2)
        .says("cannot be used with");
    assert!(server.taken().is_empty());
}

//! Owns `caveat mail --send`: what would go to whom, the question whether it may, and what became of each message.
//! Must never send without a yes, what has to be encrypted first, or what the ledger leaves open.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::PathBuf;
use std::process::ExitCode;

use caveat_post::{Fate, Key, Ledger, Parcel, Server, Session};

use super::{Kind, Mail, MailFault, Message, word};
use crate::args::Args;
use crate::cmd::now;
use crate::failure::Failure;
use crate::key::{smtp_login, state_directory};
use crate::output;

/// One message on its way.
struct Letter {
    parcel: Parcel,
    subject: String,
}

/// Shows what would be sent, and sends it after a yes. 1 where a message did not go.
pub(super) fn run(
    args: &Args,
    mail: &Mail,
    messages: &[Message],
    server: &str,
) -> Result<ExitCode, Failure> {
    let server = Server::parse(server)?;
    let letters = messages.iter().map(letter);
    let letters: Vec<Letter> = letters.collect::<Result<_, _>>()?;
    let mut ledger = Ledger::open(&ledger_path(args, mail)?)?;
    show(&server, &letters, &ledger);
    if !confirmed(mail) {
        output::done("nothing was sent; say --yes to send it");
        return Ok(ExitCode::SUCCESS);
    }
    settle(mail, &letters, &mut ledger)?;
    let unsent = letters
        .iter()
        .filter(|one| ledger.fate(&one.parcel.key) == Fate::Unsent);
    let unsent: Vec<&Letter> = unsent.collect();
    let refused = deliver(&server, &unsent, &mut ledger)?;
    let open = left_open(&letters, &ledger);
    Ok(ExitCode::from(u8::from(refused + open > 0)))
}

/// Refuses what must not go in the clear, before anything is made.
pub(super) fn may_be_sent(mail: &Mail) -> Result<(), Failure> {
    match mail.kind {
        Some(kind @ (Kind::PreDisclosure | Kind::Reporter)) => {
            Err(MailFault::NotInTheClear(word(kind)).into())
        }
        _ => Ok(()),
    }
}

fn letter(message: &Message) -> Result<Letter, Failure> {
    let to = message.to.clone();
    let to = to.ok_or_else(|| MailFault::NoAddress(message.receiver.clone()))?;
    let from = message.from.rsplit_once('<');
    let from = from.map_or(message.from.as_str(), |(_, rest)| rest);
    Ok(Letter {
        parcel: Parcel {
            key: Key {
                id: message.id.clone(),
                to,
            },
            from: from.trim_end_matches('>').trim().to_owned(),
            bytes: message.message()?,
        },
        subject: message.subject.clone(),
    })
}

fn ledger_path(args: &Args, mail: &Mail) -> Result<PathBuf, Failure> {
    match &mail.ledger {
        Some(path) => Ok(args.directory.join(path)),
        None => Ok(state_directory()?.join("sent.ledger")),
    }
}

/// One line for each message: what would become of it, and why.
fn show(server: &Server, letters: &[Letter], ledger: &Ledger) {
    output::done(&format!("by {}", server.words()));
    for letter in letters {
        let key = &letter.parcel.key;
        let what = match ledger.fate(key) {
            Fate::Unsent => format!("to send: {}", letter.subject),
            Fate::Sent(at) => format!("sent at {at}, and not again: {}", letter.subject),
            Fate::Open(at) => {
                format!(
                    "begun at {at}, and nobody knows whether it arrived: {}",
                    letter.subject
                )
            }
        };
        output::done(&format!("  {}  {what}  <{}>", key.to, key.id));
    }
}

/// `--yes`, or the word typed by somebody who has read the lines above.
fn confirmed(mail: &Mail) -> bool {
    if mail.yes {
        return true;
    }
    let input = std::io::stdin();
    if !input.is_terminal() {
        return false;
    }
    output::say("type `yes` to send it: ");
    let mut answer = String::new();
    let read = input.lock().read_line(&mut answer);
    read.is_ok() && answer.trim() == "yes"
}

/// What somebody says of messages that were begun: nobody else can know.
fn settle(mail: &Mail, letters: &[Letter], ledger: &mut Ledger) -> Result<(), Failure> {
    for letter in letters {
        let key = &letter.parcel.key;
        let open = matches!(ledger.fate(key), Fate::Open(_));
        let at = now().to_string();
        match (open, mail.arrived, mail.resend) {
            (true, true, _) => ledger.arrived(key, &at)?,
            (true, _, true) => ledger.failed(key, &at)?,
            _ => {}
        }
    }
    Ok(())
}

/// Sends them one after the other; how many the server did not take.
fn deliver(server: &Server, letters: &[&Letter], ledger: &mut Ledger) -> Result<usize, Failure> {
    if letters.is_empty() {
        output::done("there is nothing to send");
        return Ok(0);
    }
    let login = smtp_login()?;
    let mut session = Session::open(server, login.as_ref())?;
    let mut refused = 0;
    for letter in letters {
        let clock = || now().to_string();
        match session.send(&letter.parcel, ledger, &clock)? {
            Ok(()) => output::done(&format!("sent to {}", letter.parcel.key.to)),
            Err(why) => {
                refused += 1;
                output::error(&format!("not sent to {why}"));
            }
        }
    }
    session.close();
    Ok(refused)
}

/// Says which messages are left to people; how many.
fn left_open(letters: &[Letter], ledger: &Ledger) -> usize {
    let open = |one: &&Letter| matches!(ledger.fate(&one.parcel.key), Fate::Open(_));
    let open: Vec<&Letter> = letters.iter().filter(open).collect();
    for letter in &open {
        let Key { id, to } = &letter.parcel.key;
        output::error(&format!(
            "<{id}> to {to} was begun, and nobody knows whether it arrived: look for it there, then say --arrived or --resend"
        ));
    }
    open.len()
}

//! Owns ending a program together with all that it started.
//! Must never end a process that somebody else started.

use std::io;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus};

use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, waitid,
};

/// A program that was started, and with it whatever it starts.
#[derive(Debug)]
pub(crate) struct Family {
    head: Child,
    /// Has it a process group of its own?
    apart: bool,
}

impl Family {
    /// Starts a program. Where there is no terminal, in a process group of its own, which ends as one.
    ///
    /// Where there is one, the program stays in ours: another group is not the terminal's foreground. One that asks for
    /// a PIN on `/dev/tty` would be stopped by SIGTTIN, and Ctrl-C would end us and not it. Children are then found in
    /// `/proc`, but for those whose parent has ended: these a person sees, and ends.
    pub(crate) fn start(command: &mut Command) -> io::Result<Self> {
        let apart = std::fs::File::open("/dev/tty").is_err();
        if apart {
            command.process_group(0);
        }
        let head = command.spawn()?;
        Ok(Self { head, apart })
    }

    /// What it reads from, and what it writes to: once.
    pub(crate) fn pipes(&mut self) -> (Option<ChildStdin>, Option<ChildStdout>) {
        (self.head.stdin.take(), self.head.stdout.take())
    }

    /// How it ended, if it has. Its number is not free for others before `let_go` or `end`, so those know whom they mean.
    pub(crate) fn status(&self) -> io::Result<Option<ExitStatus>> {
        let Some(pid) = number(self.head.id()) else {
            return Ok(None);
        };
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let told = waitid(WaitId::Pid(pid), options)?;
        Ok(told.and_then(|told| {
            let code = told.exit_status().map(|code| code << 8);
            code.or(told.terminating_signal()).map(ExitStatus::from_raw)
        }))
    }

    /// It has ended, and what it leaves behind may go on: an agent, for one.
    pub(crate) fn let_go(&mut self) {
        drop(self.head.wait());
    }

    /// Ends all of it, but for what left the group and whose parent has ended; what is gone already is let be.
    pub(crate) fn end(&mut self) {
        let group = number(self.head.id()).filter(|_| self.apart);
        // Listed before the first of them ends: after that they are nobody's children.
        let below = below(self.head.id());
        // Those that are gone are no fault.
        let _ = group.map(|group| kill_process_group(group, Signal::KILL));
        for pid in below.into_iter().filter_map(number) {
            let _ = kill_process(pid, Signal::KILL);
        }
        drop(self.head.kill());
        drop(self.head.wait());
    }
}

fn number(pid: u32) -> Option<Pid> {
    Pid::from_raw(i32::try_from(pid).ok()?)
}

/// Children, and theirs; none where the system has no `/proc`.
fn below(head: u32) -> Vec<u32> {
    let all: Vec<(u32, u32)> = std::fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid| Some((pid, parent(pid)?)))
        .collect();
    let mut found = vec![head];
    let mut at = 0;
    while let Some(of) = found.get(at).copied() {
        let children = all.iter().filter(|(_, parent)| *parent == of);
        let new = children.map(|(pid, _)| *pid);
        found.extend(new.filter(|pid| !found.contains(pid)).collect::<Vec<_>>());
        at += 1;
    }
    found.split_off(1)
}

/// Third after the name, which is in brackets and may have any sign in it.
fn parent(pid: u32) -> Option<u32> {
    let line = std::fs::read(format!("/proc/{pid}/stat")).ok()?;
    let line = String::from_utf8_lossy(&line);
    let (_, after) = line.rsplit_once(')')?;
    after.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::ends;

    #[test]
    fn children_of_children_are_found_and_nobody_else() {
        let mut command = Command::new("sh");
        command.args(["-c", "sh -c 'sleep 30 & wait' & wait"]);
        let mut family = Family::start(&mut command).expect("started");
        let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
        let mut found = below(family.head.id());
        while found.len() < 2 && std::time::Instant::now() < until {
            std::thread::sleep(std::time::Duration::from_millis(5));
            found = below(family.head.id());
        }
        assert!(!found.contains(&std::process::id()));
        assert_eq!(found.len(), 2, "{found:?}");
        // As where there is a terminal.
        family.apart = false;
        family.end();
        assert!(found.iter().all(|pid| ends(&pid.to_string())));
    }
}

//! Owns a program that serves while a story asks it, over a real socket.
//! Must never outlive its story.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::repository::Repository;

/// Longer than anything takes on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) struct Serving {
    child: Child,
    /// Every line of the terminal.
    lines: Receiver<String>,
    port: u16,
}

/// An answer, head and body apart.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Serving {
    /// Starts `caveat serve --port 0` with more arguments, and waits until it listens.
    pub(crate) fn start(room: &Repository, arguments: &str) -> Self {
        let mut command = room.command();
        command.args(["serve", "--port", "0"]);
        command.args(arguments.split_whitespace());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (say, lines) = channel();
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                if say.send(line).is_err() {
                    break;
                }
            }
        });
        let mut serving = Self {
            child,
            lines,
            port: 0,
        };
        let line = serving.says(" at http://");
        let port = line.split("http://").nth(1).unwrap().split('/').next();
        serving.port = port.unwrap().rsplit(':').next().unwrap().parse().unwrap();
        serving
    }

    /// Waits for a line with this in it.
    pub(crate) fn says(&self, part: &str) -> String {
        let mut said = String::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(part) => return line,
                Ok(line) => said = said + &line + "\n",
                Err(why) => panic!("{why}: it never said `{part}`, but\n{said}"),
            }
        }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends bytes, and reads what comes until the other side is done.
    pub(crate) fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        // Who is refused early may be cut off while speaking.
        let _ = stream.write_all(bytes);
        let mut told = Vec::new();
        let _ = stream.read_to_end(&mut told);
        String::from_utf8_lossy(&told).into_owned()
    }

    pub(crate) fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        answer(&self.raw(request.as_bytes()))
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// The answer to a question of the API.
    pub(crate) fn json(&self, path: &str, question: &serde_json::Value) -> serde_json::Value {
        let answer = self.ask("POST", path, &question.to_string());
        serde_json::from_str(&answer.body).unwrap()
    }

    /// The most memory that it ever had, in MiB; none where the system does not tell.
    pub(crate) fn peak(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(kib >> 10)
    }

    /// Tells it to stop, and waits for it.
    pub(crate) fn stop(mut self, signal: &str) -> ExitStatus {
        let mut kill = Command::new("sh");
        let kill = kill.args(["-c", &format!("kill -{signal} {}", self.child.id())]);
        assert!(kill.status().unwrap().success());
        self.child.wait().unwrap()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Takes an answer apart.
pub(crate) fn answer(text: &str) -> Answer {
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    Answer {
        status: status.unwrap_or(0),
        head: head.to_ascii_lowercase(),
        body: body.to_owned(),
    }
}

/// Reads from a stream until this is in it.
pub(crate) fn until(stream: &mut TcpStream, part: &str) -> String {
    let mut told = String::new();
    let mut some = [0; 4096];
    while !told.contains(part) {
        let read = stream.read(&mut some).unwrap();
        assert!(read > 0, "it ended before `{part}`: {told}");
        told.push_str(&String::from_utf8_lossy(&some[..read]));
    }
    told
}

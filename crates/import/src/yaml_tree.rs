//! Owns reading YAML into a tree that knows where each value stands: one document, by the core schema of YAML 1.2.
//! Must never let an alias multiply what is there beyond a number of values, nor take the last of two equal keys.

use std::collections::BTreeMap;
use std::ops::Range;

use caveat_diag::quoted;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput};

use crate::node::{DEEPEST, MOST, Node, Value};
use crate::sheet::Sheet;

/// The tree of a YAML file. `None` only if something was reported.
pub(crate) fn tree(sheet: &mut Sheet) -> Option<Node> {
    let source = std::sync::Arc::clone(sheet.source());
    let text = source.text();
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader {
        parser: Parser::new_from_str(body),
        offsets: Offsets::new(text),
        skipped: usize::from(body.len() < text.len()),
        anchors: BTreeMap::new(),
        left: MOST,
    };
    match reader.document() {
        Ok(node) => Some(node),
        Err(fault) => {
            sheet.fault(fault.code, fault.at, &fault.message);
            None
        }
    }
}

struct Fault {
    code: &'static str,
    at: Range<usize>,
    message: String,
}

/// The parser counts characters, a source counts bytes.
struct Offsets(Option<Vec<u32>>);

impl Offsets {
    fn new(text: &str) -> Self {
        let all = || text.char_indices().map(|(at, _)| at);
        let all = || all().filter_map(|at| u32::try_from(at).ok()).collect();
        Self((!text.is_ascii()).then(all))
    }

    fn byte(&self, at: usize) -> usize {
        let Some(all) = &self.0 else { return at };
        let known = all.get(at).or_else(|| all.last());
        known.map_or(0, |at| *at as usize)
    }
}

struct Reader<'t> {
    parser: Parser<'t, StrInput<'t>>,
    offsets: Offsets,
    /// Characters before the first that the parser sees.
    skipped: usize,
    /// What has a name, with the number of values in it.
    anchors: BTreeMap<usize, (Node, usize)>,
    /// How many values may still come.
    left: usize,
}

type Place = Range<usize>;

impl<'t> Reader<'t> {
    /// The next event that is not about the stream.
    fn next(&mut self) -> Result<(Event<'t>, Place), Fault> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.place(span))),
            Some(Err(error)) => Err(self.broken(&error)),
            None => Ok((Event::StreamEnd, 0..0)),
        }
    }

    fn place(&self, span: Span) -> Place {
        let byte = |at: usize| self.offsets.byte(at + self.skipped);
        byte(span.start.index())..byte(span.end.index())
    }

    fn broken(&self, error: &ScanError) -> Fault {
        let at = self.offsets.byte(error.marker().index() + self.skipped);
        Fault {
            code: "syntax",
            at: at..at + 1,
            message: error.info().to_owned(),
        }
    }

    /// The only document of the file.
    fn document(&mut self) -> Result<Node, Fault> {
        let mut only = None;
        loop {
            let (event, at) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd
                | Event::Nothing => {}
                _ if only.is_some() => {
                    return Err(syntax(at, "this file holds more than one document"));
                }
                event => only = Some(self.node(event, at, 0)?),
            }
        }
        only.ok_or_else(|| syntax(0..1, "there is nothing in this file"))
    }

    fn node(&mut self, event: Event<'t>, at: Place, depth: usize) -> Result<Node, Fault> {
        let before = self.left;
        self.spend(1, &at)?;
        if depth > DEEPEST {
            let message = format!("this is nested deeper than {DEEPEST} levels");
            return Err(syntax(at, &message));
        }
        let (anchor, node) = match event {
            Event::Alias(name) => return self.alias(name, at),
            Event::Scalar(text, style, anchor, tag) => {
                let tag = tag.map(|tag| tag.to_string());
                (anchor, scalar(&text, style, tag.as_deref(), at)?)
            }
            Event::SequenceStart(anchor, _) => (anchor, self.list(at, depth)?),
            Event::MappingStart(anchor, _) => (anchor, self.table(at, depth)?),
            _ => return Err(syntax(at, "a value is missing here")),
        };
        if anchor > 0 {
            let size = before - self.left;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        Ok(node)
    }

    fn spend(&mut self, count: usize, at: &Place) -> Result<(), Fault> {
        let left = self.left.checked_sub(count);
        let message = format!("this file holds more than {MOST} values, aliases counted");
        self.left = left.ok_or_else(|| syntax(at.clone(), &message))?;
        Ok(())
    }

    /// What the name stands for, at the place of the alias.
    fn alias(&mut self, name: usize, at: Place) -> Result<Node, Fault> {
        let Some((node, size)) = self.anchors.get(&name) else {
            return Err(syntax(at, "this alias stands within what it stands for"));
        };
        let (mut node, size) = (node.clone(), *size);
        self.spend(size, &at)?;
        node.span = at;
        Ok(node)
    }

    fn list(&mut self, start: Place, depth: usize) -> Result<Node, Fault> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, end) => {
                    let span = start.start..end.end.max(start.end);
                    let value = Value::List(items);
                    return Ok(Node { span, value });
                }
                (event, at) => items.push(self.node(event, at, depth + 1)?),
            }
        }
    }

    fn table(&mut self, start: Place, depth: usize) -> Result<Node, Fault> {
        let mut rows = BTreeMap::new();
        loop {
            let (event, at) = self.next()?;
            let key = match event {
                Event::MappingEnd => {
                    let span = start.start..at.end.max(start.end);
                    let value = Value::Table(rows);
                    return Ok(Node { span, value });
                }
                Event::Scalar(key, ..) => key.into_owned(),
                _ => return Err(syntax(at, "a key must be plain text")),
            };
            if rows.contains_key(&key) {
                let key = quoted(&key);
                let message =
                    format!("the key {key} is there twice: readers take one or the other");
                let code = "key-twice";
                return Err(Fault { code, at, message });
            }
            let (event, place) = self.next()?;
            rows.insert(key, self.node(event, place, depth + 1)?);
        }
    }
}

fn syntax(at: Place, message: &str) -> Fault {
    Fault {
        code: "syntax",
        at,
        message: message.to_owned(),
    }
}

/// Only plain words can be anything but text.
fn scalar(text: &str, style: ScalarStyle, tag: Option<&str>, span: Place) -> Result<Node, Fault> {
    let is_text = match tag {
        None => style != ScalarStyle::Plain,
        Some("!" | "!!str" | "tag:yaml.org,2002:str") => true,
        Some(tag) if tag.starts_with("tag:yaml.org,2002:") => style != ScalarStyle::Plain,
        Some(tag) => {
            return Err(syntax(
                span,
                &format!("the tag {} means nothing here", quoted(tag)),
            ));
        }
    };
    let value = match text {
        _ if is_text => Value::Text(text.to_owned()),
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Flag(true),
        "false" | "False" | "FALSE" => Value::Flag(false),
        _ if is_number(text) => Value::Other(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    };
    Ok(Node { span, value })
}

/// `2.0`, but neither `2.0.1` nor `inf`.
fn is_number(text: &str) -> bool {
    let digit = text.bytes().any(|byte| byte.is_ascii_digit());
    digit && !text.contains('_') && text.parse::<f64>().is_ok()
}

//! Owns what a waiting person sees: the stage and a count, on a terminal only.
//! Must never print where output is piped, or slow the work down.

use std::time::Duration;

use caveat_artifact::{Artifact, Sink, SinkError};
use indicatif::{ProgressBar, ProgressStyle};

/// A line that is gone when the work is done.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Starts with a first stage. `indicatif` stays silent where stderr is no terminal.
    pub(crate) fn start(stage: &'static str) -> Self {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {pos}") {
            bar.set_style(style);
        }
        bar.set_message(stage);
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }

    /// Goes on to the next stage.
    pub(crate) fn stage(&self, stage: &'static str) {
        self.0.set_position(0);
        self.0.set_message(stage);
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        self.0.inc(1);
    }

    /// A sink that counts what passes.
    pub(crate) fn counting<S: Sink>(&self, inner: S) -> Counting<S> {
        Counting {
            bar: self.0.clone(),
            inner,
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Counts artifacts on their way.
pub(crate) struct Counting<S> {
    bar: ProgressBar,
    pub(crate) inner: S,
}

impl<S: Sink> Sink for Counting<S> {
    fn put(&self, artifact: Artifact) -> Result<(), SinkError> {
        self.bar.inc(1);
        self.inner.put(artifact)
    }
}

//! Owns how a page hears of the next edition, and of what is wrong.
//! Must never be on a published page: script and style are at addresses that no site has.

use std::convert::Infallible;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{Stream, unfold};
use tokio::sync::watch::Receiver;

use crate::board::Shown;
use crate::routes::Desk;
use crate::site::sent;

pub(crate) async fn script() -> Response {
    let script = include_str!("preview.js");
    sent(StatusCode::OK, "text/javascript; charset=utf-8", script)
}

pub(crate) async fn style() -> Response {
    let style = include_str!("preview.css");
    sent(StatusCode::OK, "text/css; charset=utf-8", style)
}

/// What is shown, at once and whenever it changes, until the program stops.
pub(crate) async fn changes(State(desk): State<Desk>) -> Response {
    let mut follow = desk.board.follow();
    follow.mark_changed();
    let events = Sse::new(events(follow)).keep_alive(KeepAlive::default());
    // A proxy that waits for more would keep it.
    ([("x-accel-buffering", "no")], events).into_response()
}

fn events(follow: Receiver<Shown>) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(follow, |mut follow| async move {
        follow.changed().await.ok()?;
        let shown = follow.borrow_and_update().clone();
        (!shown.is_over).then(|| (Ok(event(&shown)), follow))
    })
}

/// Text of several lines is sent as several lines, which the browser puts together again.
fn event(shown: &Shown) -> Event {
    match &shown.faults {
        Some(faults) => Event::default()
            .event("faults")
            .data(faults.replace('\r', "")),
        None => Event::default().event("good").data(&*shown.mark),
    }
}

//! Owns the addresses of OSV.dev's API, and how refusals become answers of HTTP.
//! Must never look into a question: `query` does.

use axum::body::{Body, Bytes};
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use caveat_query::{Code, Index, Refusal};

use crate::routes::Desk;

/// Answers a body from an index.
type Ask = fn(&Index, &[u8]) -> Result<Vec<u8>, Refusal>;

pub(crate) async fn query(State(desk): State<Desk>, request: Request) -> Response {
    told(ask(&desk, request, caveat_query::query).await)
}

pub(crate) async fn query_batch(State(desk): State<Desk>, request: Request) -> Response {
    // On this thread: what it may cost is counted, and a thread of its own for each costs more memory than it saves time.
    told(ask(&desk, request, caveat_query::query_batch).await)
}

pub(crate) async fn vulnerability(
    State(desk): State<Desk>,
    id: Result<Path<String>, PathRejection>,
) -> Response {
    let not_text = |_| Refusal::new(Code::InvalidArgument, "the ID is not text");
    let answer = id.map_err(not_text).and_then(|Path(id)| {
        let index = desk.board.now().index.ok_or_else(unready)?;
        let record = caveat_query::vulnerability(&index, &id)?;
        desk.room.hold(record.to_vec())
    });
    told(answer)
}

/// Every other address.
pub(crate) async fn nothing() -> Response {
    refused(&Refusal::new(Code::NotFound, "Not Found"))
}

async fn ask(desk: &Desk, request: Request, answer: Ask) -> Result<Bytes, Refusal> {
    let (head, body) = request.into_parts();
    let (body, room) = desk.room.read(&head.headers, body).await?;
    let index = desk.board.now().index.ok_or_else(unready)?;
    let answer = answer(&index, &body)?;
    drop((body, room));
    desk.room.hold(answer)
}

fn unready() -> Refusal {
    Refusal::new(
        Code::Unavailable,
        "the advisories have faults, and there is no earlier state",
    )
}

fn told(answer: Result<Bytes, Refusal>) -> Response {
    match answer {
        Ok(bytes) => json(StatusCode::OK, Body::from(bytes)),
        Err(refusal) => refused(&refusal),
    }
}

/// A refusal as OSV.dev's gateway sends it.
pub(crate) fn refused(refusal: &Refusal) -> Response {
    let status = match refusal.code() {
        Code::InvalidArgument => StatusCode::BAD_REQUEST,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Unimplemented => StatusCode::METHOD_NOT_ALLOWED,
        Code::ResourceExhausted => StatusCode::PAYLOAD_TOO_LARGE,
        Code::DeadlineExceeded => StatusCode::REQUEST_TIMEOUT,
        Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    };
    let mut response = json(status, Body::from(refusal.json()));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        let seconds = HeaderValue::from_static("1");
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    response
}

fn json(status: StatusCode, body: Body) -> Response {
    let headers = [
        (CONTENT_TYPE, "application/json"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-store"),
    ];
    (status, headers, body).into_response()
}

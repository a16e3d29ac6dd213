//! Owns which address leads where.
//! Must never answer what came under a strange name.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use caveat_query::{Code, Refusal};

use crate::board::Board;
use crate::body::Room;
use crate::host::Names;
use crate::{Address, api, preview, site};

/// What every handler has.
#[derive(Clone, Debug)]
pub(crate) struct Desk {
    pub(crate) board: Arc<Board>,
    pub(crate) room: Room,
}

pub(crate) fn routes(board: &Arc<Board>, shows_site: bool, address: &Address) -> Router {
    let desk = Desk {
        board: Arc::clone(board),
        room: Room::new(),
    };
    let names = Names::new(address);
    let mut routes = Router::new()
        .route("/v1/query", post(api::query))
        .route("/v1/querybatch", post(api::query_batch))
        .route("/v1/vulns/{id}", get(api::vulnerability))
        .route("/v1/{*rest}", get(api::nothing).post(api::nothing));
    if shows_site {
        routes = routes
            .route("/-/changes", get(preview::changes))
            .route("/-/preview.js", get(preview::script))
            .route("/-/preview.css", get(preview::style))
            .route("/", get(site::file))
            .route("/{*path}", get(site::file));
    }
    routes
        .fallback(api::nothing)
        .method_not_allowed_fallback(|| async {
            api::refused(&Refusal::new(Code::Unimplemented, "Method Not Allowed"))
        })
        .layer(from_fn(move |request, next| {
            let names = names.clone();
            async move { known(&names, request, next).await }
        }))
        .with_state(desk)
}

async fn known(names: &Names, request: Request, next: Next) -> Response {
    if names.allow(&request) {
        return next.run(request).await;
    }
    let said = "This server is asked under a name that is not its own; `caveat serve --host NAME` allows one.\n";
    (StatusCode::MISDIRECTED_REQUEST, said).into_response()
}

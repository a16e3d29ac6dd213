//! Owns connections: how many there are, how long they may be silent, and how they end.
//! Must never end the program for what one client does.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;

use crate::Error;
use crate::limits::{CONNECTIONS, GRACE, HEAD, HEAD_TIME, HEADERS, WRITE_TIME};

/// Serves `routes` until the program is told to stop; `over` is called then, so that answers without an end find one.
///
/// # Errors
/// What keeps it from beginning.
pub fn serve_routes(
    address: SocketAddr,
    routes: &Router,
    ready: impl FnOnce(SocketAddr),
    over: impl FnOnce(),
) -> Result<(), Error> {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.enable_io().enable_time().build()?;
    let done = runtime.block_on(async {
        let stop = stop()?;
        let listener = TcpListener::bind(address).await;
        let listener = listener.map_err(|error| Error::Listen(address, error))?;
        ready(listener.local_addr()?);
        let connections = GracefulShutdown::new();
        tokio::select! {
            () = accept(&listener, routes, &connections) => {}
            () = stop => {}
        }
        drop(listener);
        over();
        // Whoever is not done then is cut off.
        let _ = tokio::time::timeout(GRACE, connections.shutdown()).await;
        Ok(())
    });
    runtime.shutdown_background();
    done
}

/// Ends when the program is told to: by Ctrl-C, or by whoever runs services.
#[cfg(unix)]
fn stop() -> Result<impl Future<Output = ()>, Error> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends when the program is told to, by Ctrl-C.
#[cfg(not(unix))]
fn stop() -> Result<impl Future<Output = ()>, Error> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// Takes connections for ever, each when there is a place for it.
async fn accept(listener: &TcpListener, routes: &Router, connections: &GracefulShutdown) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(talk(stream, routes.clone(), connections.watcher(), place));
            }
            // No file descriptor is left, or the peer is gone already.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn talk(stream: TcpStream, routes: Router, watcher: Watcher, place: OwnedSemaphorePermit) {
    // Answers are short: none should wait for the peer's word on the one before.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIME));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_headers(HEADERS)
        .max_buf_size(HEAD)
        .half_close(false)
        .serve_connection(
            TokioIo::new(Box::pin(stream)),
            TowerToHyperService::new(routes),
        );
    // A peer that speaks nonsense, or goes away, is its own trouble.
    let _ = watcher.watch(connection).await;
    drop(place);
}

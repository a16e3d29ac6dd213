//! Owns tough as a client of trees: all of a step's trees one after the other, and what it says of the last.
//! Must never look at a tree in another way than tough does.
//!
//! `tough-client ADDRESS TREES SCRATCH` prints one line for each step: accept and the SHA-256 of the bundle, or refuse and why.

mod loopback;

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use aws_lc_rs::digest::{SHA256, digest};
use tough::{IntoVec as _, RepositoryLoader, TargetName};
use url::Url;

use loopback::Loopback;

/// A client looks at one tree, with what it kept of those before.
async fn look(root: &Vec<u8>, home: &Path, tree: &Url) -> Result<String, Box<dyn Error>> {
    let (metadata, targets) = (tree.join("tuf/")?, tree.join("tuf/t/")?);
    let repository = RepositoryLoader::new(root, metadata, targets)
        .transport(Loopback)
        .datastore(home)
        .load()
        .await?;
    let bundle = repository.read_target(&TargetName::new("all.zip")?).await?;
    let bytes = bundle.ok_or("all.zip is not listed")?.into_vec().await?;
    let hash = digest(&SHA256, &bytes);
    Ok(hash
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

async fn step(
    root: &Vec<u8>,
    home: &Path,
    address: &Url,
    trees: &str,
) -> Result<String, Box<dyn Error>> {
    fs::create_dir_all(home)?;
    let (mut told, mut left) = (String::new(), trees.split(" | ").peekable());
    while let Some(name) = left.next() {
        let mut tree = address.clone();
        tree.path_segments_mut()
            .map_err(|()| "no address")?
            .extend([name, ""]);
        told = match look(root, home, &tree).await {
            Ok(bundle) => format!("accept\t{bundle}"),
            Err(error) if left.peek().is_some() => {
                return Ok(format!("stuck\t{name}: {}", words(&*error)));
            }
            Err(error) => format!("refuse\t{}", words(&*error)),
        };
    }
    Ok(told)
}

/// An error and what is behind it, in one line.
fn words(error: &dyn Error) -> String {
    let behind = error.source().map(|source| format!(": {}", words(source)));
    format!("{error}{}", behind.unwrap_or_default()).replace('\n', " ")
}

async fn run(address: &str, trees: &Path, scratch: &Path) -> Result<(), Box<dyn Error>> {
    let root = fs::read(trees.join("root.json"))?;
    let address = Url::parse(address)?;
    for (at, line) in fs::read_to_string(trees.join("steps.tsv"))?
        .lines()
        .enumerate()
    {
        let names = line.split('\t').nth(1).ok_or("a step without trees")?;
        println!(
            "{}",
            step(&root, &scratch.join(at.to_string()), &address, names).await?
        );
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [address, trees, scratch] = arguments.as_slice() else {
        return Err("tough-client ADDRESS TREES SCRATCH".into());
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    runtime.block_on(run(address, Path::new(trees), Path::new(scratch)))
}

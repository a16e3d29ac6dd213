//! Owns the stories of those who bring the feed to scanners: archives, their checksums, the entry for OSV.dev.
//! Must never name what is in a record.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use zip::ZipArchive;

use crate::repository::{PROJECT, Repository};

fn open(bytes: Vec<u8>) -> ZipArchive<Cursor<Vec<u8>>> {
    ZipArchive::new(Cursor::new(bytes)).unwrap()
}

#[test]
fn the_archive_for_no_network_has_every_ecosystem_where_old_and_new_scanners_look() {
    let repository = Repository::good();
    repository.caveat("build --out public").exits(0);
    let bundle = fs::read(repository.path("public/osv/offline.zip")).unwrap();
    let mut bundle = open(bundle);
    for directory in ["osv-scanner", "osv-scalibr"] {
        for (ecosystem, records) in [("PyPI", 1), ("npm", 0), ("Azure Linux", 0), ("GIT", 0)] {
            let mut bytes = Vec::new();
            let name = format!("{directory}/{ecosystem}/all.zip");
            let mut file = bundle.by_name(&name).unwrap();
            file.read_to_end(&mut bytes).unwrap();
            assert_eq!(open(bytes).len(), records, "{name}");
        }
    }
    assert!(bundle.len() > 100);
}

#[test]
fn each_archive_has_a_checksum_in_the_headers_and_its_own() {
    let repository = Repository::good();
    repository.caveat("build --out public").exits(0);
    let headers = fs::read_to_string(repository.path("public/_headers")).unwrap();
    let zips = repository.tree("public").into_iter().map(|(path, _)| path);
    for path in zips.filter(|path| Path::new(path).extension().is_some_and(|end| end == "zip")) {
        let rule = format!("\n/{path}\n  X-Goog-Hash: crc32c=");
        assert!(headers.contains(&rule), "{rule} in {headers}");
    }
    assert_eq!(headers.matches("X-Goog-Hash").count(), 3, "{headers}");
}

#[test]
fn only_a_registered_prefix_makes_an_entry_for_osv_dev() {
    let local = Repository::good();
    local.caveat("build --out public").exits(0);
    assert!(!local.path("public/osv/source.yaml").exists());
    let registered = Repository::empty()
        .file("caveat.toml", &PROJECT.replace("x_STORY", "GSD"))
        .commit(crate::repository::NOW);
    registered.caveat("build --out public").exits(0);
    let entry = fs::read_to_string(registered.path("public/osv/source.yaml")).unwrap();
    for row in [
        "- name: 'gsd'\n",
        "\n  type: 2\n",
        "['GSD-']",
        "/osv/all.json'\n",
        "{{ BUG_ID }}",
    ] {
        assert!(entry.contains(row), "{row} in {entry}");
    }
}

# The only vocabulary: people and CI run the same words.
.PHONY: all site test check bless dogfood crash interop bench fuzz corpora ci deny

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
CARGO ?= cargo
CAVEAT = $(or $(CARGO_TARGET_DIR),target)/release/caveat

all: ## build the program
	$(CARGO) build --locked --release

site: all ## check, build and sign this repository's own advisories into public/
	$(CAVEAT) build --out public

test: ## every test
	@mkdir -p target
	$(CARGO) test --locked --workspace 2>&1 | tee target/test.log

check: ## format, lints, docs, licences
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --workspace --all-targets -- -D warnings
	$(CARGO) clippy --locked --workspace --no-default-features -- -D warnings # without OpenPGP
	RUSTFLAGS="--cfg fuzzing" $(CARGO) check --locked --quiet --manifest-path fuzz/Cargo.toml --target-dir $(or $(CARGO_TARGET_DIR),target)/fuzz --bins
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --workspace --no-deps --document-private-items
	$(MAKE) deny

deny: ## licences, sources and duplicates of dependencies; installs cargo-deny once
	@command -v cargo-deny >/dev/null || $(CARGO) install --locked cargo-deny
	$(CARGO) fetch --locked --quiet # cargo-deny reads the whole tree, every target's too
	$(CARGO) deny --offline check bans licenses sources

bless: ## accept what snapshots show now
	SNAPSHOTS=overwrite $(CARGO) test --locked --workspace

dogfood: all ## check our own advisories, build them from two clones, compare
	tests/dogfood.sh

crash: all ## kill publishers 200 times at random, and verify what readers see each time
	tests/crash.sh

interop: all ## programs that we did not write judge what we publish
	tests/interop/run.sh 2>&1 | tee target/interop.log

bench: all ## time and memory against the floor of writing the same files
	tests/bench/run.sh

fuzz: ## hostile input from libFuzzer on all cores, SECONDS=60 for each target; installs cargo-fuzz once
	@command -v cargo-fuzz >/dev/null || $(CARGO) install --locked cargo-fuzz
	tests/fuzz.sh $(or $(SECONDS),60)

corpora: all ## import, check, build and compare real databases; says so where there are none
	tests/corpora/run.sh
	python3 tests/corpora/derive.py $(CAVEAT) $(CLONES) # CLONES="hyper=DIR tokio=DIR .."

ci: check test dogfood crash interop ## everything that must be green
	@tests/totals.sh

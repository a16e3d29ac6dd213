//! Owns the front door: arguments in, exit code out.
//! Must never do the work itself.

mod args;
mod ci;
mod cmd;
mod desk;
mod exposed;
mod failure;
mod gatehouse;
mod hands;
mod key;
mod last_look;
mod leaked;
mod letting_out;
mod machine;
mod mend;
mod opened;
#[cfg_attr(not(feature = "openpgp"), path = "openpgp_left_out.rs")]
mod openpgp;
mod output;
mod own_words;
mod pen;
mod progress;
mod publish_report;
mod refusal;
mod seal;
mod secret;
mod shared_file;
mod signer;
mod street;
mod told;
mod uncounted;

use std::process::ExitCode;

use clap::Parser as _;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if exposed::on_the_command_line() {
        output::error(exposed::ADVICE);
        return ExitCode::from(2);
    }
    let args = args::Args::parse();
    let result = match &args.command {
        args::Command::Check(check) => cmd::check::run(&args, check),
        args::Command::Init(init) => cmd::init::run(&args, init),
        args::Command::New(new) => cmd::new::run(&args, new),
        args::Command::Assign(assign) => cmd::assign::run(&args, assign),
        args::Command::Revise(revise) => cmd::revise::run(&args, revise),
        args::Command::Reinstate(reinstate) => cmd::reinstate::run(&args, reinstate),
        args::Command::Withdraw(withdraw) => cmd::withdraw::run(&args, withdraw),
        args::Command::PublishEarly(early) => cmd::publish_early::run(&args, early),
        args::Command::Derive(derive) => cmd::derive::run(&args, derive),
        args::Command::Fmt(fmt) => cmd::fmt::run(&args, fmt),
        args::Command::Schema(schema) => cmd::schema::run(&args, schema),
        args::Command::Explain(explain) => cmd::explain::run(explain),
        args::Command::Import(import) => cmd::import::run(&args, import),
        args::Command::Build(build) => cmd::build::run(&args, build),
        args::Command::Publish(publish) => cmd::publish::run(&args, publish),
        args::Command::Heartbeat(heartbeat) => cmd::heartbeat::run(&args, heartbeat),
        args::Command::Diff(diff) => cmd::diff::run(&args, diff),
        args::Command::Show(show) => cmd::show::run(&args, show),
        args::Command::Mail(mail) => cmd::mail::run(&args, mail),
        args::Command::Notes(notes) => cmd::notes::run(&args, notes),
        args::Command::Policy(policy) => cmd::policy::run(&args, policy),
        args::Command::Report(report) => cmd::report::run(&args, report),
        args::Command::Serve(serve) => cmd::serve::run(&args, serve),
        args::Command::Keys(keys) => cmd::keys::run(&args, keys),
        args::Command::Affected(affected) => cmd::affected::run(&args, affected),
        args::Command::Compare(compare) => cmd::compare::run(compare),
        args::Command::Verify(verify) => cmd::verify::run(&args, verify),
        args::Command::Completions { shell } => cmd::shell::completions(*shell),
        args::Command::Man(man) => cmd::shell::man(&args, man),
    };
    result.unwrap_or_else(|failure| {
        output::error(&failure.to_string());
        ExitCode::from(2)
    })
}

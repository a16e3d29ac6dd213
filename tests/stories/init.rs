//! Owns the stories of people who begin: a new advisory repository, or one from the SECURITY.md they have.
//! Must never hold a text that is not ours.

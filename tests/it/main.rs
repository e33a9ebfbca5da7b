//! The program as its users meet it: workspaces in, screens and documents out.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests read what the program wrote, and stop on what cannot be"
)]

mod annexes;
mod annotate;
mod books;
mod budget;
mod fixture;
mod fuzz;
mod hostile;
mod init;
mod mail;
mod mistakes;
mod newsletter;
mod pages;
mod pdf;
mod quirks;
mod regeneration;
mod report;
mod structure;
mod tidy;
mod truthful;
mod views;
mod watch;
mod word;

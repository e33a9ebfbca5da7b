//! The program as its users meet it: workspaces in, screens and documents out.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests read what the program wrote, and stop on what cannot be"
)]

mod act_pages;
mod acts;
mod annexes;
mod annotate;
mod attacks;
mod bodies;
mod books;
mod browser;
mod budget;
mod desk;
mod enclosures;
mod fixture;
mod frames;
mod fuzz;
mod heard;
mod hostile;
mod init;
mod leaks;
mod machines;
mod mail;
mod mistakes;
mod names;
mod newsletter;
mod ongoing;
mod own;
mod own_faults;
mod own_foreseen;
mod pages;
mod pdf;
mod persons;
mod quirks;
mod regeneration;
mod report;
mod requests;
mod secrecy;
mod sentences;
mod shipped;
mod sittings;
mod situations;
mod structure;
mod territories;
mod tidy;
mod truthful;
mod typed;
mod views;
mod word;

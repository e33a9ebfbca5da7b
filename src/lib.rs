#![doc = include_str!("docs/architecture.md")]

pub mod bounds;
mod charts;
pub mod cli;
pub mod content;
pub mod desk;
pub mod diagnostics;
pub mod documents;
pub mod figures;
pub mod files;
pub mod intake;
pub mod model;
pub mod own;
pub mod packages;
pub mod papers;
pub mod pipeline;
pub mod records;
pub mod render;
pub mod spreadsheets;
pub mod templates;
mod threads;
pub mod views;
pub mod wording;
pub mod worksheets;

//! Serialisable data and a template to bytes: pages, texts, messages, calendars, tables.
//!
//! A contact, a letter or a budget is not known here: what comes in is data, what goes out is bytes.

pub mod blank;
pub mod calendar;
pub mod csv;
pub mod differ;
mod drawing;
mod filters;
pub mod fit;
pub mod fonts;
pub mod frames;
mod french;
mod html;
mod links;
pub mod mail;
pub mod markdown;
pub mod marked;
mod metadata;
pub mod pdf;
pub mod picture;
pub mod rows;
pub mod screen;
pub mod scrutiny;
mod seen;
mod tags;
pub mod text;
mod typed;
pub mod vocabulary;
pub mod word;
pub mod workbook;
pub mod xml;
mod zipped;

use std::collections::BTreeMap;
use std::sync::Arc;

/// Pictures by their path below the inputs.
pub type Pictures = BTreeMap<String, Arc<[u8]>>;

//! The command line into data. Help and messages speak French, as the users do.

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::documents;
use crate::files::Workspace;
use crate::pipeline::{self, Request};
use crate::templates::Templates;

/// What the program was asked.
#[derive(Debug, Parser)]
#[command(
    name = "liasse",
    version,
    about = "Des tableurs aux documents : lettre d’information, budget, dossiers de délibération, bilans.\nSans commande, ouvre le bureau : une page de ce poste d’où tout se fait avec des boutons.",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true
)]
pub(super) struct Arguments {
    /// What to do; nothing opens the desk.
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Le port du bureau ; sans lui, un port libre
    #[arg(long, value_name = "PORT")]
    pub(super) port: Option<u16>,
    /// N’ouvre pas le bureau dans le navigateur
    #[arg(long)]
    pub(super) no_open: bool,
    /// Le dossier des classeurs et des réglages
    #[arg(long, global = true, value_name = "DOSSIER")]
    inputs: Option<PathBuf>,
    /// Le dossier des gabarits, qui l’emportent sur ceux du programme
    #[arg(long, global = true, value_name = "DOSSIER")]
    templates: Option<PathBuf>,
    /// Le dossier des résultats
    #[arg(long, global = true, value_name = "DOSSIER")]
    out: Option<PathBuf>,
    /// La forme des messages : pour une personne (human) ou pour un programme (json)
    #[arg(
        long,
        global = true,
        value_name = "FORME",
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub(super) format: Format,
    /// Montre cette aide
    #[arg(short = 'h', long = "help", global = true, action = clap::ArgAction::Help)]
    help: Option<bool>,
    /// Montre la version
    #[arg(short = 'V', long = "version", action = clap::ArgAction::Version)]
    version: Option<bool>,
}

impl Arguments {
    /// Where the workspace keeps its files.
    pub(super) fn workspace(&self) -> Workspace {
        let beside = self.inputs.as_deref().filter(|inputs| inputs.ends_with("inputs")).and_then(Path::parent);
        let usual = match beside {
            Some(folder) => Workspace::below(folder),
            None if self.names_folders() => Workspace::below(Path::new("")),
            None => crate::files::workspace_around(),
        };
        Workspace {
            inputs: self.inputs.clone().unwrap_or(usual.inputs),
            templates: self.templates.clone().unwrap_or(usual.templates),
            out: self.out.clone().unwrap_or(usual.out),
        }
    }

    /// Whether the command line names a folder of the workspace.
    pub(super) fn names_folders(&self) -> bool {
        self.inputs.is_some() || self.templates.is_some() || self.out.is_some()
    }
}

/// The form of messages and results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For a person.
    Human,
    /// For a program.
    Json,
}

/// A sub-command.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Fabrique les documents : tous, ceux d’un genre, ou un seul
    #[command(alias = "fabriquer")]
    Build {
        /// Which documents.
        #[command(flatten)]
        target: Target,
        /// Combien de documents à la fois
        #[arg(long, value_name = "N")]
        jobs: Option<NonZeroUsize>,
        /// Refait aussi ce qui est à jour ; ce qui a été envoyé reste figé
        #[arg(long)]
        force: bool,
        /// Continue avec les autres documents quand l’un d’eux échoue
        #[arg(long)]
        keep_going: bool,
        /// Ne fabrique rien : écrit une ligne JSON par document à faire, pour les répartir sur plusieurs machines
        #[arg(long)]
        list_jobs: bool,
        /// Dit le temps que chaque fichier a pris, et ceux qui ont servi à plusieurs documents
        #[arg(long)]
        timings: bool,
    },
    /// Crée un espace de travail neuf : classeurs à remplir, réglages, gabarits
    #[command(alias = "creer")]
    Init {
        /// Le dossier à créer
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
    },
    /// Écrit un premier gabarit pour un document à soi
    #[command(alias = "nouveau")]
    New {
        /// Le nom du nouveau genre, ou celui d’un gabarit du programme à changer (annexes/note.typ)
        #[arg(value_name = "GENRE")]
        kind: String,
        /// D’où partir : une famille (acte, lettre, note, liste) ou un document livré
        #[arg(long, value_name = "DÉPART", default_value = "lettre")]
        from: String,
    },
    /// Vérifie les données, les textes et les gabarits
    #[command(alias = "verifier")]
    Check {
        /// Écrit dans ce dossier des copies des classeurs, chaque cellule fautive colorée et commentée
        #[arg(long, value_name = "DOSSIER")]
        annotate: Option<PathBuf>,
    },
    /// Liste les documents connus, et dit s’ils sont à jour
    #[command(alias = "lister")]
    List,
    /// Dit pourquoi un document n’est plus à jour, de la cellule au fichier
    #[command(alias = "pourquoi")]
    Why {
        /// Which documents.
        #[command(flatten)]
        target: Target,
    },
    /// Ouvre le bureau et refait les documents dès qu’un fichier change
    #[command(alias = "surveiller")]
    Watch {
        /// Which documents.
        #[command(flatten)]
        target: Target,
        /// Le port du bureau ; sans lui, un port libre
        #[arg(long, value_name = "PORT")]
        port: Option<u16>,
        /// Ouvre le bureau dans le navigateur
        #[arg(long)]
        open: bool,
    },
    /// Refait tout en mémoire et compare avec les résultats, octet par octet ; n’écrit rien
    #[command(alias = "controler")]
    Verify {
        /// Which documents.
        #[command(flatten)]
        target: Target,
        /// Combien de documents à la fois
        #[arg(long, value_name = "N")]
        jobs: Option<NonZeroUsize>,
    },
    /// Donne chaque chiffre d’un document et les cellules dont il vient
    #[command(alias = "expliquer")]
    Explain {
        /// Le genre de document
        #[arg(value_name = "GENRE", display_order = 1)]
        kind: String,
        /// Le document
        #[arg(value_name = "DOCUMENT", display_order = 2)]
        id: String,
    },
    /// Dit ce qu’un conseil a changé dans un fichier Word qu’il renvoie : par article, auteur et date
    #[command(alias = "relire")]
    Review {
        /// Le fichier Word qui revient
        #[arg(value_name = "FICHIER")]
        file: PathBuf,
    },
    /// Montre tout ce qui est gardé d’une personne, et où
    #[command(alias = "personne")]
    Person {
        /// Son adresse, ou son prénom et son nom
        #[arg(value_name = "PERSONNE", required = true, num_args = 1..)]
        query: Vec<String>,
        /// Écrit dans ce dossier ce qui lui est remis : personne.json et une page
        #[arg(long, value_name = "DOSSIER")]
        export: Option<PathBuf>,
        /// L’efface de ce que le programme garde, listes envoyées comprises, et dit les cellules à effacer soi-même
        #[arg(long)]
        erase: bool,
    },
    /// Écrit le complètement automatique d’un interpréteur de commandes
    #[command(alias = "completion")]
    Completions {
        /// L’interpréteur : bash, zsh, fish, powershell ou elvish
        #[arg(value_name = "INTERPRÉTEUR", hide_possible_values = true)]
        shell: Shell,
    },
}

/// Which documents a command is about.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// Le genre de document ; sans lui, tous
    #[arg(value_name = "GENRE", display_order = 1)]
    kind: Option<String>,
    /// Le document ; sans lui, tous ceux du genre
    #[arg(value_name = "DOCUMENT", display_order = 2)]
    id: Option<String>,
}

impl From<&Target> for Request {
    fn from(target: &Target) -> Self {
        let kind = target.kind.as_ref().map(|kind| documents::kind_name(kind).to_owned());
        Self { kind, id: target.id.clone() }
    }
}

/// What to print instead of doing anything: help, or what is wrong with the command line.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) text: String,
    pub(super) is_error: bool,
}

const TEMPLATE: &str = "{about-with-newline}\nUsage : {usage}\n\n{all-args}{after-help}\n";

fn command(templates: &Templates) -> clap::Command {
    let titles = pipeline::titles(templates);
    let width = titles.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default() + 2;
    let kinds: Vec<String> = titles.iter().map(|(name, label)| format!("  {name:<width$}{label}")).collect();
    let french = |command: clap::Command| {
        command
            .help_template(TEMPLATE)
            .subcommand_help_heading("Commandes\u{a0}")
            .subcommand_value_name("COMMANDE")
            .next_help_heading("Options\u{a0}")
            .mut_args(|argument| {
                if argument.is_positional() {
                    argument.help_heading("Arguments\u{a0}")
                } else {
                    argument.help_heading("Options\u{a0}")
                }
            })
    };
    let mut command = french(Arguments::command()).after_help(format!("\nGenres de documents :\n{}", kinds.join("\n")));
    for name in command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect::<Vec<_>>() {
        command = command.mut_subcommand(name, french);
    }
    command
}

/// Reads the command line.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, Answer> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let matches = command(&templates_of(&arguments)).try_get_matches_from(arguments).map_err(|error| answer(&error))?;
    Arguments::from_arg_matches(&matches).map_err(|error| answer(&error))
}

/// The templates that the command line names, for the kinds that they declare; those of the program where they cannot be
/// read.
fn templates_of(arguments: &[OsString]) -> Templates {
    let after = |at: usize| arguments.get(at + 1).map(PathBuf::from);
    let named = arguments.iter().position(|it| it == "--templates").and_then(after);
    let folder = named.unwrap_or_else(|| PathBuf::from("templates"));
    Templates::load(&[&folder]).unwrap_or_else(|_| Templates::built_in())
}

/// The script that completes commands in a shell.
pub(super) fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(&Templates::built_in()), "liasse", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Help as it is; a mistake in French.
fn answer(error: &clap::Error) -> Answer {
    let value = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let hint = |kind| {
        Some(value(kind))
            .filter(|text| !text.is_empty())
            .map(|near| format!("\n  aide : vouliez-vous dire « {near} » ?"))
    };
    let message = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            return Answer { text: error.to_string(), is_error: false };
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return Answer { text: error.to_string(), is_error: true };
        }
        ErrorKind::InvalidSubcommand => {
            format!(
                "commande inconnue « {} »{}",
                value(ContextKind::InvalidSubcommand),
                hint(ContextKind::SuggestedSubcommand).unwrap_or_default()
            )
        }
        ErrorKind::UnknownArgument => {
            format!(
                "argument inattendu « {} »{}",
                value(ContextKind::InvalidArg),
                hint(ContextKind::SuggestedArg).unwrap_or_default()
            )
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value(ContextKind::InvalidValue).is_empty() => {
            format!("il manque une valeur à « {} »", value(ContextKind::InvalidArg))
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let known = value(ContextKind::ValidValue);
            let known =
                if known.is_empty() { String::new() } else { format!("\n  aide : valeurs possibles : {known}") };
            format!(
                "« {} » ne convient pas à « {} »{known}",
                value(ContextKind::InvalidValue),
                value(ContextKind::InvalidArg)
            )
        }
        ErrorKind::MissingRequiredArgument => format!("il manque : {}", value(ContextKind::InvalidArg)),
        ErrorKind::ArgumentConflict => {
            format!("« {} » ne va pas avec « {} »", value(ContextKind::InvalidArg), value(ContextKind::PriorArg))
        }
        ErrorKind::MissingSubcommand => "il manque une commande".to_owned(),
        _ => "ligne de commande mal formée".to_owned(),
    };
    Answer { text: format!("erreur : {message}\n  aide : « liasse --help » montre les commandes\n"), is_error: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_words(words: &str) -> Result<Arguments, Answer> {
        parse(words.split(' ').map(OsString::from))
    }

    #[test]
    fn a_mistake_on_the_command_line_is_told_in_french() {
        for (words, expected) in [
            (
                "liasse biuld",
                "erreur : commande inconnue « biuld »\n  aide : vouliez-vous dire « build » ?\n  aide : « liasse --help » montre les commandes\n",
            ),
            (
                "liasse explain newsletter",
                "erreur : il manque : <DOCUMENT>\n  aide : « liasse --help » montre les commandes\n",
            ),
            (
                "liasse build --jobs 0",
                "erreur : « 0 » ne convient pas à « --jobs <N> »\n  aide : « liasse --help » montre les commandes\n",
            ),
        ] {
            let answer = parse_words(words).expect_err(words);
            assert!(answer.is_error);
            assert_eq!(answer.text, expected, "{words}");
        }
    }

    #[test]
    fn help_has_no_english_word() {
        for words in ["liasse --help", "liasse build --help", "liasse explain --help"] {
            let answer = parse_words(words).expect_err(words);
            assert!(!answer.is_error);
            for english in ["Usage:", "Options:", "COMMAND>", "Print", "default", "possible values"] {
                assert!(!answer.text.contains(english), "{words}: {english}\n{}", answer.text);
            }
        }
    }
}

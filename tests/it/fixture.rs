//! Workspaces for tests: text tables turned into real workbooks, so that a test shows its data.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use liasse::intake::WORKBOOKS;
use rust_xlsxwriter::{DocProperties, Format, Workbook};
use tempfile::TempDir;

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A workspace in a folder of its own.
pub(crate) struct Fixture {
    folder: TempDir,
    tables: BTreeMap<&'static str, String>,
    settings: String,
    /// A background colour for every cell.
    paint: Option<u32>,
}

/// What a run of the program left behind.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) const SETTINGS: &str = r#"[territoire]
exemple = true
nom = "Val d’Essai"
operateur = "CCI"
depuis = 2021-01-01
themes = ["Bas carbone", "Industrie 4.0"]
[lettre]
par_an = 6
expediteur = "lettre@example.org"
nom_expediteur = "Val d’Essai"
desinscription = "https://example.org/stop"
mentions = "Vos droits : dpo@example.org."
"#;

impl Fixture {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        Self {
            folder: TempDir::new().expect("a folder"),
            tables: BTreeMap::new(),
            settings: String::new(),
            paint: None,
        }
    }

    /// A copy of the inputs that the repository ships, without templates: the program's own are used.
    pub(crate) fn shipped() -> Self {
        let fixture = Self {
            folder: TempDir::new().expect("a folder"),
            tables: BTreeMap::new(),
            settings: String::new(),
            paint: None,
        };
        copy(&root().join("inputs"), &fixture.path("inputs"));
        fixture
    }

    /// A territory of two partners with one letter, one article, one call, one event and one contact.
    pub(crate) fn small() -> Self {
        Self {
            folder: TempDir::new().expect("a folder"),
            tables: BTreeMap::new(),
            settings: SETTINGS.to_owned(),
            paint: None,
        }
        .table(
            "Partenaires",
            "Code | Type | Nom officiel | Nom usuel | Forme avec de | SIREN
                 CCI  | CCI  | Chambre d’essai | CCI d’Essai | de la CCI d’Essai |
                 AAA  | CC   | Communauté de communes d’Aval | Aval | d’Aval | 200030633",
        )
        .table(
            "Contacts",
            "Prénom | Nom | Organisation | Courriel | Collège | Lettre | Opposition | Source | Informé le
                 Ada    | Un  | Atelier      | ada@example.org | Industriel | oui | | salon | 01/02/2021
                 Bob    | Deux | Atelier     | bob@example.org | Élu | non | 01/02/2022 | salon |",
        )
        .table(
            "Lettres",
            "Numéro | Parution   | Éditorial
                 1      | 15/01/2022 | Bonjour à tous.
                 2      | 15/03/2022 |",
        )
        .table(
            "Articles",
            "Lettre | Rubrique | Titre | Texte
                 1      | Actualités locales | Premier titre | Premier texte.",
        )
        .table(
            "Agenda",
            "Date | Heure | Intitulé | Type | Lieu | Dans la lettre
                 20/01/2022 | 9 h | Un atelier | Atelier | Aval | oui",
        )
        .table(
            "Appels à projets",
            "Intitulé | Opérateur | Thème | Clôture
                 Un appel | Agence d’essai | Bas carbone | 31/03/2022",
        )
    }

    /// Puts a table in place of a sheet: rows are lines, cells stand between bars, `\n` is a line break in a cell.
    pub(crate) fn table(mut self, sheet: &'static str, table: &str) -> Self {
        self.tables.insert(sheet, table.to_owned());
        self
    }

    /// Puts a table in place of a sheet, or takes its place again.
    pub(crate) fn set_table(&mut self, sheet: &'static str, table: &str) {
        self.tables.insert(sheet, table.to_owned());
    }

    /// Replaces text in a table.
    pub(crate) fn edit(&mut self, sheet: &str, from: &str, to: &str) {
        let table = self.tables.get_mut(sheet).unwrap_or_else(|| panic!("no table {sheet}"));
        assert!(table.contains(from), "{sheet} does not hold {from:?}");
        *table = table.replace(from, to);
    }

    /// Gives every cell a background colour, and the workbooks an author.
    pub(crate) fn paint(&mut self, colour: u32) {
        self.paint = Some(colour);
    }

    /// Replaces text in the settings.
    pub(crate) fn settings(mut self, from: &str, to: &str) -> Self {
        assert!(self.settings.contains(from), "the settings do not hold {from:?}");
        self.settings = self.settings.replace(from, to);
        self
    }

    /// Writes a file of the workspace.
    pub(crate) fn file(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
        self
    }

    /// A path of the workspace.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// A result's bytes.
    pub(crate) fn read(&self, path: &str) -> Vec<u8> {
        std::fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// A result's text.
    pub(crate) fn text(&self, path: &str) -> String {
        String::from_utf8(self.read(path)).expect("UTF-8")
    }

    /// Writes what the tables say, and runs the program in the workspace.
    pub(crate) fn run(&self, arguments: &str) -> Run {
        let output = self.command(arguments).output().expect("the program runs");
        Run {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The program with its arguments, in the workspace, after writing what the tables say.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        self.write();
        let mut command = Command::new(env!("CARGO_BIN_EXE_liasse"));
        command.args(arguments.split_whitespace()).current_dir(self.folder.path());
        // What the program keeps for its user is the fixture's own: two fixtures are two machines.
        command.env("XDG_CONFIG_HOME", self.path("config"));
        command
    }

    /// Runs the program and expects it to succeed.
    pub(crate) fn succeed(&self, arguments: &str) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.status, 0, "{}", run.stderr);
        run
    }

    /// Writes what the tables say.
    pub(crate) fn write(&self) {
        if self.settings.is_empty() {
            return;
        }
        let inputs = self.path("inputs");
        std::fs::create_dir_all(&inputs).expect("a folder");
        std::fs::write(inputs.join("territoire.toml"), &self.settings).expect("settings");
        for declared in WORKBOOKS {
            let path = inputs.join(format!("{}.xlsx", declared.stem));
            if path.exists() && !self.tables.keys().any(|name| declared.sheets.iter().any(|sheet| sheet.name == *name))
            {
                continue;
            }
            let mut workbook = Workbook::new();
            let mut format = Format::new();
            if let Some(colour) = self.paint {
                format = format.set_background_color(colour);
                workbook.set_properties(&DocProperties::new().set_author("Quelqu’un d’autre"));
            }
            for sheet in declared.sheets {
                let worksheet = workbook.add_worksheet();
                worksheet.set_name(sheet.name).expect("a sheet's name");
                match self.tables.get(sheet.name) {
                    Some(table) => {
                        for (row, line) in (0..).zip(table.lines()) {
                            for (column, cell) in (0..).zip(line.split('|')) {
                                let text = cell.trim().replace("\\n", "\n").replace("\\p", "|");
                                if !text.is_empty() {
                                    worksheet.write_string_with_format(row, column, text, &format).expect("a cell");
                                }
                            }
                        }
                    }
                    None => {
                        for (column, declared) in (0..).zip(sheet.columns) {
                            worksheet.write_string(0, column, declared.heading).expect("a heading");
                        }
                    }
                }
            }
            workbook.save(path).expect("a workbook");
        }
    }
}

/// What the shipped inputs say.
pub(crate) fn shipped_model() -> std::sync::Arc<liasse::model::Model> {
    let inputs = root().join("inputs");
    let workspace = liasse::files::Workspace { inputs, templates: root().join("templates"), out: root().join("out") };
    let inputs = liasse::pipeline::read(&workspace).expect("the inputs");
    liasse::intake::read(&inputs.sources()).model
}

/// The problems of a run as (code, sheet, cell), from `check --format json`.
pub(crate) fn problems(fixture: &Fixture) -> Vec<(String, String, String)> {
    let run = fixture.run("check --format json");
    let value: serde_json::Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stdout));
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let messages = value["messages"].as_array().expect("messages");
    messages
        .iter()
        .map(|message| (text(&message["code"]), text(&message["feuille"]), text(&message["cellule"])))
        .collect()
}

pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

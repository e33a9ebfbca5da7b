//! A document of one's own: one file for each of its rows and formats, rendered for the file's readers.

use std::sync::{Arc, Mutex, OnceLock};

use chrono::NaiveDate;

use super::keys::{Audience, DaySource, Format};
use super::select::Asked;
use super::values::{self, Context};
use super::{Genre, Maker, families, join};
use crate::content::{self, Block};
use crate::diagnostics::messages::{cells, commands, texts};
use crate::diagnostics::{Diagnostic, Place};
use crate::documents::{self, CalendarEvent, Draft, MessageRecipe, Part, Recipe};
use crate::model::{AnyRow, Contact, Event, Readers, Reads, Scope};
use crate::records::Sheet;
use crate::render::markdown::{Fence, fence};
use crate::render::marked::Register;
use crate::render::text::Texts;
use crate::views::{Data, Tree};
use crate::wording;

impl Genre {
    /// The place of a key of the front matter.
    pub(super) fn place(&self, maker: &Maker, key: &str) -> Place {
        let file = maker.templates.get(&self.template).map_or_else(|| self.template.clone(), |it| it.shown.clone());
        let line = self.front.lines.iter().find(|(known, _)| known == key).map_or(1, |(_, line)| *line);
        Place::Line { file, line, column: 0 }
    }

    /// The name of a row's document, or of the only one.
    pub(super) fn id(&self, maker: &Maker, scope: &Scope, row: Option<AnyRow>) -> Result<String, Diagnostic> {
        let id = match (&self.front.id, row) {
            (Some(source), _) if !source.contains("{{") => source.clone(),
            (Some(source), _) => {
                let rows: Vec<AnyRow> = row.into_iter().collect();
                // The day of the sheets is found where the name asks for it: much is read for it.
                let named = self.front.date.iter().filter(|source| !matches!(source, DaySource::Situation));
                let day = self.day(&named.cloned().collect::<Vec<_>>(), scope, &rows);
                let context = self.context(maker, Readers::Operator, day, rows, true);
                let texts = Texts::over(maker.templates, |_| false);
                let id = texts.line(source, values::root(&context));
                id.map_err(|reason| texts::invalid_front("id", &reason).at(self.place(maker, "id")))?
            }
            (None, None) => String::new(),
            (None, Some(row)) => {
                let key = row.sheet().key.iter();
                let said = key.filter_map(|column| {
                    let links = scope.links_of(row, column);
                    let linked = links.first().map(|link| values::said(scope, *link));
                    linked.or_else(|| values::said_of(column, scope.field_of(row, column).as_ref()).into_iter().next())
                });
                said.collect::<Vec<_>>().join("-")
            }
        };
        let name = wording::file_name(id.trim()).trim_matches(['-', '.']).to_owned();
        if name.is_empty() || name.len() > 80 || wording::improper_name(&name).is_some() {
            let first = |row: AnyRow| Some((row, *row.sheet().key.first().or(row.sheet().columns.first())?));
            let cell = row.and_then(first).map(|(row, column)| scope.cell_of(row, column));
            let fault = texts::nameless_document(&self.front.label, &id);
            return Err(match cell {
                Some(cell) => fault.at_cell(cell),
                None => fault.at(self.place(maker, "id")),
            });
        }
        Ok(name)
    }

    pub(super) fn context(
        &self,
        maker: &Maker,
        readers: Readers,
        day: Option<NaiveDate>,
        rows: Vec<AnyRow>,
        for_names: bool,
    ) -> Arc<Context> {
        Arc::new(Context {
            shared: Arc::clone(maker.shared),
            schema: self.schema,
            readers,
            day: day.map_or_else(OnceLock::new, OnceLock::from),
            for_names,
            rows,
            register: Arc::new(Register::default()),
            seen: Mutex::new(Reads::default()),
        })
    }

    /// The first day of some sources that the rows have.
    fn day(&self, sources: &[DaySource], scope: &Scope, rows: &[AnyRow]) -> Option<NaiveDate> {
        sources.iter().find_map(|source| match source {
            DaySource::Fixed(day) => Some(*day),
            DaySource::Situation => Some(scope.situation()),
            DaySource::Of(sheet, link, asked) => {
                let row = *rows.iter().find(|row| row.sheet().name == sheet.name)?;
                let row = match link {
                    Some(column) => scope.links_of(row, column).into_iter().next()?,
                    None => row,
                };
                asked.day(scope, row, &|| scope.situation())
            }
        })
    }

    /// A document.
    pub(super) fn document(
        &self,
        maker: &Maker,
        scope: &Scope,
        id: &str,
        row: Option<AnyRow>,
    ) -> Result<Draft, Vec<Diagnostic>> {
        let each: Vec<Option<AnyRow>> = match self.front.each {
            None => vec![None],
            Some(sheet) => Self::chosen(scope, sheet, &self.front.when_each).into_iter().map(Some).collect(),
        };
        if each.is_empty() {
            let fault = texts::invalid_front("quand_chaque", "aucune ligne ne convient : il n’y aurait aucun fichier");
            return Err(vec![fault.at(self.place(maker, "quand_chaque"))]);
        }
        let goes = |other: &&Option<AnyRow>| match (row, other) {
            (Some(row), Some(other)) => join::go_together(scope, row, *other),
            _ => true,
        };
        let (mut parts, mut owners, mut faults, mut last) = (Vec::<Part>::new(), Vec::new(), Vec::new(), None);
        for other in each.iter().filter(goes) {
            let rows: Vec<AnyRow> = row.into_iter().chain(*other).collect();
            match self.files(maker, scope, id, &rows, *other) {
                Ok((found, day)) => {
                    for part in found {
                        let same = parts.iter().position(|known: &Part| known.name.eq_ignore_ascii_case(&part.name));
                        match (same, &part.recipe) {
                            // A picture that several files show stands beside them once.
                            (Some(_), Recipe::Picture { .. }) => continue,
                            (Some(at), _) if faults.is_empty() => {
                                faults.push(self.same_file(scope, &part, (owners[at], *other), id));
                            }
                            _ => {}
                        }
                        parts.push(part);
                        owners.push(*other);
                    }
                    last = last.max(Some(day));
                }
                Err(found) => {
                    faults.extend(found.into_iter().filter(|fault| !faults.contains(fault)).collect::<Vec<_>>());
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let readers = match self.front.audience {
            Audience::Public => Readers::Public,
            Audience::Partners => Readers::Partners,
            Audience::Partner | Audience::Operator => Readers::Operator,
        };
        Ok(Draft {
            title: format!("{} {id}", self.front.label),
            date: last.unwrap_or_default(),
            parts,
            ..Draft::new(self.name(), id, readers)
        })
    }

    /// Two rows of « chaque » whose files are called the same.
    fn same_file(&self, scope: &Scope, part: &Part, rows: (Option<AnyRow>, Option<AnyRow>), id: &str) -> Diagnostic {
        let fault = commands::twice_in_document(&part.name, &format!("{} {id}", self.front.label));
        let (Some(first), Some(second)) = rows else { return fault };
        let sheet = second.sheet();
        let cure = match &self.front.file {
            Some(_) => "ajouter à « fichier », dans l’en-tête du gabarit, ce qui les distingue".to_owned(),
            None => format!(
                "ajouter à l’en-tête du gabarit une ligne fichier = \"…-{{{{ {}.… }}}}\" avec ce qui les distingue",
                sheet.row_name
            ),
        };
        let numbers = [first, second].map(|row| scope.number_of(row));
        let fault = fault.hint(format!("lignes {} et {} de {} : {cure}", numbers[0], numbers[1], sheet.name));
        match sheet.key.first().or(sheet.columns.first()) {
            Some(column) => fault.at_cell(scope.cell_of(second, column)),
            None => fault,
        }
    }

    /// Who reads a file.
    fn readers(&self, maker: &Maker, scope: &Scope, rows: &[AnyRow]) -> Result<Readers, Diagnostic> {
        Ok(match self.front.audience {
            Audience::Public => Readers::Public,
            Audience::Partners => Readers::Partners,
            Audience::Operator => Readers::Operator,
            Audience::Partner => {
                // The row of « chaque » stands behind that of « pour », and comes first here.
                let mut partners = rows.iter().rev().filter_map(|row| scope.partner_of(*row));
                let partner = partners.next();
                if let (Some(partner), Some(other)) = (partner, partners.find(|other| Some(*other) != partner)) {
                    let [reader, owner] = [partner, other].map(|it| values::said(scope, it));
                    let reason = format!(
                        "« pour » est une ligne de {owner} et « chaque » une ligne de {reader} : le dossier de l’un \
                         porterait un fichier que l’autre seul peut lire"
                    );
                    let fault = texts::invalid_front("lecteurs", &reason).at(self.place(maker, "lecteurs"));
                    return Err(fault.hint(
                        "retirer « chaque », choisir avec « quand » les lignes du même partenaire, ou écrire \
                         lecteurs = \"partenaires\" ou \"interne\""
                            .to_owned(),
                    ));
                }
                let place = partner.and_then(|partner| scope.partner_place(partner));
                let reason = "la ligne n’a pas de partenaire : on ne sait pas qui lirait le fichier";
                Readers::Partner(place.ok_or_else(|| {
                    let fault = texts::invalid_front("lecteurs", reason);
                    match rows.last().and_then(|row| Some((row, row.sheet().columns.first()?))) {
                        Some((row, column)) => fault.at_cell(scope.cell_of(*row, column)),
                        None => fault.at(self.place(maker, "lecteurs")),
                    }
                })?)
            }
        })
    }

    /// The files of one row, in every format, and their day.
    fn files(
        &self,
        maker: &Maker,
        scope: &Scope,
        id: &str,
        rows: &[AnyRow],
        each: Option<AnyRow>,
    ) -> Result<(Vec<Part>, NaiveDate), Vec<Diagnostic>> {
        let one = |fault: Diagnostic| vec![fault];
        let day = self.day(&self.front.date, scope, rows);
        let day = match (day, self.front.date.is_empty()) {
            (Some(day), _) => day,
            (None, true) => scope.situation(),
            (None, false) => return Err(one(self.dateless(maker, scope, rows))),
        };
        let frozen = self.day(&self.front.frozen, scope, rows);
        let readers = self.readers(maker, scope, rows).map_err(one)?;
        let context = self.context(maker, readers.clone(), Some(day), rows.to_vec(), false);
        let hidden = rows.iter().find(|row| !context.ask(|scope| scope.may_read(**row)));
        if let Some(row) = hidden {
            let fault = texts::invalid_front(
                "lecteurs",
                "ces lecteurs ne peuvent pas lire la ligne pour laquelle le fichier est fait",
            );
            let cell = row.sheet().columns.first().map(|column| scope.cell_of(*row, column));
            return Err(one(match cell {
                Some(cell) => fault.at_cell(cell),
                None => fault.at(self.place(maker, "lecteurs")),
            }));
        }
        let sheet = rows.last().map(|row| row.sheet());
        let tree = self.tree(maker, &values::root(&context), &context.register, sheet);
        maker.desk.absorb(&context.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        let tree = tree.map_err(one)?;
        let file = self.file(maker, scope, rows, each, day).map_err(one)?;
        let title = title(&tree.blocks).unwrap_or_else(|| wording::capitalized(&self.front.label));
        let event = rows.iter().find_map(|row| scope.typed::<Event>(*row));
        let domain = scope.territory().letter.sender.split('@').nth(1).unwrap_or("localhost").to_owned();
        let entry = event.map_or_else(
            || CalendarEvent {
                uid: format!("{}-{id}-{file}@{domain}", self.name()),
                summary: title.clone(),
                location: None,
                description: None,
                link: None,
                start: (day, None),
                end: (day, None),
                cancelled: false,
            },
            |event| documents::calendar_event(event, &domain),
        );
        let to = address(scope, rows, &readers);
        let parts = self.formats(scope, (id, &file), &title, day, tree, (entry, to));
        let parts = parts.into_iter().map(|part| part.frozen(frozen).for_readers(readers.clone())).collect();
        Ok((parts, day))
    }

    fn dateless(&self, maker: &Maker, scope: &Scope, rows: &[AnyRow]) -> Diagnostic {
        let cell = self.front.date.iter().find_map(|source| match source {
            DaySource::Of(sheet, link, Asked::Column(column)) => {
                let row = rows.iter().find(|row| row.sheet().name == sheet.name)?;
                let linked = link.and_then(|link| scope.links_of(*row, link).into_iter().next());
                Some(match (link, linked) {
                    (Some(link), None) => scope.cell_of(*row, link),
                    (_, found) => scope.cell_of(found.unwrap_or(*row), column),
                })
            }
            _ => None,
        });
        let fault = texts::dateless_document(&self.front.label);
        match cell {
            Some(cell) => fault.at_cell(cell),
            None => fault.at(self.place(maker, "date")),
        }
    }

    /// The text, with the parts that it leaves empty filled.
    ///
    /// `root` is everything that it is given, and `sheet` that of the row that a file is for.
    pub(super) fn tree(
        &self,
        maker: &Maker,
        root: &minijinja::Value,
        register: &Arc<Register>,
        sheet: Option<&'static Sheet>,
    ) -> Result<Tree, Diagnostic> {
        let folder = format!("{}/", self.name());
        let texts = Texts::over(maker.templates, |name| name.starts_with("familles/") || name.starts_with(&folder));
        let mut tree = {
            let rendered = texts.words_over(&self.template, root.clone(), register)?;
            Tree { blocks: rendered.text.blocks, printed: rendered.text.printed }
        };
        self.fill(maker, &texts, root, (register, sheet), &mut tree)?;
        Block::nest_headings(&mut tree.blocks);
        match Block::pictures(&tree.blocks).into_iter().find(|path| !(maker.has_picture)(path)) {
            Some(path) => Err(cells::missing_image(path).at(self.place(maker, "genre"))),
            None => Ok(tree),
        }
    }

    fn fill(
        &self,
        maker: &Maker,
        texts: &Texts,
        root: &minijinja::Value,
        (register, sheet): (&Arc<Register>, Option<&'static Sheet>),
        tree: &mut Tree,
    ) -> Result<(), Diagnostic> {
        for block in &mut tree.blocks {
            let Block::Part { name, arguments, blocks } = block else { continue };
            let Some(part) = self.front.family.part(name).filter(|_| blocks.is_empty()) else { continue };
            let own = part.whose.filter(|whose| *whose == "lecteur").and_then(|_| addressee(part, maker, sheet));
            let Some(whose) = arguments.first().map(String::as_str).or(own).or(part.whose) else { continue };
            let who = texts.value_of(whose, root.clone()).filter(|value| value.is_true());
            let sheet = who.as_ref().and_then(values::sheet_of);
            let (Some(who), Some(sheet)) = (who, sheet) else {
                let reason = format!(
                    "« {whose} » ne désigne ici aucune ligne ; écrire son contenu avant la ligne « ::: », ou de qui il \
                     s’agit : « ::: {name} operateur »"
                );
                return Err(texts::unknown_part(name, &reason).at(self.part_place(maker, name)));
            };
            let template = part.template(sheet);
            if maker.templates.get(&template).is_none() {
                let reason = format!(
                    "rien ne le remplit d’une ligne de {} ; écrire son contenu avant la ligne « ::: »",
                    sheet.name
                );
                return Err(texts::unknown_part(name, &reason).at(self.part_place(maker, name)));
            }
            let data = minijinja::context! { de => who, ..root.clone() };
            let rendered = texts.words_over(&template, data, register)?;
            *blocks = rendered.text.blocks;
            tree.printed.extend(rendered.text.printed);
        }
        Ok(())
    }

    /// Where a part opens in the template.
    fn part_place(&self, maker: &Maker, name: &str) -> Place {
        let template = maker.templates.get(&self.template);
        let text = template.map(|it| String::from_utf8_lossy(&it.bytes).into_owned()).unwrap_or_default();
        let opens = |line: &str| matches!(fence(line), Some(Fence::Open(found, _)) if found == name);
        let line = text.lines().position(opens).map_or(1, |at| at + 1);
        Place::Line { file: template.map_or_else(|| self.template.clone(), |it| it.shown.clone()), line, column: 0 }
    }

    /// The name of a row's files, without their ending.
    fn file(
        &self,
        maker: &Maker,
        scope: &Scope,
        rows: &[AnyRow],
        each: Option<AnyRow>,
        day: NaiveDate,
    ) -> Result<String, Diagnostic> {
        let stem = self.template.rsplit('/').next().unwrap_or_default().trim_end_matches(".md.j2");
        let name = match (&self.front.file, each) {
            (Some(source), _) => {
                let context = self.context(maker, Readers::Operator, Some(day), rows.to_vec(), true);
                let texts = Texts::over(maker.templates, |_| false);
                let name = texts.line(source, values::root(&context));
                name.map_err(|reason| texts::invalid_front("fichier", &reason).at(self.place(maker, "fichier")))?
            }
            (None, Some(row)) => format!("{stem}-{}", values::called(scope, row)),
            (None, None) => stem.to_owned(),
        };
        let file = wording::file_name(name.trim()).trim_matches(['-', '.']).to_owned();
        if file.is_empty() || file.len() > 100 || wording::improper_name(&file).is_some() {
            let reason = format!("« {name} » ne peut pas nommer un fichier");
            return Err(texts::invalid_front("fichier", &reason).at(self.place(maker, "fichier")));
        }
        Ok(file)
    }

    fn formats(
        &self,
        scope: &Scope,
        (id, file): (&str, &str),
        title: &str,
        day: NaiveDate,
        tree: Tree,
        (entry, to): (CalendarEvent, Option<String>),
    ) -> Vec<Part> {
        let territory = scope.territory();
        let pages = |tree| -> Arc<dyn Data> {
            Arc::new(documents::text_pages(territory, self.front.family.name, title, &self.front.label, day, tree))
        };
        let wants = |format: Format| self.front.formats.contains(&format);
        let pictures: Vec<String> = Block::pictures(&tree.blocks).into_iter().map(ToOwned::to_owned).collect();
        let mut for_screen = tree.clone();
        Block::change_pictures(&mut for_screen.blocks, &|path| documents::mail_name(path));
        let for_word = wants(Format::Word).then(|| tree.clone());
        let workbook = wants(Format::Workbook).then(|| documents::text_workbook(territory, title, &tree));
        let (data, screen_data) = (pages(tree), pages(for_screen));
        let name = |format: Format| format!("{file}.{}", format.ending());
        let text = |template: &'static str| Recipe::Text { template, data: Arc::clone(&screen_data), limit: None };
        let family = self.front.family;
        let mut parts = Vec::new();
        let mail = wants(Format::Mail);
        if wants(Format::Pdf) {
            let recipe = Recipe::Pdf {
                template: family.page,
                data: Arc::clone(&data),
                texts: Vec::new(),
                comparisons: Vec::new(),
            };
            parts.push(Part::new(name(Format::Pdf), recipe));
        }
        if let Some(tree) = for_word {
            let paper = documents::text_paper(territory, family.look, title, &self.front.label, day, tree);
            parts.push(Part::new(name(Format::Word), Recipe::Word(Box::new(paper))));
        }
        if let Some(workbook) = workbook {
            parts.push(Part::new(name(Format::Workbook), Recipe::Workbook(Box::new(workbook))));
        }
        if wants(Format::Html) || mail {
            let picture =
                |source: String| Part::new(documents::mail_name(&source), Recipe::Picture { source, width: 1_120 });
            parts.extend(pictures.into_iter().map(picture));
            parts.push(Part::new(name(Format::Html), text("familles/page.html.j2")));
        }
        if wants(Format::Text) || mail {
            parts.push(Part::new(name(Format::Text), text("familles/texte.txt.j2")));
        }
        if wants(Format::Calendar) {
            let recipe = Recipe::Calendar { name: title.to_owned(), events: vec![entry] };
            parts.push(Part::new(name(Format::Calendar), recipe));
        }
        if mail {
            let attached = [Format::Pdf, Format::Calendar].into_iter().filter(|format| wants(*format));
            let message = MessageRecipe {
                identifier: format!("{}-{id}-{file}-{day}", self.name()),
                to,
                from_name: wording::prose(&territory.letter.sender_name),
                from: territory.letter.sender.clone(),
                subject: title.to_owned(),
                unsubscribe: territory.letter.unsubscribe.clone(),
                text: name(Format::Text),
                html: name(Format::Html),
                attachments: attached.map(name).collect(),
            };
            parts.push(Part::new(name(Format::Mail), Recipe::Message(Box::new(message))));
        }
        parts
    }
}

/// The address that a message is written to: that of the contact whom it is for, else of the secretariat of who reads it.
fn address(scope: &Scope, rows: &[AnyRow], readers: &Readers) -> Option<String> {
    let contact = rows.iter().rev().find_map(|row| scope.typed::<Contact>(*row));
    let address = contact.map(|contact| contact.email().to_owned()).filter(|address| !address.is_empty());
    address.or_else(|| match readers {
        Readers::Partner(place) => {
            let partner = scope.partners().find(|partner| partner.index() == *place)?;
            partner.email().map(ToOwned::to_owned)
        }
        _ => None,
    })
}

/// The name of the row that a file is addressed to, where it is somebody or a firm: the one of « chaque », else of « pour ».
fn addressee(part: &families::Part, maker: &Maker, sheet: Option<&'static Sheet>) -> Option<&'static str> {
    let sheet = sheet?;
    let is_filled = maker.templates.get(&part.template(sheet)).is_some();
    (is_filled && sheet.name != "Partenaires").then_some(sheet.row_name)
}

/// The first heading of a text.
fn title(blocks: &[Block]) -> Option<String> {
    let mut found = None;
    Block::visit(blocks, &mut |block| {
        if let (Block::Heading { runs, .. }, None) = (block, &found) {
            found = Some(content::words(runs));
        }
    });
    found
}

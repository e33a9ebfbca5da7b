//! What became of each article, as data for the words that tell it: values, sentences, rows; never a torn word.

use super::leaves::Kind;
use super::tree::{Numbers, is_article};
use super::words::Piece;
use super::{Cell, Mark, MarkedLeaf, State};
use crate::views::view;

/// The words of the context of a change, on either side.
const CONTEXT: usize = 4;
/// The most words that are quoted of a change.
const MOST_WORDS: usize = 32;
/// The most words of what names an item: « Communauté d’agglomération de Cambrai ».
const MOST_WORDS_OF_A_NAME: usize = 9;
/// The most changes of one article that are told one by one.
const MOST_CHANGES: usize = 9;

view! {
    /// What became of the articles, in the order of the later version.
    #[derive(Default)]
    pub struct Summary {
        /// Those with something to tell.
        articles: Vec<ArticleChange>,
        /// The others.
        inchanges: Vec<ArticleName>,
    }

    /// An article by number and title.
    pub struct ArticleName {
        numero: String,
        titre: String,
        /// Its earlier number, where that was another.
        ancien_numero: Option<String>,
    }

    /// What became of an article; one without a number is what stands before the first.
    pub struct ArticleChange {
        /// « nouveau », « supprime » or « modifie ».
        etat: &'static str,
        /// Its number: in the earlier version where it went.
        numero: Option<String>,
        titre: String,
        /// Its earlier number, where that was another.
        ancien_numero: Option<String>,
        /// Its earlier title, where that was another.
        ancien_titre: Option<String>,
        /// Whether it stands elsewhere among the others.
        deplace: bool,
        changements: Vec<Change>,
        /// Whether there is more to tell than is told.
        suite: bool,
    }

    /// A change within an article.
    pub struct Change {
        /// « valeurs », « remplace », « insere », « ajoute », « supprime », « ligne-ajoutee », « ligne-supprimee » or « deplace ».
        genre: &'static str,
        /// What it is about: rows of a table, an item.
        sujets: Vec<String>,
        /// What stood there; of words that were put in, those before them.
        avant: String,
        /// What stands there.
        apres: String,
        /// The values that took the place of others.
        valeurs: Vec<ValueChange>,
    }

    /// A value that took the place of another.
    pub struct ValueChange {
        avant: String,
        apres: String,
    }
}

/// What became of the articles of marked leaves.
pub(super) fn of(leaves: &[MarkedLeaf]) -> Summary {
    let numbers = Numbers::new(leaves);
    let mut summary = Summary::default();
    let mut rest = leaves;
    while let Some(first) = rest.first() {
        let end = rest.iter().skip(1).position(is_article).map_or(rest.len(), |index| index + 1);
        let (article, others) = rest.split_at(end);
        rest = others;
        let told = article_change(first, article, &numbers);
        if told.etat == "modifie" && told.changements.is_empty() && told.ancien_titre.is_none() && !told.deplace {
            if let Some(numero) = told.numero {
                let ArticleChange { titre, ancien_numero, .. } = told;
                summary.inchanges.push(ArticleName { numero, titre, ancien_numero });
            }
        } else {
            summary.articles.push(told);
        }
    }
    summary
}

fn article_change(first: &MarkedLeaf, article: &[MarkedLeaf], numbers: &Numbers) -> ArticleChange {
    let titled = is_article(first);
    let (before, after) = if titled { numbers.of(first) } else { (None, None) };
    let number = |number: usize| number.to_string();
    let titles =
        [Mark::Deleted, Mark::Inserted].map(|mark| if titled { clean(&first.text(mark)) } else { String::new() });
    let state = if titled { first.state() } else { State::Changed };
    let (etat, titre) = match state {
        State::Deleted => ("supprime", titles[0].clone()),
        State::Inserted => ("nouveau", titles[1].clone()),
        State::Kept | State::Changed => ("modifie", titles[1].clone()),
    };
    let mut changes = Vec::new();
    if etat == "modifie" {
        for leaf in article.iter().skip(usize::from(titled)) {
            take(leaf, &mut changes);
        }
    } else {
        let mark = if etat == "nouveau" { Mark::Inserted } else { Mark::Deleted };
        let told =
            article.iter().skip(1).find(|leaf| *leaf.kind() == Kind::Paragraph).map(|leaf| cut(&leaf.text(mark)));
        changes.extend(told.map(|text| {
            let (avant, apres) = if etat == "nouveau" { (String::new(), text) } else { (text, String::new()) };
            change(if etat == "nouveau" { "ajoute" } else { "supprime" }, Vec::new(), avant, apres)
        }));
    }
    let mut changements: Vec<Change> = Vec::new();
    for found in changes {
        match changements.iter_mut().find(|told| told.genre == "valeurs" && is_same(told, &found)) {
            // What became of several rows alike is told once.
            Some(told) if !told.sujets.is_empty() && !found.sujets.is_empty() => told.sujets.extend(found.sujets),
            _ => changements.push(found),
        }
    }
    let suite = changements.len() > MOST_CHANGES;
    changements.truncate(MOST_CHANGES);
    ArticleChange {
        etat,
        numero: after.or(before).map(number),
        titre,
        ancien_numero: before.filter(|before| after.is_some_and(|after| after != *before)).map(number),
        ancien_titre: (titled && state == State::Changed && titles[0] != titles[1]).then(|| titles[0].clone()),
        deplace: first.moved && titled,
        changements,
        suite,
    }
}

fn change(genre: &'static str, sujets: Vec<String>, avant: String, apres: String) -> Change {
    Change { genre, sujets, avant, apres, valeurs: Vec::new() }
}

fn is_same(one: &Change, other: &Change) -> bool {
    let values = |change: &Change| -> Vec<(String, String)> {
        change.valeurs.iter().map(|value| (value.avant.clone(), value.apres.clone())).collect()
    };
    one.genre == other.genre && values(one) == values(other)
}

/// What became of a leaf.
fn take(leaf: &MarkedLeaf, changes: &mut Vec<Change>) {
    let state = leaf.state();
    if let &Kind::Row { head } = leaf.kind() {
        if !head {
            row(leaf, state, changes);
        }
        return;
    }
    if leaf.moved && state == State::Kept {
        changes.push(change("deplace", Vec::new(), String::new(), cut(&leaf.text(Mark::Inserted))));
        return;
    }
    // A list between its items adds nothing to what its items say.
    let name =
        leaf.leaf().is_some_and(super::leaves::Leaf::is_item).then(|| name(&leaf.text(Mark::Inserted))).flatten();
    let subjects = || name.iter().cloned().collect::<Vec<String>>();
    for cell in &leaf.cells {
        let mut gone: Vec<String> = Vec::new();
        let mut pieces = cell.pieces.iter().peekable();
        while let Some(piece) = pieces.next() {
            let all = |mark: Mark| piece.iter().all(|run| run.mark == mark);
            if all(Mark::Kept) {
                continue;
            }
            if all(Mark::Deleted) {
                gone.push(text_of(piece, Mark::Deleted));
                if pieces.peek().is_some_and(|next| next.iter().all(|run| run.mark != Mark::Kept)) {
                    continue;
                }
                changes.push(change("supprime", Vec::new(), cut(&std::mem::take(&mut gone).join(" ")), String::new()));
            } else if all(Mark::Inserted) {
                let mut come = vec![text_of(piece, Mark::Inserted)];
                while let Some(next) = pieces.next_if(|next| next.iter().all(|run| run.mark == Mark::Inserted)) {
                    come.push(text_of(next, Mark::Inserted));
                }
                let (before, after) = (cut(&std::mem::take(&mut gone).join(" ")), cut(&come.join(" ")));
                if after.is_empty() && before.is_empty() {
                    continue;
                }
                changes.push(if before.is_empty() {
                    change("ajoute", Vec::new(), before, after)
                } else {
                    change("remplace", subjects(), before, after)
                });
            } else {
                changes.extend(sentence(piece, subjects()));
            }
        }
    }
}

/// A row: what it is called, and its values before and after.
fn row(leaf: &MarkedLeaf, state: State, changes: &mut Vec<Change>) {
    let Some((key, values)) = leaf.cells.split_first() else { return };
    let values_of = |mark: Mark| {
        let texts = values.iter().map(|cell| clean(&cell.text(mark))).filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join(" ; ")
    };
    match state {
        State::Deleted => {
            changes.push(change(
                "ligne-supprimee",
                vec![clean(&key.text(Mark::Deleted))],
                values_of(Mark::Deleted),
                String::new(),
            ));
        }
        State::Inserted => {
            changes.push(change(
                "ligne-ajoutee",
                vec![clean(&key.text(Mark::Inserted))],
                String::new(),
                values_of(Mark::Inserted),
            ));
        }
        State::Kept => {}
        State::Changed => {
            if key.state() == State::Changed {
                changes.push(change(
                    "remplace",
                    Vec::new(),
                    clean(&key.text(Mark::Deleted)),
                    clean(&key.text(Mark::Inserted)),
                ));
            }
            let changed = |cell: &&Cell| cell.state() == State::Changed;
            let valeurs: Vec<ValueChange> = values
                .iter()
                .filter(changed)
                .map(|cell| ValueChange {
                    avant: or_dash(&cell.text(Mark::Deleted)),
                    apres: or_dash(&cell.text(Mark::Inserted)),
                })
                .collect();
            if !valeurs.is_empty() {
                let sujets = vec![clean(&key.text(Mark::Inserted))];
                changes.push(Change { valeurs, ..change("valeurs", sujets, String::new(), String::new()) });
            }
        }
    }
}

fn or_dash(text: &str) -> String {
    Some(clean(text)).filter(|text| !text.is_empty()).unwrap_or_else(|| "–".to_owned())
}

/// A group of changed words within a sentence, and how many words stand before it in both versions.
struct Group {
    gone: String,
    come: String,
}

/// A sentence of which some words changed.
fn sentence(piece: &Piece, subjects: Vec<String>) -> Option<Change> {
    let mut groups: Vec<Group> = Vec::new();
    let mut open = false;
    for run in piece {
        if run.mark == Mark::Kept {
            open = open && run.run.text.trim().is_empty();
            continue;
        }
        if !open {
            groups.push(Group { gone: String::new(), come: String::new() });
            open = true;
        }
        if let Some(group) = groups.last_mut() {
            if run.mark == Mark::Deleted { &mut group.gone } else { &mut group.come }.push_str(&run.run.text);
        }
    }
    groups.retain(|group| clean(&group.gone) != clean(&group.come));
    if groups.is_empty() {
        return None;
    }
    let is_value = |text: &str| {
        let words = text.split_whitespace().count();
        text.chars().any(|digit| digit.is_ascii_digit()) && words <= 6
    };
    if groups.iter().all(|group| is_value(&group.gone) && is_value(&group.come)) {
        let valeurs = groups.iter().map(|group| ValueChange { avant: bare(&group.gone), apres: bare(&group.come) });
        let sujets = if subjects.is_empty() { vec![opening(piece)] } else { subjects };
        return Some(Change { valeurs: valeurs.collect(), ..change("valeurs", sujets, String::new(), String::new()) });
    }
    if let [group] = groups.as_slice() {
        let (gone, come) = (clean(&group.gone), clean(&group.come));
        let is_short = |text: &str| text.split_whitespace().count() < 3;
        if gone.is_empty() && !is_short(&come) {
            return Some(change("insere", subjects, context(piece), cut(&come)));
        }
        if come.is_empty() && !is_short(&gone) {
            return Some(change("supprime", subjects, cut(&gone), String::new()));
        }
        if !subjects.is_empty() && !come.is_empty() && gone.split_whitespace().count() > 1 {
            return Some(change("remplace", subjects, cut(&gone), cut(&come)));
        }
    }
    let (before, after) = stretches(piece);
    Some(change("remplace", subjects, before, after))
}

/// The words before the first change.
fn context(piece: &Piece) -> String {
    let kept: String = piece.iter().take_while(|run| run.mark == Mark::Kept).map(|run| run.run.text.as_str()).collect();
    last_words(&kept, CONTEXT + 2)
}

fn last_words(text: &str, count: usize) -> String {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let start = words.len().saturating_sub(count);
    let shown = words[start..].join(" ");
    if start > 0 { format!("… {shown}") } else { shown }
}

/// Both versions from the first change to the last, with a few words around.
fn stretches(piece: &Piece) -> (String, String) {
    let changed = |run: &&super::MarkedRun| run.mark != Mark::Kept;
    let first = piece.iter().position(|run| changed(&run)).unwrap_or(0);
    let last = piece.iter().rposition(|run| changed(&run)).unwrap_or(0);
    let kept = |runs: &[super::MarkedRun]| runs.iter().map(|run| run.run.text.as_str()).collect::<String>();
    let lead = last_words(&kept(&piece[..first]), CONTEXT);
    let tail = kept(&piece[last + 1..]);
    let tail: Vec<&str> = tail.split(' ').filter(|word| !word.is_empty()).collect();
    let more = tail.len() > CONTEXT;
    let tail = tail.into_iter().take(CONTEXT).collect::<Vec<_>>().join(" ");
    let side = |mark: Mark| {
        let middle: String = piece[first..=last]
            .iter()
            .filter(|run| run.mark == Mark::Kept || run.mark == mark)
            .map(|run| run.run.text.as_str())
            .collect();
        let whole = clean(&format!("{lead} {} {tail}", middle.trim()));
        let whole = cut(&whole);
        if more && !whole.ends_with('…') { format!("{whole} …") } else { whole }
    };
    (side(Mark::Deleted), side(Mark::Inserted))
}

/// How a sentence opens, as far as both versions agree or a few words.
fn opening(piece: &Piece) -> String {
    let text = text_of(piece, Mark::Inserted);
    let kept: String = piece.iter().take_while(|run| run.mark == Mark::Kept).map(|run| run.run.text.as_str()).collect();
    let words: Vec<&str> = if kept.trim().is_empty() { text.split(' ') } else { kept.split(' ') }
        .filter(|word| !word.is_empty())
        .collect();
    let shown = words[..words.len().min(MOST_WORDS_OF_A_NAME)].join(" ");
    format!("« {} … »", shown.trim_end_matches([',', ' ']))
}

/// What names an item: its words before the first comma, where they are few.
fn name(text: &str) -> Option<String> {
    let (name, _) = text.split_once(',')?;
    let name = clean(name);
    (!name.is_empty() && name.split_whitespace().count() <= MOST_WORDS_OF_A_NAME).then_some(name)
}

fn text_of(piece: &Piece, mark: Mark) -> String {
    let on_side = piece.iter().filter(|run| run.mark == Mark::Kept || run.mark == mark);
    clean(&on_side.map(|run| run.run.text.as_str()).collect::<String>())
}

/// One line, without spaces at its ends.
fn clean(text: &str) -> String {
    text.split([' ', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// One line without the punctuation at its end.
fn bare(text: &str) -> String {
    clean(text).trim_end_matches([',', ';', '.', ':', '\u{202f}', '\u{a0}']).to_owned()
}

/// As many words as are quoted, and the sign that there are more.
fn cut(text: &str) -> String {
    let text = bare(text);
    let words: Vec<&str> = text.split(' ').collect();
    if words.len() <= MOST_WORDS { text } else { format!("{} …", words[..MOST_WORDS].join(" ")) }
}

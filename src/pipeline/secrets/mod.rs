//! The search of finished files for what their readers must not meet: firms by name, by the word that tells them, by their
//! numbers; persons of the list by name and address.
//!
//! Rows were reached through a scope before the document was drafted; this proves it over what came out, however it is
//! written: in a link, in another alphabet, with a letter wrong.

mod letters;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use self::letters::Letters;
use self::words::{Common, Near, latin};
use crate::model::{At, Contact, Readers, Scope};
use crate::wording::fold;

/// The names of a model to search for, all at once.
pub(super) struct Secrets {
    names: Vec<Name>,
    /// What the sheets call places, partners, sectors: such words tell no firm.
    places: Vec<String>,
    /// The words that tell one of the names; nothing where persons are searched.
    words: Option<OnceLock<(Near, Common)>>,
    /// Names by their SIREN and SIRET.
    numbers: HashMap<String, usize>,
    /// Names by their addresses.
    addresses: HashMap<String, usize>,
    /// Phrases that may stand, folded, whatever they name.
    allowed: Vec<String>,
    index: OnceLock<Index>,
}

/// The name of a firm, or of a person.
struct Name {
    text: String,
    /// The partners, by their places, whose own firms are called so.
    owners: Vec<u32>,
    /// Whether a firm of this name had an award that was announced.
    is_announced: bool,
    /// Whether a row that all partners read names it.
    is_shared: bool,
}

impl Name {
    /// Whether readers may meet the name.
    fn is_known_to(&self, readers: &Readers) -> bool {
        match readers {
            Readers::Operator => true,
            Readers::Public => self.is_announced,
            Readers::Partners => self.is_announced || self.is_shared,
            Readers::Partner(partner) => self.is_announced || self.is_shared || self.owners.contains(partner),
        }
    }
}

/// The names by their letters.
struct Index {
    /// The letters of each name: a line break or a hyphen inside it hides nothing.
    bare: Vec<String>,
    /// The names by their first letters.
    by_start: HashMap<String, Vec<usize>>,
}

/// Names of fewer letters are searched as whole words, so that « LED » is not found in « l’éd. ».
const SHORT: usize = 8;
/// How many letters names are looked up by; shorter ones by all that they have.
const START: usize = 4;
/// The fewest letters of a word that is searched within others, as links and names of files glue them.
const GLUED: usize = 7;

impl Secrets {
    /// The names of all firms, with the words and numbers that tell them.
    pub(super) fn of_firms(scope: &Scope) -> Self {
        let territory = scope.territory();
        let mut places: Vec<String> = vec![territory.name.clone(), territory.programme.clone()];
        for partner in scope.partners() {
            let names = [partner.official_name(), partner.usual_name(), partner.name_with_de(), partner.code()];
            places.extend(names.map(ToOwned::to_owned));
            places.extend([partner.city(), partner.acronym()].into_iter().flatten().map(ToOwned::to_owned));
        }
        for firm in scope.firms() {
            places.extend([firm.commune(), firm.sector(), firm.site()].into_iter().flatten().map(ToOwned::to_owned));
        }
        places.extend(territory.themes.iter().cloned());
        let mut secrets = Self { places, words: Some(OnceLock::new()), ..Self::none() };
        secrets.allowed = territory.allowed.iter().map(|allowed| fold(&allowed.text)).collect();
        let mut known: HashMap<String, usize> = HashMap::new();
        for firm in scope.firms() {
            let place = *known.entry(fold(firm.name())).or_insert_with(|| secrets.add(firm.name()));
            let name = &mut secrets.names[place];
            name.owners.push(firm.partner().index());
            name.is_announced |= firm.is_announced();
            if let Some(siret) = firm.siret().filter(|siret| siret.len() == 14) {
                secrets.numbers.insert(siret.to_owned(), place);
                secrets.numbers.insert(siret[..9].to_owned(), place);
            }
        }
        secrets
    }

    /// The names of all persons of a list, of those who were invited too, and the addresses of contacts, as long as they are
    /// known for nothing else: whoever signs, sits or speaks is no secret. To be invited makes nobody known.
    pub(super) fn of_contacts(scope: &Scope) -> Self {
        let bare = |name: &str| Letters::of(name).bare;
        let mut public: HashSet<String> = HashSet::new();
        let mut known = |first: &str, last: &str| {
            public.insert(bare(&format!("{first} {last}")));
            public.insert(bare(&format!("{last} {first}")));
        };
        for person in scope.representatives() {
            known(person.first_name(), person.last_name());
        }
        for member in scope.attendances() {
            known(member.first_name(), member.last_name());
        }
        // A row may name a body where it means whoever came for it.
        for partner in scope.partners() {
            [partner.official_name(), partner.usual_name()].into_iter().for_each(|body| known(body, ""));
        }
        let speakers = scope.agenda_items().flat_map(|item| [item.rapporteur(), item.owner()]).flatten();
        let speakers: HashSet<String> = speakers.map(bare).collect();
        let settings = scope.territory();
        let named = |person: &str| settings.manager.as_ref().is_some_and(|it| fold(it).contains(&fold(person)));
        let mut addresses: HashSet<String> =
            [&settings.letter.sender, &settings.letter.unsubscribe].into_iter().map(|it| it.to_lowercase()).collect();
        addresses.extend(scope.partners().filter_map(|partner| partner.email().map(str::to_lowercase)));
        let reach = |orders: &[String; 2]| {
            let is_in = |known: &HashSet<String>| orders.iter().any(|name| known.contains(&bare(name)));
            let is_public = is_in(&public) || orders.iter().any(|name| named(name));
            (!is_public).then(|| is_in(&speakers))
        };
        let mut secrets = Self::none();
        for participant in scope.participants() {
            let name = participant.name().trim();
            let turned = name.split_once(' ').map(|(first, last)| format!("{} {first}", last.trim()));
            let owner = participant.partner().map(|partner| partner.index());
            let orders = [name.to_owned(), turned.unwrap_or_else(|| name.to_owned())];
            secrets.add_person(&orders, owner, reach(&orders));
        }
        for contact in scope.contacts() {
            let owner = contact.partner().map(|partner| partner.index());
            let address = contact.email().to_lowercase();
            let orders = both_orders(contact);
            secrets.add_person(&orders, owner, reach(&orders));
            if !address.is_empty() && !addresses.contains(&address) {
                let place = secrets.names.len();
                secrets.names.push(Name {
                    text: address.clone(),
                    owners: owner.into_iter().collect(),
                    is_announced: false,
                    is_shared: false,
                });
                secrets.addresses.insert(address, place);
            }
        }
        secrets
    }

    /// The names of all persons who stand on a list, in both orders.
    pub(super) fn of_persons(scope: &Scope) -> Self {
        let mut secrets = Self::none();
        let participants = scope.participants().map(|participant| participant.name().to_owned());
        let names: Vec<String> = scope.contacts().flat_map(both_orders).chain(participants).collect();
        for name in names.iter().filter(|name| !name.trim().is_empty()) {
            secrets.add(name);
        }
        secrets
    }

    fn none() -> Self {
        Self {
            names: Vec::new(),
            places: Vec::new(),
            words: None,
            numbers: HashMap::new(),
            addresses: HashMap::new(),
            allowed: Vec::new(),
            index: OnceLock::new(),
        }
    }

    fn add(&mut self, text: &str) -> usize {
        self.names.push(Name { text: text.to_owned(), owners: Vec::new(), is_announced: false, is_shared: false });
        self.names.len() - 1
    }

    /// A person's name in both orders, unless it is public; `reach` tells whether all partners may read it.
    fn add_person(&mut self, orders: &[String; 2], owner: Option<u32>, reach: Option<bool>) {
        let Some(is_shared) = reach else { return };
        for name in orders.iter().filter(|name| name.trim().contains(' ')) {
            let place = self.add(name);
            self.names[place].owners.extend(owner);
            self.names[place].is_shared = is_shared;
        }
    }

    /// Finds the words that stand in the name of one firm alone, and are no common ones.
    fn tell_apart(&self) -> (Near, Common) {
        let common = Common::with(self.places.iter().map(String::as_str));
        let mut near = Near::default();
        let mut by_word: HashMap<String, BTreeSet<usize>> = HashMap::new();
        for (place, name) in self.names.iter().enumerate() {
            for word in common.distinctive(&name.text) {
                by_word.entry(word).or_default().insert(place);
            }
        }
        let mut alone: Vec<(String, usize)> = by_word
            .into_iter()
            .filter_map(|(word, places)| Some((word, *places.first().filter(|_| places.len() == 1)?)))
            .collect();
        alone.sort_unstable();
        for (word, place) in alone {
            near.add(&word, place);
        }
        (near, common)
    }

    /// The names in a text that readers must not meet, in alphabetical order.
    pub(super) fn found_in(&self, text: &str, readers: &Readers) -> Vec<&str> {
        if self.names.is_empty() || *readers == Readers::Operator {
            return Vec::new();
        }
        let text = self.without_allowed(text);
        let plain = latin(&fold(&text));
        let mut places: BTreeSet<usize> = self.by_letters(&text, &plain, readers);
        places.extend(self.by_words(&text, &plain, readers));
        places.extend(self.by_numbers(&text));
        places.extend(self.by_addresses(&text));
        let hidden = places.into_iter().map(|place| &self.names[place]).filter(|name| !name.is_known_to(readers));
        let mut names: Vec<&str> = hidden.map(|name| name.text.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The phrases that are allowed and stand in a text.
    pub(super) fn allowed_in(&self, text: &str) -> Vec<usize> {
        if self.allowed.is_empty() {
            return Vec::new();
        }
        let folded = fold(text);
        (0..self.allowed.len()).filter(|place| folded.contains(&self.allowed[*place])).collect()
    }

    /// A text without the phrases that may stand in it.
    fn without_allowed(&self, text: &str) -> String {
        if self.allowed.is_empty() {
            return text.to_owned();
        }
        self.allowed
            .iter()
            .filter(|phrase| !phrase.is_empty())
            .fold(fold(text), |text, phrase| text.replace(phrase, " "))
    }

    /// Names that the letters of a text, folded, spell, whatever stands between them.
    fn by_letters(&self, text: &str, plain: &str, readers: &Readers) -> BTreeSet<usize> {
        let index = self.index();
        let letters = Letters::of_plain(plain);
        let found: BTreeSet<usize> = letters.starts().flat_map(|start| index.beginning(&letters, start)).collect();
        let (known, hidden): (Vec<usize>, Vec<usize>) =
            found.into_iter().partition(|place| self.names[*place].is_known_to(readers));
        let stands = |place: &usize| {
            let name = &index.bare[*place];
            if name.len() < SHORT {
                let words = |text: &str| format!(" {} ", letters::words(text));
                return words(text).contains(&words(&self.names[*place].text));
            }
            // A name that is known to the readers stands in the text where one that holds it does.
            let longer = known.iter().map(|known| index.bare[*known].as_str());
            letters.hold(name, &longer.filter(|longer| longer.contains(name.as_str())).collect::<Vec<_>>())
        };
        hidden.into_iter().filter(stands).collect()
    }

    /// Names that a word of a text, folded, tells: theirs, with a letter wrong, or glued to others.
    fn by_words(&self, text: &str, plain: &str, readers: &Readers) -> BTreeSet<usize> {
        let Some(words) = &self.words else { return BTreeSet::new() };
        let (near, common) = words.get_or_init(|| self.tell_apart());
        // A word that the end of a line divides is one.
        let is_divided = text.contains("-\n") || text.contains('\u{ad}');
        let joined = is_divided.then(|| latin(&fold(&text.replace("-\n", "").replace('\u{ad}', ""))));
        let texts = std::iter::once(plain).chain(joined.as_deref());
        let mut words: Vec<&str> = texts.flat_map(words::split).filter(|word| word.len() >= 5).collect();
        words.sort_unstable();
        words.dedup();
        let mut found = BTreeSet::new();
        for word in words.into_iter().filter(|word| !common.has(word)) {
            let meant = near.found(word);
            // A word that tells a firm which the readers know is that one's, though another's is near.
            if !meant.iter().any(|place| self.names[*place].is_known_to(readers)) {
                found.extend(meant);
            }
            if word.len() > GLUED {
                let held = near.words().filter(|(held, _)| held.len() >= GLUED && word.contains(held));
                found.extend(held.map(|(_, place)| place));
            }
        }
        found
    }

    /// Names whose SIREN or SIRET stands in a text, its digits grouped or not.
    fn by_numbers(&self, text: &str) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        if self.numbers.is_empty() {
            return found;
        }
        let mut run = String::new();
        let mut search = |run: &mut String| {
            for length in [9, 14] {
                let windows = (0..(run.len() + 1).saturating_sub(length)).map(|start| &run[start..start + length]);
                found.extend(windows.filter_map(|digits| self.numbers.get(digits)));
            }
            run.clear();
        };
        for character in text.chars() {
            match character {
                '0'..='9' => run.push(character),
                ' ' | '\u{a0}' | '\u{202f}' | '.' | '-' | '_' => {}
                _ => search(&mut run),
            }
        }
        search(&mut run);
        found
    }

    /// Names whose address stands in a text.
    fn by_addresses(&self, text: &str) -> BTreeSet<usize> {
        if self.addresses.is_empty() || !text.contains('@') {
            return BTreeSet::new();
        }
        let is_part = |character: char| character.is_alphanumeric() || "@._%+-".contains(character);
        text.split(|character| !is_part(character))
            .filter(|word| word.contains('@'))
            .filter_map(|word| self.addresses.get(&word.trim_matches('.').to_lowercase()))
            .copied()
            .collect()
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let bare: Vec<String> = self.names.iter().map(|name| Letters::of(&name.text).bare).collect();
            let mut by_start: HashMap<String, Vec<usize>> = HashMap::new();
            for (index, name) in bare.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
                by_start.entry(name.chars().take(START).collect()).or_default().push(index);
            }
            Index { bare, by_start }
        })
    }
}

/// A contact's name, first and last in both orders.
fn both_orders(contact: At<Contact>) -> [String; 2] {
    let (first, last) = (contact.first_name(), contact.last_name());
    [format!("{first} {last}"), format!("{last} {first}")]
}

impl Index {
    /// The names that whole words spell from a place on.
    fn beginning<'s>(&'s self, letters: &'s Letters, start: usize) -> impl Iterator<Item = usize> + 's {
        let rest = &letters.bare[start..];
        let ends = rest.char_indices().map(|(at, character)| at + character.len_utf8()).take(START);
        let alike = ends.filter_map(|end| self.by_start.get(&rest[..end])).flatten().copied();
        alike.filter(move |index| {
            let name = self.bare[*index].as_str();
            rest.starts_with(name) && letters.whole(start, start + name.len())
        })
    }
}

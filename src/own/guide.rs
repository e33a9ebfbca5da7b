//! The chapter of the guide on documents of one's own: every key, name, part, family, filter, from the declarations.

use std::fmt::Write as _;

use super::families::FAMILIES;
use super::keys::{Format, KEYS};
use super::schema::{Access, Schema, TERRITORY_NAMES, sheets};
use crate::model::{Desk, Disclosure, Model, Readers};
use crate::render::vocabulary::{FILTERS, TESTS, Word};

const OPENING: &str = r#"
## Un document à soi

Un fichier `templates/<genre>/<nom>.md.j2` fait un document : un en-tête entre deux lignes `+++`, puis le texte. Rien n’est à
programmer ; `liasse check` dit ce qui ne va pas, à sa ligne. `liasse new GENRE --from lettre` (ou `liasse nouveau`, c’est la
même commande) écrit un premier fichier à changer ; `--from` prend une autre famille, ou un genre livré.

```
+++
genre        = "visite"
libelle      = "annonce d’une visite"
pour         = "Agenda"                                    # un document par ligne de cette feuille…
quand        = { Type = "Visite", "Annulé" = "non" }       # … qui dit cela
chaque       = "Partenaires"                               # et dans chacun un fichier par ligne de celle-ci
quand_chaque = { Type = ["CA", "CC", "CU"] }
id           = "{{ agenda.code }}"
date         = "Agenda.Date"
fige         = "Agenda.Convoqué le"
lecteurs     = "partenaire"
famille      = "lettre"
formats      = ["pdf", "docx", "ics"]
+++
::: expediteur
:::

::: destinataire
:::

# Visite du {{ agenda.date | date_longue }}

Vous êtes invités à {{ agenda.lieu }}, à {{ agenda.heure }}.

::: signature
:::

::: coupon
:::
```

### L’en-tête

Chaque valeur est entre guillemets droits (`"`, non `“`). Un intitulé qui a un accent ou une espace l’est aussi :
`"Annulé" = "non"`. Une ligne ne se coupe pas.

| Clé | Obligatoire | Ce qu’elle dit |
|---|---|---|
"#;

const HEADER: &str = r#"
- **`quand`** compare une colonne de la ligne, ou un nom qu’une ligne a de plus (`a_decide = "oui"`). Toutes les conditions comptent :
  `{ Type = "COPIL" }` (ce texte), `{ Type = ["COPIL", "COTECH"] }` (l’un d’eux), `{ "Convoqué le" = "rempli" }` ou `"vide"`,
  `{ Date = ">= 2022-07-01" }` (à partir de ce jour ; aussi `<=`, `>`, `<` et `=`), `{ "Annulé" = "non" }`. Un jour s’y écrit
  `2022-09-30` ou `30/09/2022`, un mois `2022-09` ou `septembre 2022` ; `{{ … }}` n’y est pas lu. Un code ou une valeur que la
  colonne ne connaît pas est une erreur.
- **`chaque`** ne garde que les lignes liées à celle de `pour` : par une colonne qui mène de l’une à l’autre, par une ligne que les
  deux nomment, ou par le même partenaire. `Partenaires` y reste entier. Deux feuilles sans lien donnent toutes les lignes : choisir
  avec `quand_chaque`. Une ligne de `pour` à laquelle rien n’est lié ne fait pas de document.
- **`date`** est `"Agenda.Date"` (feuille, point, colonne ; ou un jour qu’une ligne a de plus, `"Exercices.arrete_le"`), une liste
  (la première qui est remplie compte), un jour écrit année-mois-jour (`"2022-09-15"`), ou `"situation"` : le jour des feuilles,
  avec ou sans `pour`. Ce jour est `arrete_au` de `territoire.toml`, sinon le dernier fait noté ; ce n’est jamais le jour où l’on
  fabrique. Une date peut aussi venir de la ligne à laquelle mène une colonne : `"Événement.Date"` pour Participants. Le texte l’appelle `jour` : « ce mois-ci » y est `{{ jour | mois }}`. `fige` nomme une date de même.
- **`fichier`** nomme les fichiers, sans leur fin. Une entreprise qui a deux sites a deux lignes ; ils ne se distinguent que si le nom
  le dit : `fichier = "invitation-{{ entreprise.raison_sociale }}{% if entreprise.site %}-{{ entreprise.site }}{% endif %}"`.
- **`lecteurs`** décide de ce que le texte peut voir, selon « Qui lit quoi » ci-dessus : ce que ces lecteurs ne peuvent pas lire n’existe
  pas pour lui, et un compte ne compte que ce qu’ils peuvent voir.

| `lecteurs` | Pour | Ce que le texte voit |
|---|---|---|
| `"public"` | ce qui s’affiche ou se publie | ce que n’importe qui peut lire |
| `"partenaires"` | ce qui part à tous les partenaires | ce que tous peuvent lire |
| `"partenaire"` | ce qui part à un partenaire, et le regarde seul | la même chose, et les lignes de ce partenaire : celui de la ligne de `chaque`, sinon de `pour` |
| `"interne"` | ce qui reste au bureau ; une lettre à une entreprise ou à une personne, qui la nomme | tout ; rien n’est contrôlé : relire avant d’envoyer |

### Le texte

Le texte s’écrit en Markdown, des lettres et quelques signes. Une ligne vide sépare deux paragraphes.

| On écrit | On obtient |
|---|---|
| `# Titre`, `## Sous-titre` | un titre, un titre d’une partie |
| `**mots**`, `*mots*` | des mots en gras, en italique |
| une adresse, `https://…` ou `nom@…` | un lien, sans rien de plus |
| `[mots](https://…)` | un lien sur des mots |
| une barre `\` à la fin d’une ligne | un retour à la ligne dans le même paragraphe |
| `- ` devant chaque ligne, ou `1. ` | une liste, à tirets ou numérotée |
| `---` seul sur sa ligne, entre deux lignes vides | un filet |
| `![ce que l’image montre](images/…)` seul sur sa ligne | une image |

Une valeur s’écrit entre deux accolades : `{{ entreprise.raison_sociale }}` est la colonne « Raison sociale » de la ligne. La ligne porte
le nom de sa feuille au singulier ; la colonne, son intitulé en minuscules sans accent, avec `_` pour les espaces et les apostrophes ;
une référence mène à sa ligne, dont on lit les colonnes à leur tour : `{{ agenda.partenaire.nom_usuel }}`. Une cellule vide
n’écrit rien.

Ce qui dépend d’une valeur se met entre `{% if … %}` et `{% endif %}` ; ce qui se répète, entre `{% for … %}` et `{% endfor %}`.
Une ligne où il n’y a que ces balises ne s’imprime pas ; une ligne qui porte aussi des mots reste une ligne.

```
{% if agenda.lieu %}
Rendez-vous à {{ agenda.lieu }}.
{% elif agenda.lien %}
La réunion se tient à distance : {{ agenda.lien }}
{% else %}
Le lieu sera précisé.
{% endif %}

{% for point in agenda.ordres_du_jour %}
- {{ point.intitule }}{% if point.rapporteur %} ({{ point.rapporteur }}){% endif %}
{% endfor %}
```

`{% if not … %}` veut dire le contraire ; `and` et `or` joignent deux conditions ; `{{ point.intitule or "à préciser" }}` écrit le
second quand le premier est vide. Un texte ne calcule pas : il compte et additionne par les filtres de la fin de ce chapitre.

### Un tableau

Une ligne d’intitulés, une ligne de tirets (`---:` met une colonne à droite), puis les lignes. Entre elles, `for` en fait une par
ligne d’une feuille : toutes les feuilles se lisent par leur nom au pluriel.

```
+++
genre    = "appels-ouverts"
libelle  = "appels à projets ouverts"
id       = "liste"
date     = "situation"
lecteurs = "public"
famille  = "liste"
formats  = ["pdf", "docx", "html"]
+++
# Appels à projets ouverts au {{ jour | date }}

::: chapeau
Les dossiers se déposent au plus tard le jour de la clôture.
:::

| Appel | Opérateur | Clôture |
|---|---|---|
{% for appel in appels | selectattr("cloture") | sort(attribute="cloture") if appel.cloture is apres(jour) %}
| {{ appel.intitule }} | {{ appel.operateur }} | {{ appel.cloture | date_courte }} |
{% else %}
| Aucun appel n’est ouvert. | | |
{% endfor %}

{{ appels | dont(nature="AMI") | combien | compte("appel à manifestation", "appels à manifestation") | majuscule }} au total.
```

- `appels | selectattr("cloture")` ne garde que les lignes où la colonne est remplie, `rejectattr` que celles où elle est vide ;
  `sort(attribute="cloture")` les range par cette colonne, `sort(attribute="intitule", reverse=true)` à l’envers.
- `for … if …` ne garde que les lignes qui le disent ; `{% else %}` dit ce qu’il faut écrire quand il n’en reste aucune.
- Dans la boucle, `loop.index` est le numéro de la ligne, `loop.first` et `loop.last` disent si c’est la première, la dernière.
- Hors d’une boucle, `first` et `last` donnent la première et la dernière ligne (`{{ (appels | first).intitule }}`), `map(attribute="intitule") | join(", ")`
  met les textes d’une colonne bout à bout.
- `dont` compare comme `quand` : `appels | dont(cloture=">= 2022-09-01")`, `dont(nature=["AMI", "AAP"])`, `dont(cloture="rempli")`.
- `for … if …` ne change rien à ce que `somme` additionne ailleurs : pour compter ou additionner les mêmes lignes, `dont` les choisit.
- `combien` et `somme` suivent le nom des lignes, ou `dont` ; ni `selectattr`, ni `sort`, dont il ne sort qu’une liste à parcourir.
"#;

const PARTS: &str = r#"
### Familles et parties

Une partie a sa place sur la page : l’adresse dans la fenêtre de l’enveloppe, la signature à droite. Elle s’ouvre par une ligne
`::: nom` et se ferme par une ligne `:::`. Ce qu’on y écrit s’imprime :

```
::: destinataire
**{{ participant.nom }}**\
{{ participant.organisation }}
:::
```

Certaines s’écrivent toutes seules quand on n’y met rien, avec ce que les feuilles disent de quelqu’un : le partenaire qui lit, ou
l’opérateur, selon le tableau ; le destinataire est d’abord l’entreprise, le participant, le contact ou le représentant de la ligne. Pour quelqu’un d’autre, son nom suit celui de la partie : `::: signature lecteur`,
`::: expediteur agenda.partenaire`. Ainsi

```
::: destinataire
:::
```

imprime, dans la lettre au partenaire de la feuille d’exemple :

> **Communauté de communes de l’Exemple**\
> À l’attention de Mme Camille EXEMPLE, Présidente\
> 1 place de la Mairie\
> 59000 Exempleville

La feuille Entreprises n’a pas d’adresse, la feuille Participants non plus. Une colonne de plus se déclare dans `territoire.toml`, se remplit
dans le classeur, et se lit comme les autres, ici `{{ entreprise.adresse }}` :

```
[[colonnes]]
feuille  = "Entreprises"
intitule = "Adresse"
type     = "texte"
```

Le type est `texte`, `nombre`, `montant`, `date`, `heure`, `oui/non`, ou `liste` avec `valeurs = ["une", "autre"]`.

"#;

const NAMES: &str = "
### Noms qu’un texte connaît partout

| Nom | Ce que c’est |
|---|---|
| `jour` | la date du document |
| `lecteur` | le partenaire qui lit, avec `lecteurs = \"partenaire\"` : une ligne de Partenaires |
| `operateur` | l’organisme qui emploie le chef de projet : une ligne de Partenaires, `operateur.nom_officiel`, `operateur.adresse`, \
`operateur.courriel_du_secretariat`, `operateur.signataire.nom_complet` |
";

/// The chapter, in Markdown.
#[must_use]
pub fn guide() -> String {
    let mut page = OPENING.to_owned();
    for (name, needed, about) in KEYS {
        let _ = writeln!(page, "| `{name}` | {needed} | {about} |");
    }
    page.push_str(HEADER);
    add_parts(&mut page);
    add_names(&mut page);
    page.push_str("\n### Filtres\n\nUn filtre suit une valeur et une barre droite ; plusieurs se suivent.\n\n");
    add_words(&mut page, "Filtre", FILTERS);
    page.push_str("\n### Tests\n\nUn test suit `is`, ou `is not`, dans une condition.\n\n");
    add_words(&mut page, "Test", TESTS);
    page
}

fn add_parts(page: &mut String) {
    page.push_str(PARTS);
    page.push_str("| Famille | Pour |\n|---|---|\n");
    for family in FAMILIES {
        let _ = writeln!(page, "| `{}` | {} |", family.name, family.about);
    }
    page.push_str("\n| Partie | Familles | Ce qu’elle est | Vide, elle parle de |\n|---|---|---|---|\n");
    let mut told: Vec<&str> = Vec::new();
    for part in FAMILIES.iter().flat_map(|family| family.parts) {
        if told.contains(&part.name) {
            continue;
        }
        told.push(part.name);
        let families = FAMILIES.iter().filter(|family| family.part(part.name).is_some());
        let families = families.map(|family| format!("`{}`", family.name)).collect::<Vec<_>>().join(", ");
        let whose = part.whose.map_or_else(String::new, |whose| format!("`{whose}`"));
        let _ = writeln!(page, "| `{}` | {families} | {} | {whose} |", part.name, part.about);
    }
    let formats = Format::ALL.map(|(name, _)| format!("`{name}`")).join(", ");
    let _ = writeln!(
        page,
        "\nFormats : {formats}. `xlsx` fait un classeur des tableaux du texte, dont les totaux (une dernière ligne en gras) se calculent."
    );
}

fn add_names(page: &mut String) {
    page.push_str(NAMES);
    for (name, about) in TERRITORY_NAMES {
        let _ = writeln!(page, "| `territoire.{name}` | {about} |");
    }
    page.push_str("\n### Noms d’une ligne, outre ses colonnes\n\n| Feuille | Une ligne | Toutes | Ce qu’une ligne a de plus |\n|---|---|---|---|\n");
    let shared = Disclosure::new(std::sync::Arc::new(Model::default()));
    let desk = Desk::new(&shared);
    let schema = Schema::of(&desk.scope(Readers::Operator));
    for sheet in sheets() {
        let more = schema.names(sheet).iter().filter_map(|(name, access)| match access {
            Access::Column(_) => None,
            Access::Back(other, _) => Some(format!("`{name}` (ses lignes de {})", other.name)),
            Access::Derived(derived) => Some(format!("`{name}` ({})", derived.about)),
        });
        let more = more.collect::<Vec<_>>().join(" ; ");
        let _ = writeln!(page, "| {} | `{}` | `{}` | {more} |", sheet.name, sheet.row_name, sheet.rows_name);
    }
}

/// A table of filters or tests. A bar would end a cell of the table, in code too.
fn add_words(page: &mut String, kind: &str, words: &[Word]) {
    let _ = writeln!(page, "| {kind} | Ce qu’il fait | Exemple | Ce que cela donne |\n|---|---|---|---|");
    for word in words {
        let example = word.example.replace('|', "\\|");
        let _ = writeln!(page, "| `{}` | {} | `{example}` | {} |", word.name, word.about, word.gives);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_speak_of_columns_that_there_are() {
        let shared = Disclosure::new(std::sync::Arc::new(Model::default()));
        let desk = Desk::new(&shared);
        let schema = Schema::of(&desk.scope(Readers::Operator));
        let spoken = regex::Regex::new(r"([a-z_]+)\.([a-z_]+)").expect("a pattern");
        let mut known = 0;
        for word in FILTERS.iter().chain(TESTS) {
            for found in spoken.captures_iter(word.example) {
                // What only texts of the program know is no row.
                let Some(sheet) = sheets().find(|sheet| sheet.row_name == &found[1]) else { continue };
                assert!(schema.access(sheet, &found[2]).is_some(), "{}: {}", word.name, &found[0]);
                known += 1;
            }
        }
        assert!(known > 20);
    }
}

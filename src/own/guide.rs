//! The chapter of the guide on documents of one's own: every key, name, part, family, filter, from the declarations.

use std::fmt::Write as _;

use super::families::FAMILIES;
use super::front::Format;
use super::schema::{Access, Schema, sheets};
use crate::model::{Desk, Disclosure, Model, Readers};
use crate::render::text;

const OPENING: &str = "
## Un document à soi

Un fichier `templates/<genre>/<nom>.md.j2` fait un document : un en-tête entre deux lignes `+++`, puis le texte en Markdown. \
Rien n’est compilé ; `liasse check` dit ce qui ne va pas, à sa ligne. `liasse nouveau GENRE --from lettre` (ou une autre \
famille, ou un genre livré) écrit un premier fichier à changer.

```
+++
genre    = \"visite\"                          # le nom sur la ligne de commande et dans out/, celui du dossier
libelle  = \"annonce d’une visite\"
pour     = \"Agenda\"                          # un document par ligne de cette feuille…
quand    = { Type = \"Visite\", \"Annulé\" = \"non\" }   # … qui dit cela
chaque   = \"Partenaires\"                     # et dans chacun un fichier par ligne de celle-ci
quand_chaque = { Type = [\"CA\", \"CC\", \"CU\"] }
id       = \"{{ agenda.code }}\"               # le nom du document ; sinon ce qui nomme la ligne
date     = \"Agenda.Date\"                     # la date des fichiers
fige     = \"Agenda.Convoqué le\"              # remplie : les fichiers ne changent plus
lecteurs = \"partenaire\"                      # public, partenaires, partenaire ou interne
famille  = \"lettre\"
formats  = [\"pdf\", \"ics\"]
+++
::: destinataire
:::

# Visite du {{ agenda.date | date_longue }}

Vous êtes invités à {{ agenda.lieu }}, à {{ agenda.heure }}.

::: signature
:::
```

- **`quand`** compare une colonne, ou un nom qu’une ligne a de plus (`a_decide = \"oui\"`), à un texte, à une liste de textes, à `\"rempli\"` ou `\"vide\"`, à une date (`\">= 2022-07-01\"`).
- **`date`** et **`fige`** nomment une colonne, ou un jour qu’une ligne a de plus (`Exercices.arrete_le`), de `pour` ou de `chaque`, ou plusieurs : la première qui est remplie compte. Sans \
`pour`, `id` et `date` (une date, ou `\"situation\"`, le jour des feuilles) sont requis.
- **`fichier`** nomme le fichier ; sans lui, le nom du gabarit et ce qui nomme la ligne de `chaque`. **`dans = \"annexes\"`** \
l’ajoute au dossier de la délibération.
- **`lecteurs`** décide de ce que le texte peut voir. `partenaire` est celui de la ligne de `chaque`, sinon de `pour`.
- **Noms** : la ligne porte le nom de sa feuille au singulier, ses colonnes celui de leur intitulé ; une référence mène à sa \
ligne (`{{ agenda.partenaire.nom_usuel }}`). Les feuilles entières portent leur nom au pluriel ; `jour` est la date du document, \
`lecteur` le partenaire qui lit, `operateur` celui qui emploie le chef de projet, `territoire` les réglages.
- Un texte ne calcule pas. `{{ exercice.depenses | somme('prevu') | euros }}`, `{{ entreprises | dont(filiere='Textile') | combien \
| compte('entreprise', 'entreprises') }}`.
";

/// The chapter, in Markdown.
#[must_use]
pub fn guide() -> String {
    let mut page = OPENING.to_owned();
    let formats = Format::ALL.map(|(name, _)| format!("`{name}`")).join(", ");
    let _ = writeln!(
        page,
        "\nFormats : {formats}. `xlsx` fait un classeur des tableaux du texte, dont les totaux (une dernière ligne en gras) se calculent.\n\n### Familles et parties\n"
    );
    page.push_str("Une partie s’ouvre par une ligne `::: nom` et se ferme par `:::`. Vide, elle se remplit d’elle-même quand elle dit de qui elle parle.\n\n");
    page.push_str("| Famille | Pour | Parties |\n|---|---|---|\n");
    for family in FAMILIES {
        let parts = family.parts.iter().map(|part| format!("`{}` ({})", part.name, part.about));
        let _ = writeln!(page, "| `{}` | {} | {} |", family.name, family.about, parts.collect::<Vec<_>>().join(" ; "));
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
    page.push_str("\n### Filtres et tests\n\n");
    let names = |names: Vec<&str>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let _ = writeln!(page, "Filtres : {}. Tests : {}.", names(text::filter_names()), names(text::test_names()));
    page
}

//! The sheets: which there are, in which workbook, and where their rows are kept.

use std::sync::Arc;

use super::rows::{Placed, Record, Table};
use crate::figures::SheetOrigin;
use crate::records::{Sheet, Workbook};

/// Something to do with every sheet.
pub trait Visitor {
    /// Does it for one.
    fn visit<T: Record>(&mut self, table: &Table<T>);
}

/// Something to change in every sheet.
pub trait VisitorMut {
    /// Changes one.
    fn visit<T: Record>(&mut self, table: &mut Table<T>);
}

/// Something to ask of the sheet at a place.
pub(super) trait OnSheet {
    /// What comes of it.
    type Output;
    /// Asks it.
    fn run<T: Record>(self) -> Self::Output;
}

/// Lists the workbooks and their sheets: a sheet is one line here and one file.
macro_rules! sheets {
    ($($stem:literal: $about:literal { $($field:ident: $record:ident,)+ })+) => {
        #[allow(non_camel_case_types, reason = "the places of the sheets, by the names of their fields")]
        enum Place { $($($field,)+)+ Count }

        /// How many sheets there are.
        pub const SHEETS: usize = Place::Count as usize;

        /// The three workbooks, in the order in which people meet them.
        pub static WORKBOOKS: &[Workbook] = &[$(
            Workbook { stem: $stem, about: $about, sheets: &[$(<super::$record as Record>::SHEET),+] },
        )+];

        /// The rows of all sheets.
        #[derive(Debug, Clone, Default)]
        pub struct Tables {
            $($(pub(super) $field: Table<super::$record>,)+)+
        }

        impl Tables {
            /// Does something with every sheet of a workbook, or of all.
            pub fn visit(&self, stem: Option<&str>, visitor: &mut impl Visitor) {
                $(if stem.is_none_or(|wanted| wanted == $stem) {
                    $(visitor.visit(&self.$field);)+
                })+
            }

            /// Changes every sheet of a workbook, or of all.
            pub fn visit_mut(&mut self, stem: Option<&str>, visitor: &mut impl VisitorMut) {
                $(if stem.is_none_or(|wanted| wanted == $stem) {
                    $(visitor.visit(&mut self.$field);)+
                })+
            }

            /// Asks the sheet at a place; a place that is none asks the first.
            pub(super) fn on_sheet<W: OnSheet>(place: usize, work: W) -> W::Output {
                $($(if place == Place::$field as usize {
                    return work.run::<super::$record>();
                })+)+
                work.run::<super::Partner>()
            }

            /// The sheet at a place; a place that is none gives the first.
            #[must_use]
            pub fn sheet(place: usize) -> &'static Sheet {
                $($(if place == Place::$field as usize {
                    return <super::$record as Record>::SHEET;
                })+)+
                <super::Partner as Record>::SHEET
            }

            /// Takes the sheets of a workbook over from other rows.
            pub fn take(&mut self, stem: &str, other: Self) {
                match stem {
                    $($stem => { $(self.$field = other.$field;)+ })+
                    _ => {}
                }
            }
        }

        impl super::Scope<'_> {
            $($(
                #[doc = concat!("The rows of `", stringify!($field), "` that the readers may read.")]
                pub fn $field(&self) -> impl Iterator<Item = super::At<'_, super::$record>> + Clone {
                    self.rows()
                }
            )+)+
        }

        $($(
            impl Placed for super::$record {
                const PLACE: usize = Place::$field as usize;

                fn table(tables: &Tables) -> &Table<Self> {
                    &tables.$field
                }

                fn table_mut(tables: &mut Tables) -> &mut Table<Self> {
                    &mut tables.$field
                }
            }
        )+)+
    };
}

sheets! {
    "contacts": "Qui : les partenaires, leurs représentants, les destinataires de la lettre, les entreprises." {
        partners: Partner,
        representatives: Representative,
        contacts: Contact,
        firms: Firm,
    }
    "evenements": "Quoi et quand : les lettres et leurs articles, l’agenda et les comités, les appels, les accompagnements, le plan d’actions, les séances et les actes." {
        letters: Letter,
        articles: Article,
        events: Event,
        participants: Participant,
        agenda_items: AgendaItem,
        calls: Call,
        supports: Support,
        communication: CommunicationMonth,
        actions: Action,
        sittings: Sitting,
        attendances: Attendance,
        conventions: Convention,
        deliberations: Deliberation,
    }
    "finances": "Combien : les exercices, leurs dépenses, paiements et recettes, les aides aux entreprises." {
        fiscal_years: FiscalYear,
        expenses: Expense,
        payments: Payment,
        resources: Resource,
        aids: Aid,
    }
}

impl Tables {
    /// Where the rows of a sheet were read.
    #[must_use]
    pub fn origin(&self, name: &str) -> Option<Arc<SheetOrigin>> {
        struct Origin<'a>(&'a str, Option<Arc<SheetOrigin>>);
        impl Visitor for Origin<'_> {
            fn visit<T: Record>(&mut self, table: &Table<T>) {
                if T::NAME == self.0 {
                    self.1 = Some(Arc::clone(&table.origin));
                }
            }
        }
        let mut origin = Origin(name, None);
        self.visit(None, &mut origin);
        origin.1
    }

    /// The place of a sheet by its name.
    #[must_use]
    pub fn place(name: &str) -> Option<usize> {
        Self::sheets().position(|sheet| sheet.name == name)
    }

    /// The sheets in the order of their places.
    pub fn sheets() -> impl Iterator<Item = &'static Sheet> {
        WORKBOOKS.iter().flat_map(|workbook| workbook.sheets.iter().copied())
    }
}

//! What an act gives on its way: the deposit at the prefecture, the certificate, the open data, the list of files.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{CertificatePages, KIND, Listing, Pack, PackTexts, Signature, act, annex_file, pdf, words};
use crate::documents::{Part, Recipe, Words};
use crate::views::Data;
use crate::wording;

/// The most bytes that a deposit may have: 150 MiB.
const DEPOSIT_LIMIT: u64 = 157_286_400;

impl Pack<'_, '_> {
    /// After the vote: the files under their ACTES names, the message, the fields of the deposit form.
    pub(super) fn transmission(&mut self) {
        let Some(identifier) = self.act.identifier() else { return };
        let annexes = self.act.deliberation.annexes().iter().enumerate();
        let annexes: Vec<String> = annexes.map(|(index, annex)| annex_file(index, annex)).collect();
        let deposit = act::deposit(self.act, &identifier, annexes.len());
        let piece = &self.convention.scope().territory().acts.piece_type;
        let sent = self.sent();
        let sources = std::iter::once("deliberation.pdf".to_owned()).chain(annexes);
        let mut names = Vec::new();
        for (source, rank) in sources.zip(1..) {
            let name = format!("actes/{piece}-{identifier}-1-1_{rank}.pdf");
            names.push(name.clone());
            self.parts.push(Part::new(name, Recipe::Copy(source)).frozen(sent));
        }
        let data: Arc<dyn Data> = Arc::new(deposit);
        let message = Recipe::Xml { template: "annexes/message.xml.j2", data: Arc::clone(&data) };
        let listing = Recipe::Json { data, files: names, limit: Some(DEPOSIT_LIMIT) };
        self.parts.push(Part::new(format!("actes/{identifier}-1-1_0.xml"), message).internal().frozen(sent));
        self.parts.push(Part::new("actes/depot.json", listing).internal().frozen(sent));
    }

    /// What is made as the act goes its way: the certificate, the open data, the list of files.
    pub(super) fn publication(&mut self) {
        let deliberation = self.act.deliberation;
        if let Some(day) = words::certified_on(deliberation).filter(|_| self.act.identifier().is_some()) {
            let text = Words {
                key: "certificat",
                template: "annexes/certificat.md.j2".to_owned(),
                data: Arc::new(words::certificate(self.act)),
            };
            let pages = pdf("annexes/certificat.typ", self.certificate(day), vec![text]);
            self.parts.push(Part::new("certificat-publication.pdf", pages).dated(day).following());
        }
        if self.act.item.may_be_opened() {
            let recipe = Recipe::Csv { headings: &act::SCDL, rows: vec![act::scdl_row(self.act)], for_people: false };
            self.parts.push(Part::new("deliberations-scdl.csv", recipe).following());
        }
        let manifest = Listing {
            document: format!("{} {}", KIND.name, deliberation.code()),
            collectivite: self.act.council.official_name().to_owned(),
            objet: deliberation.subject().to_owned(),
            etat: if self.act.is_draft() { "projet" } else { "acte" },
            identifiant: self.act.identifier(),
        };
        let recipe = Recipe::Json { data: Arc::new(manifest), files: Vec::new(), limit: None };
        self.parts.push(Part::new("manifeste.json", recipe).internal());
    }

    fn certificate(&self, day: NaiveDate) -> CertificatePages {
        let council = self.act.council;
        let number = self.act.deliberation.number().unwrap_or_default();
        let signatory = council.scope().signatory(council, day);
        CertificatePages {
            cadre: self.act_frame(format!("Certificat – délibération n°\u{a0}{number}")),
            acte: act::view(self.act),
            signataire: signatory.map(|it| Signature {
                pour: wording::apostrophes(council.official_name().to_owned()),
                nom: format!("{} {}", it.first_name(), it.last_name()),
                qualite: wording::capitalized(&it.title_with_article()),
            }),
            textes: PackTexts::default(),
        }
    }
}

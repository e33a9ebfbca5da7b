"""What several sheets share: codes of the six EPCI and the closed lists of the contract.

The lists are repeated here on purpose, not read from the program: if the two ever differ, a build says so.
"""

EPCI = ["CAVM", "CAPH", "CAMVS", "CAC", "CA2C", "CAD"]

YES_NO = ["oui", "non"]
YES = ["oui"]

PARTNER_TYPES = ["CCI", "CA", "CC", "CU", "Métropole", "État", "Région", "Autre"]
ROLES = ["Signataire", "Binôme élu", "Binôme industriel"]
CIVILITIES = ["M.", "Mme"]
COLLEGES = ["Industriel", "Élu", "Développement économique", "État", "Autre"]

RUBRICS = ["Actualité nationale", "Actualités locales", "Territoires voisins", "Boîte à outils"]
EVENT_TYPES = [
    "COPIL",
    "COTECH",
    "Réunion technique",
    "Atelier",
    "Salon",
    "Permanence",
    "Visite",
    "Webinaire",
    "Autre",
]
CALL_NATURES = ["AAP", "AMI", "Guichet"]

CONTACT = "Prise de contact"
AWARENESS = "Sensibilisation et information"
STRONG = "Accompagnement renforcé"
LEVELS = [CONTACT, AWARENESS, STRONG]

# As in territoire.toml.
THEMES = [
    "Bas carbone",
    "Industrie 4.0",
    "Emploi et compétences",
    "Foncier",
    "Export",
    "Innovation",
    "Financement",
    "Autre",
]

ATTENDANCE = ["Présent", "Suppléant présent", "Procuration", "Excusé", "Absent"]

RESOURCE_MODES = ["Montant", "Part égale du reste à charge", "Quote-part"]
CONTRIBUTIONS = ["numéraire", "valorisé"]

PLANS = ["France Relance", "France 2030", "Région", "Europe", "Autre"]
DECISIONS = ["En instruction", "Lauréat", "Refusé", "Abandonné"]
AID_FORMS = ["subvention", "avance", "prêt"]

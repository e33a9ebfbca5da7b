"""What several sheets share: codes of the six EPCI and of their acts, and the closed lists of the contract.

The lists are repeated here on purpose, not read from the program: if the two ever differ, a build says so.
"""

EPCI = ["CAVM", "CAPH", "CAMVS", "CAC", "CA2C", "CAD"]

# The deliberation of each council on the convention of 2022. One has a number, the others are drafts.
ACTS = {code: f"{code}-2022-TI" for code in EPCI} | {"CA2C": "CA2C-2022-70"}

YES_NO = ["oui", "non"]
YES = ["oui"]

PARTNER_TYPES = [
    "CCI",
    "CMA",
    "Commune",
    "CA",
    "CC",
    "CU",
    "Métropole",
    "Syndicat",
    "PETR",
    "Département",
    "État",
    "Agence",
    "Région",
    "Autre",
]
ROLES = ["Signataire", "Binôme élu", "Binôme industriel"]
CIVILITIES = ["M.", "Mme"]
COLLEGES = ["Industriel", "Élu", "Développement économique", "État", "Autre"]

RUBRICS = ["Actualité nationale", "Actualités locales", "Territoires voisins", "Boîte à outils"]
FRAMINGS = ["haut", "centre", "bas"]
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
COMMITTEES = EVENT_TYPES[:2]
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

# Not closed in the contract: a territory may name its own.
AXES = ["Transition écologique", "Innovation", "Compétences", "Foncier"]
ACTION_STATES = ["À lancer", "En cours", "Réalisée", "Suspendue", "Abandonnée"]

ATTENDANCE = ["Présent", "Suppléant présent", "Suppléante présente", "Procuration", "Excusé", "Absent"]

BALLOTS = ["Main levée", "Public", "Secret"]
OUTCOMES = ["Adoptée", "Rejetée", "Retirée", "Ajournée", "Prend acte"]

RESOURCE_MODES = ["Montant", "Part égale du reste à charge", "Quote-part", "Au prorata de la population"]
CONTRIBUTIONS = ["numéraire", "valorisé"]

PLANS = ["France Relance", "France 2030", "Région", "Europe", "Autre"]
DECISIONS = ["En instruction", "Lauréat", "Refusé", "Abandonné"]
AID_FORMS = ["subvention", "avance", "prêt"]

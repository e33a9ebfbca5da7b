"""carte.geojson: a schematic map of the territory, drawn by hand for this project.

A dozen points a partner: the shapes are an aid to reading, not boundaries, and the file says so. Neighbours share their
points. Towns stand where they roughly are.
"""

import json
from pathlib import Path

# Points that neighbours share, from north to south.
WEST_NORTH, WEST = (3.27, 50.40), (3.25, 50.34)
MIDDLE = (3.27, 50.28)
SOUTH_WEST, SOUTH = (3.35, 50.25), (3.38, 50.22)
CAMBRAI_DOUAI = [(3.17, 50.26), (3.08, 50.27)]
HAINAUT = [(3.54, 50.505), (3.50, 50.47), (3.48, 50.42), (3.435, 50.385), (3.455, 50.35), (3.445, 50.31), (3.47, 50.27)]
CAMBRAI_CAUDRY = [(3.345, 50.17), (3.33, 50.11), (3.31, 50.05)]
EAST = (3.46, 50.235)

AREAS = {
    "CAD": [(2.96, 50.33), (2.97, 50.40), (3.03, 50.44), (3.11, 50.45), (3.17, 50.42), (3.24, 50.43), WEST_NORTH, WEST,
            MIDDLE, *CAMBRAI_DOUAI, (3.01, 50.28)],
    "CAPH": [WEST_NORTH, (3.31, 50.46), (3.33, 50.51), (3.40, 50.535), (3.47, 50.515), *HAINAUT, EAST, SOUTH, SOUTH_WEST,
             MIDDLE, WEST],
    "CAVM": [HAINAUT[0], (3.60, 50.495), (3.65, 50.46), (3.69, 50.43), (3.70, 50.375), (3.67, 50.33), (3.60, 50.30),
             (3.53, 50.26), *reversed(HAINAUT[1:])],
    "CAMVS": [(3.75, 50.26), (3.79, 50.33), (3.87, 50.355), (3.95, 50.34), (4.03, 50.34), (4.12, 50.31), (4.16, 50.27),
              (4.10, 50.24), (4.03, 50.22), (3.95, 50.18), (3.87, 50.155), (3.80, 50.165), (3.76, 50.20)],
    "CAC": [MIDDLE, SOUTH_WEST, SOUTH, *CAMBRAI_CAUDRY, (3.22, 50.04), (3.14, 50.06), (3.08, 50.11), (3.05, 50.18),
            (3.04, 50.24), *reversed(CAMBRAI_DOUAI)],
    "CA2C": [SOUTH, EAST, (3.53, 50.21), (3.60, 50.17), (3.66, 50.13), (3.69, 50.09), (3.65, 50.05), (3.57, 50.02),
             (3.48, 50.03), (3.40, 50.04), *reversed(CAMBRAI_CAUDRY)],
}

TOWNS = {
    "Arleux": (3.10, 50.28), "Auby": (3.06, 50.41), "Cantin": (3.13, 50.31), "Courchelettes": (3.06, 50.34),
    "Cuincy": (3.05, 50.38), "Dechy": (3.12, 50.35), "Douai": (3.08, 50.37), "Esquerchin": (3.02, 50.37),
    "Faumont": (3.14, 50.44), "Flers-en-Escrebieux": (3.06, 50.395), "Guesnain": (3.15, 50.35),
    "Lallaing": (3.17, 50.39), "Lambres-lez-Douai": (3.06, 50.35), "Lauwin-Planque": (3.04, 50.39),
    "Raimbeaucourt": (3.10, 50.43), "Roost-Warendin": (3.10, 50.41), "Sin-le-Noble": (3.11, 50.36),
    "Waziers": (3.11, 50.385), "Aubencheul-au-Bac": (3.16, 50.255), "Awoingt": (3.28, 50.155),
    "Cambrai": (3.235, 50.176), "Escaudœuvres": (3.26, 50.20), "Fontaine-Notre-Dame": (3.16, 50.165),
    "Gouzeaucourt": (3.12, 50.06), "Hem-Lenglet": (3.23, 50.25), "Iwuy": (3.32, 50.235), "Marcoing": (3.17, 50.12),
    "Masnières": (3.21, 50.11), "Neuville-Saint-Rémy": (3.22, 50.19), "Niergnies": (3.25, 50.145),
    "Proville": (3.21, 50.16), "Raillencourt-Sainte-Olle": (3.17, 50.19), "Tilloy-lez-Cambrai": (3.21, 50.20),
    "Avesnes-les-Aubert": (3.38, 50.195), "Bazuel": (3.59, 50.09), "Beauvois-en-Cambrésis": (3.38, 50.14),
    "Bertry": (3.44, 50.09), "Busigny": (3.47, 50.035), "Caudry": (3.41, 50.125), "Inchy": (3.46, 50.12),
    "Le Cateau-Cambrésis": (3.54, 50.105), "Ligny-en-Cambrésis": (3.37, 50.10), "Maretz": (3.42, 50.045),
    "Neuvilly": (3.51, 50.14), "Quiévy": (3.43, 50.17), "Troisvilles": (3.47, 50.105),
    "Walincourt-Selvigny": (3.35, 50.07), "Aulnoye-Aymeries": (3.84, 50.20), "Berlaimont": (3.81, 50.20),
    "Boussois": (4.04, 50.29), "Cousolre": (4.14, 50.25), "Feignies": (3.92, 50.30), "Ferrière-la-Grande": (3.99, 50.255),
    "Hautmont": (3.92, 50.25), "Jeumont": (4.10, 50.295), "Leval": (3.83, 50.18), "Louvroil": (3.96, 50.265),
    "Marpent": (4.08, 50.29), "Maubeuge": (3.97, 50.285), "Pont-sur-Sambre": (3.85, 50.22), "Recquignies": (4.04, 50.28),
    "Rousies": (3.99, 50.27), "Abscon": (3.30, 50.33), "Bellaing": (3.43, 50.365), "Bouchain": (3.315, 50.285),
    "Denain": (3.39, 50.33), "Douchy-les-Mines": (3.39, 50.30), "Émerchicourt": (3.285, 50.31), "Escaudain": (3.34, 50.335),
    "Hasnon": (3.39, 50.42), "Haveluy": (3.41, 50.35), "Hordain": (3.315, 50.265), "Lourches": (3.355, 50.31),
    "Mortagne-du-Nord": (3.45, 50.50), "Raismes": (3.47, 50.39), "Rosult": (3.36, 50.46),
    "Saint-Amand-les-Eaux": (3.43, 50.45), "Trith-Saint-Léger": (3.485, 50.32), "Wallers": (3.39, 50.375),
    "Anzin": (3.505, 50.372), "Aulnoy-lez-Valenciennes": (3.535, 50.33), "Beuvrages": (3.50, 50.385),
    "Bruay-sur-l'Escaut": (3.54, 50.40), "Condé-sur-l'Escaut": (3.59, 50.45), "Crespin": (3.66, 50.42),
    "Famars": (3.52, 50.32), "Fresnes-sur-Escaut": (3.575, 50.435), "Hergnies": (3.53, 50.475), "Maing": (3.485, 50.305),
    "Marly": (3.545, 50.35), "Onnaing": (3.60, 50.385), "Petite-Forêt": (3.48, 50.37), "Prouvy": (3.455, 50.32),
    "Quarouble": (3.625, 50.39), "Quiévrechain": (3.665, 50.40), "Saint-Saulve": (3.555, 50.37), "Saultain": (3.575, 50.335),
    "Valenciennes": (3.525, 50.357), "Vieux-Condé": (3.57, 50.46),
}


def write_map(path: Path) -> None:
    """One feature a line: the file can be read."""
    def feature(properties: dict, kind: str, coordinates: object) -> str:
        found = {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
        return json.dumps(found, ensure_ascii=False, separators=(",", ":"))

    features = [feature({"code": code}, "Polygon", [[*points, points[0]]]) for code, points in AREAS.items()]
    features += [feature({"commune": name}, "Point", place) for name, place in TOWNS.items()]
    source = "Carte schématique : les formes aident à lire, ce ne sont pas des limites."
    lines = ",\n".join(features)
    text = f'{{"type":"FeatureCollection","source":{json.dumps(source, ensure_ascii=False)},"features":[\n{lines}\n]}}\n'
    path.write_text(text, encoding="utf-8")

"use strict";
// Shows one file of one document, and keeps the reader's place when it changes. The address holds the choice: #genre/document/fichier.

const $ = (id) => document.getElementById(id);
const make = (tag, props = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), props);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};

let state = { version: 0, documents: [] };
let shown = "";
let turns = 0;
let loading = false;

const choice = () => location.hash.slice(1).split("/").map(decodeURIComponent);
const address = (...steps) => "#" + steps.map(encodeURIComponent).join("/");

// The document of the address, or the first one.
function chosen() {
  const [kind, id] = choice();
  return state.documents.find((it) => it.genre === kind && it.document === id) || state.documents[0] || null;
}

// A node is only replaced when what it says has changed: focus and place stay.
function fill(target, ...children) {
  const fresh = make("div", {}, ...children);
  if (target.dataset.says !== fresh.innerHTML) {
    target.dataset.says = fresh.innerHTML;
    target.replaceChildren(...fresh.childNodes);
  }
}

function problem(it) {
  const place = [it.fichier, it.feuille, it.cellule].filter(Boolean).join(" › ") + (it.ligne ? `, ligne ${it.ligne}` : "");
  const row = it.extrait && typeof it.extrait === "object" ? Object.entries(it.extrait) : [];
  return make("section", { className: "probleme " + it.gravite },
    make("h3", { textContent: it.message }),
    place ? make("p", { textContent: place }) : null,
    ...it.aides.map((text) => make("p", { textContent: "aide : " + text })),
    row.length ? make("table", {}, make("tr", {}, ...row.map(([name]) => make("th", { scope: "col", textContent: name }))),
      make("tr", {}, ...row.map(([, cell]) => make("td", { textContent: cell ?? "" })))) : null,
    typeof it.extrait === "string" ? make("pre", { textContent: it.extrait }) : null);
}

// What the last run had to say of a document: errors as they are, the rest folded, since its pages are fine.
function remarks(document) {
  const all = document.remarques || [];
  const errors = all.filter((it) => it.gravite === "erreur");
  const others = all.filter((it) => it.gravite !== "erreur");
  const title = others.length > 1 ? others.length + " remarques" : "1 remarque";
  return make("div", {},
    alarming(document) ? make("p", { className: "alerte", textContent: "Les fichiers sont ceux de la dernière fabrication réussie." }) : null,
    ...errors.map(problem),
    others.length ? make("details", {}, make("summary", { textContent: title }), ...others.map(problem)) : null);
}

const alarming = (it) => ["bloqué", "en échec", "envoyé, puis altéré"].includes(it.etat);

function list() {
  const current = chosen();
  const kinds = [...new Set(state.documents.map((it) => it.genre))];
  fill($("documents"), ...kinds.flatMap((kind) => {
    const all = state.documents.filter((it) => it.genre === kind);
    return [
      make("h2", { textContent: all[0].libelle }),
      make("ul", {}, ...all.map((it) => {
        const link = make("a", { href: address(it.genre, it.document) }, make("span", { textContent: it.document }),
          make("span", { className: alarming(it) ? "note alerte" : "note", textContent: it.etat }));
        if (it === current) link.setAttribute("aria-current", "page");
        return make("li", {}, link);
      })),
    ];
  }));
}

const get = (path) => fetch(path).then((it) => (it.ok ? it.json() : null)).catch(() => null);

async function show() {
  list();
  const current = chosen();
  const turn = ++turns;
  const isStill = () => turn === turns;
  $("etat").textContent = state.en_cours ? "Fabrication en cours…" : state.bilan || "";
  fill($("attente"), ...state.attente.map((text) => make("p", { textContent: text })));
  const document_ = current && (await get("document/" + current.numero));
  if (!isStill()) return;
  $("titre").textContent = document_ ? document_.titre : "Aucun document n’est connu";
  document.title = (document_ ? document_.titre + " – " : "") + "liasse";
  const all = document_ ? document_.fichiers : [];
  const file = all.find((it) => it.nom === choice()[2]) || all.find((it) => it.pages) || all[0];
  fill($("fichiers"), ...all.filter((it) => !it.nom.startsWith("images/")).map((it) => {
    const link = make("a", { href: address(current.genre, current.document, it.nom), textContent: it.nom });
    if (it === file) link.setAttribute("aria-current", "page");
    return link;
  }));
  if (!file) {
    fill($("erreurs"), ...(document_ ? document_.erreurs : state.problemes || []).map(problem));
    $("pages").replaceChildren();
    shown = "";
    return;
  }
  const key = [current.genre, current.document, file.nom].join("/");
  if (!file.pages) {
    fill($("erreurs"), remarks(current));
    other(current, file, key);
    return;
  }
  const answer = await get(`pages/${current.numero}/${file.numero}?v=${file.version}`);
  if (!answer || !isStill()) return;
  const errors = answer.erreurs || [];
  fill($("erreurs"), ...errors.map(problem), remarks(current));
  if (errors.length) { $("pages").replaceChildren(); shown = ""; return; }
  pages(current, file, key, answer.pages);
}

function pages(current, file, key, sizes) {
  const box = $("pages");
  if (shown !== key) { box.replaceChildren(); $("apercu").scrollTop = 0; shown = key; }
  while (box.children.length > sizes.length) box.lastChild.remove();
  sizes.forEach(([width, height], index) => {
    let figure = box.children[index];
    if (!figure) {
      figure = make("figure", {}, make("img"), make("figcaption"));
      box.append(figure);
    }
    const [image, caption] = figure.children;
    image.width = width * 2;
    image.height = height * 2;
    image.alt = `${file.nom}, page ${index + 1} sur ${sizes.length}`;
    caption.textContent = `${index + 1} / ${sizes.length}`;
    const source = `page/${current.numero}/${file.numero}/${index}?v=${file.version}`;
    image.dataset.wanted = source;
  });
  load();
}

// Pictures come one after the other, the one that the reader looks at first; the old one stays until the new one is there.
async function load() {
  if (loading) return;
  loading = true;
  for (;;) {
    const waiting = [...document.querySelectorAll("#pages img")].filter((it) => it.dataset.wanted !== it.dataset.shown);
    if (!waiting.length) break;
    const middle = innerHeight / 2;
    const distance = (it) => { const box = it.getBoundingClientRect(); return Math.max(box.top - middle, middle - box.bottom, 0); };
    const image = waiting.reduce((best, it) => (distance(it) < distance(best) ? it : best));
    const source = image.dataset.wanted;
    const next = new Image();
    next.src = source;
    await next.decode().catch(() => {});
    image.dataset.shown = source;
    image.src = next.src;
  }
  loading = false;
}

function other(current, file, key) {
  const box = $("pages");
  const version = key + file.version + state.en_cours;
  if (shown === version) return;
  shown = version;
  const source = `fichier/${current.numero}/${file.numero}?v=${file.version}`;
  const open = make("p", {}, make("a", { href: source, download: file.nom.split("/").pop(), textContent: "Télécharger " + file.nom }));
  const readable = /\.(html|txt|csv|ics|eml|json|xml|png)$/.test(file.nom);
  box.replaceChildren(...(readable ? [make("iframe", { src: source, title: file.nom, sandbox: "" }), open] : [open]));
}

async function listen() {
  for (;;) {
    try {
      const answer = await fetch("etat.json?depuis=" + state.version);
      const fresh = await answer.json();
      if (fresh.version !== state.version) { state = fresh; show(); }
    } catch {
      $("etat").textContent = "liasse ne répond plus : relancez « liasse watch »";
      state.version = 0;
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

addEventListener("hashchange", show);
listen();

"use strict";
// The server makes every page; this keeps the one in view up to date without losing the reader's place, focus or what is
// being typed. Without it everything still works, by loading pages.

const here = () => location.pathname + location.search;
let waiting = null;

// Makes one tree like another: what is the same stays, so that focus, open details and places stay too.
function morph(old, fresh) {
  if (old.nodeName !== fresh.nodeName || (old.id || "") !== (fresh.id || "")) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  const kept = (name) => (old.nodeName === "DETAILS" && name === "open") || (/^(INPUT|TEXTAREA)$/.test(old.nodeName) && name === "value");
  for (const { name, value } of [...fresh.attributes]) {
    if (old.getAttribute(name) === value || kept(name)) continue;
    if (old.nodeName === "IMG" && name === "src") turn(old, value);
    else old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !kept(name)) old.removeAttribute(name);
  if (old.nodeName === "TEXTAREA") return;
  const children = [...fresh.childNodes];
  children.forEach((child, index) => {
    const before = old.childNodes[index];
    if (!before) { old.append(child); return; }
    // What has a name is found again, wherever it went.
    const named = child.id && before.id !== child.id && [...old.children].find((it) => it.id === child.id);
    if (named) { before.before(named); morph(named, child); } else if (before.id && !child.id) before.before(child); else morph(before, child);
  });
  while (old.childNodes.length > children.length) old.lastChild.remove();
}

// A picture in view stays until the next one is there; one far away is left to the browser.
const turning = [];
async function turn(image, source) {
  image.dataset.next = source;
  const box = image.getBoundingClientRect();
  if (box.bottom < -innerHeight || box.top > 2 * innerHeight) {
    image.loading = "lazy";
    image.src = source;
    return;
  }
  turning.push(image);
  if (turning.length > 1) return;
  while (turning.length) {
    const middle = innerHeight / 2;
    const distance = (it) => { const box = it.getBoundingClientRect(); return Math.max(box.top - middle, middle - box.bottom, 0); };
    const next = turning.reduce((best, it) => (distance(it) < distance(best) ? it : best));
    const wanted = next.dataset.next;
    const picture = new Image();
    picture.src = wanted;
    await picture.decode().catch(() => {});
    if (next.dataset.next === wanted) {
      next.src = wanted;
      turning.splice(turning.indexOf(next), 1);
    }
  }
}

function show(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  document.title = fresh.title;
  morph(document.body, document.adoptNode(fresh.body));
  return document.body.dataset.fini !== "oui";
}

// Goes to another view of the same page without leaving the place.
async function go(address, options) {
  const answer = await fetch(address, options);
  waiting?.abort();
  const path = new URL(answer.url);
  if (path.pathname + path.search !== here()) history.pushState(null, "", path.pathname.startsWith("/faire/") ? here() : answer.url);
  const goes = show(await answer.text());
  const wanted = document.querySelector("[data-attention]");
  if (wanted) { wanted.focus({ preventScroll: true }); wanted.scrollIntoView({ block: "nearest" }); }
  return goes;
}

addEventListener("click", (event) => {
  const link = event.target.closest("a[data-doux]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(link.getAttribute("href")).catch(() => (location.href = link.getAttribute("href")));
});

addEventListener("submit", (event) => {
  const form = event.target;
  const fields = new URLSearchParams(new FormData(form, event.submitter));
  event.preventDefault();
  if (form.method === "post") go(form.getAttribute("action"), { method: "POST", body: fields }).catch(silent);
  else go(form.getAttribute("action") + (fields.size ? "?" + fields : "")).catch(silent);
});

addEventListener("popstate", () => go(here()).catch(silent));

function silent() {
  const state = document.getElementById("etat");
  if (state) state.textContent = "liasse ne répond plus : relancez-le, et ouvrez la nouvelle adresse.";
}

async function listen() {
  while (document.body.dataset.fini !== "oui") {
    const place = here();
    waiting = new AbortController();
    try {
      const answer = await fetch(place, { headers: { "X-Depuis": document.body.dataset.version }, signal: waiting.signal });
      if (answer.status === 200) { const text = await answer.text(); if (place === here() && document.body.dataset.fini !== "oui") show(text); }
      else if (answer.status !== 204) { silent(); await new Promise((done) => setTimeout(done, 2000)); }
    } catch (error) {
      if (error.name === "AbortError") continue;
      silent();
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}

listen();

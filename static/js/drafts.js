// What is typed is kept in this browser until it is saved: a session that ends loses nothing.
// Never kept: passwords, codes, files, and whatever stands on the pages of signing in.

const PREFIX = "draft:";
const DAYS_KEPT = 14;
const { user, draftBack, draftForget } = document.body.dataset;
// After a refusal the form's own values are what was typed: all of them are kept then.
const isRefused = Boolean(document.querySelector(".error-summary"));

const path = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;
const keyOf = (form) => `${PREFIX}${user}:${path(form)}`;
const SECRET = 'input[type="password"], input[autocomplete="one-time-code"]';
const isKept = (form) =>
  form.method === "post" && !path(form).startsWith("/accounts/") && !form.matches("[data-theme-form], [data-repeats]") && !form.querySelector(SECRET);
const fields = (form) =>
  [...form.elements].filter((each) => each.name && !["hidden", "file", "submit", "button", "reset", "fieldset"].includes(each.type));
// What the form carries unseen: for which facts it was drawn, and the key of what it makes.
const carried = (form) => [...form.elements].filter((each) => each.type === "hidden" && ["drawn", "once"].includes(each.name));

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return field.value !== first(field);
  return field.value !== field.defaultValue;
}
const first = (select) => ([...select.options].find((each) => each.defaultSelected) ?? select.options[0])?.value;
const isBox = (field) => field.type === "checkbox" || field.type === "radio";

function keep(form) {
  const changed = fields(form).filter((each) => isRefused || isChanged(each));
  if (changed.length === 0) {
    localStorage.removeItem(keyOf(form));
    return;
  }
  const typed = changed.map((each) => (isBox(each) ? [each.name, each.value, each.checked] : [each.name, each.value]));
  const unseen = carried(form).map((each) => [each.name, each.value]);
  localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), typed, unseen }));
}

function bringBack(form) {
  const draft = JSON.parse(localStorage.getItem(keyOf(form)) ?? "null");
  if (!draft || isRefused) return;
  form.dispatchEvent(new CustomEvent("draft:fields", { detail: draft.typed.map(([name]) => name) }));
  const found = fields(form);
  let count = 0;
  for (const [name, value, checked] of draft.typed) {
    const field = found.find((each) => each.name === name && (!isBox(each) || each.value === value));
    if (!field || field.disabled) continue;
    if (isBox(field)) field.checked = checked;
    else field.value = value;
    if (isChanged(field)) count += 1;
  }
  if (count === 0) {
    localStorage.removeItem(keyOf(form));
    return;
  }
  for (const [name, value] of draft.unseen) {
    for (const field of carried(form)) if (field.name === name) field.value = value;
  }
  form.dispatchEvent(new CustomEvent("draft:back"));
  announce(form);
}

function announce(form) {
  const note = document.createElement("div");
  note.className = "note wait draft";
  note.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = draftBack;
  const forget = document.createElement("button");
  forget.type = "button";
  forget.className = "button plain small";
  forget.textContent = draftForget;
  forget.addEventListener("click", () => {
    localStorage.removeItem(keyOf(form));
    location.reload();
  });
  note.append(words, forget);
  form.before(note);
}

function drafts() {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}

function forgetSaved() {
  const saved = document.cookie.split("; ").find((each) => each.startsWith("uso_saved="));
  if (!saved) return;
  localStorage.removeItem(`${PREFIX}${user}:${decodeURIComponent(saved.slice("uso_saved=".length))}`);
  document.cookie = "uso_saved=; path=/; max-age=0; samesite=lax";
}

function forgetOthersAndOld() {
  for (const key of drafts()) {
    const { at } = JSON.parse(localStorage.getItem(key));
    const isOld = Date.now() - at > DAYS_KEPT * 86_400_000;
    if (isOld || !key.startsWith(`${PREFIX}${user}:`)) localStorage.removeItem(key);
  }
}

if (user) {
  forgetSaved();
  forgetOthersAndOld();
  for (const form of document.forms) if (isKept(form)) bringBack(form);
  const kept = ({ target }) => target.form && isKept(target.form) && keep(target.form);
  document.addEventListener("input", kept);
  document.addEventListener("change", kept);
  document.addEventListener("reset", ({ target }) => setTimeout(() => isKept(target) && keep(target)));
  document.addEventListener("submit", ({ target }) => {
    if (path(target) === "/accounts/logout/") for (const key of drafts()) localStorage.removeItem(key);
  });
}

// Rows of a form: more of them, and their order by buttons and by dragging.
// Without this file a form has empty rows, a number for the order and a tick for removal.

const rowsOf = (box) => [...box.querySelector("ol").children];
const orderOf = (row) => row.querySelector('[name$="-ORDER"]');
const legendOf = (row) => row.querySelector("legend");
const changed = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));

function number(box) {
  rowsOf(box).forEach((row, index) => {
    legendOf(row).textContent = `${box.dataset.name} ${index + 1}`;
    const order = orderOf(row);
    if (!order || order.value === String(index + 1)) return;
    order.value = index + 1;
    changed(order);
  });
}

function addRow(box) {
  const total = box.querySelector('[name$="-TOTAL_FORMS"]');
  const html = box.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
  box.querySelector("ol").insertAdjacentHTML("beforeend", html);
  total.value = Number(total.value) + 1;
  const row = box.querySelector("ol").lastElementChild;
  row.removeAttribute("data-empty");
  prepare(row);
  number(box);
  return row;
}

function prepare(row) {
  for (const hidden of row.querySelectorAll("[data-move], [data-drag]")) hidden.hidden = false;
  row.querySelector(".row-order")?.classList.add("visually-hidden");
  orderOf(row)?.setAttribute("tabindex", "-1");
}

function move(button) {
  const row = button.closest("li");
  const box = row.closest("[data-rows]");
  const step = Number(button.dataset.move);
  const beside = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (beside) {
    if (step < 0) beside.before(row);
    else beside.after(row);
    number(box);
  }
  button.focus();
  announce(box, row);
}

function announce(box, row) {
  const rows = rowsOf(box);
  const place = box.dataset.place.replace("{place}", rows.indexOf(row) + 1).replace("{count}", rows.length);
  box.querySelector('[role="status"]').textContent = `${nameOf(row)}: ${place}`;
}

// What a row holds names it: the first thing chosen or written in it.
function nameOf(row) {
  const shown = [...row.querySelectorAll("select, textarea, input")].filter(
    (field) => !["hidden", "checkbox"].includes(field.type) && field !== orderOf(row),
  );
  const words = shown.map((field) => (field.options ? field.selectedOptions[0]?.text : field.value).trim());
  return words[0] || legendOf(row).textContent;
}

function drag(handle, event) {
  const row = handle.closest("li");
  const box = row.closest("[data-rows]");
  handle.setPointerCapture(event.pointerId);
  row.classList.add("dragged");
  const follow = ({ clientY }) => {
    const middle = (other) => other.getBoundingClientRect().top + other.offsetHeight / 2;
    const { previousElementSibling: above, nextElementSibling: below } = row;
    // The others move around the dragged row: one that leaves its place loses the pointer.
    if (above && clientY < middle(above)) row.after(above);
    else if (below && clientY > middle(below)) row.before(below);
  };
  const drop = () => {
    handle.removeEventListener("pointermove", follow);
    row.classList.remove("dragged");
    number(box);
    announce(box, row);
  };
  handle.addEventListener("pointermove", follow);
  handle.addEventListener("lostpointercapture", drop, { once: true });
}

function start(box) {
  const kept = rowsOf(box);
  // Empty rows are for who has no scripts; one stays where there is nothing else.
  for (const row of kept.toReversed().filter((each) => each.hasAttribute("data-empty") && isEmpty(each))) {
    if (rowsOf(box).length > 1) row.remove();
  }
  for (const row of rowsOf(box)) prepare(row);
  const add = box.querySelector("[data-add]");
  add.hidden = false;
  add.addEventListener("click", () => {
    addRow(box).querySelector('input:not([type="hidden"]):not([tabindex]), select, textarea').focus();
  });
  box.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-move]");
    if (button) move(button);
  });
  box.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-drag]");
    if (!handle) return;
    event.preventDefault();
    drag(handle, event);
  });
  // What was typed and comes back (drafts.js) may need more rows, and has an order of its own.
  box.closest("form").addEventListener("draft:fields", ({ detail }) => {
    const total = box.querySelector('[name$="-TOTAL_FORMS"]');
    const indices = detail.map((name) => name.match(`^${box.dataset.rows}-(\\d+)-`)).filter(Boolean);
    const most = Math.max(-1, ...indices.map(([, index]) => Number(index)));
    while (Number(total.value) <= most) addRow(box);
  });
  box.closest("form").addEventListener("draft:back", () => {
    const ordered = rowsOf(box).filter(orderOf);
    ordered.sort((one, other) => Number(orderOf(one).value) - Number(orderOf(other).value));
    box.querySelector("ol").append(...ordered);
    number(box);
  });
}

function isEmpty(row) {
  return [...row.querySelectorAll("input, select, textarea")].every(
    (field) => ["hidden", "checkbox"].includes(field.type) || field.options || field.name.endsWith("-ORDER") || !field.value,
  );
}

for (const box of document.querySelectorAll("[data-rows]")) start(box);

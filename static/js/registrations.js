// The registration grid: counts changes, marks them, moves by keys, finds people.
// Without this file the same form is filled in and saved as it stands.

const form = document.querySelector(".registrations");
if (form) start(form);

function start(form) {
  const counter = form.querySelector("[data-count]");
  const undo = form.querySelector('button[type="reset"]');
  const picks = [...form.querySelectorAll(".pick")];
  let leaving = false;

  const isChanged = (pick) => {
    const chosen = pick.querySelector("input:checked");
    return Boolean(chosen) && !("stored" in chosen.dataset);
  };

  const refresh = () => {
    let changes = 0;
    for (const pick of picks) {
      const changed = isChanged(pick);
      pick.classList.toggle("changed", changed);
      if (changed) changes += 1;
    }
    const { one, many, none } = form.dataset;
    counter.textContent = changes === 0 ? none : changes === 1 ? one : many.replace("#", changes);
    undo.hidden = changes === 0;
    form.classList.toggle("unchanged", changes === 0);
    return changes;
  };

  form.addEventListener("change", refresh);
  form.addEventListener("reset", (event) => {
    event.preventDefault(); // back to what is stored, also after a refused save
    for (const input of form.querySelectorAll("input[data-stored]")) input.checked = true;
    refresh();
    counter.focus();
  });
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; refresh(); });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && refresh() > 0) event.preventDefault();
  });

  const choose = (pick, value) => {
    const input = pick.querySelector(`input[value="${value}"]`);
    if (!input || input.disabled) return;
    input.checked = true;
    input.dispatchEvent(new Event("input", { bubbles: true })); // as a press of it does
    input.focus();
    refresh();
  };
  const keys = { p: "in_person", e: "remote", delete: "none", backspace: "none" };
  // Rows down and columns across.
  const steps = { arrowup: [-1, 0], arrowdown: [1, 0], arrowleft: [0, -1], arrowright: [0, 1] };

  form.addEventListener("keydown", (event) => {
    const pick = event.target.closest?.(".pick");
    if (!pick || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key in keys) {
      event.preventDefault();
      choose(pick, keys[key]);
    } else if (key in steps) {
      event.preventDefault(); // arrows move alone: no press of them changes a choice
      neighbour(pick, ...steps[key])?.focus();
    } else if (key === " ") {
      event.preventDefault();
      const open = [...pick.querySelectorAll("input:not(:disabled)")];
      const now = open.findIndex((input) => input.checked);
      choose(pick, open[(now + 1) % open.length].value);
    }
  });

  const neighbour = (pick, down, across) => {
    const cell = pick.closest("td");
    const rows = [...form.querySelectorAll("tr[data-name]:not([hidden])")];
    const row = rows[rows.indexOf(cell.parentElement) + down];
    const there = row?.cells[cell.cellIndex + across];
    return there?.querySelector("input:checked:not(:disabled)") ?? there?.querySelector("input:not(:disabled)");
  };

  const seek = form.querySelector("#seek");
  seek.closest(".field").hidden = form.querySelectorAll("tr[data-name]").length < 8;
  form.querySelector(".keys").hidden = !window.matchMedia("(hover: hover)").matches;
  seek.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // finding is not saving
  });
  seek.addEventListener("input", () => {
    const words = seek.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const row of form.querySelectorAll("tr[data-name]")) {
      const name = row.dataset.name.toLocaleLowerCase();
      row.hidden = !words.every((word) => name.includes(word));
      if (!row.hidden) found += 1;
    }
    for (const group of form.querySelectorAll("tbody")) {
      group.hidden = !group.querySelector("tr[data-name]:not([hidden])");
    }
    form.querySelector("#seek-found").textContent = String(found);
  });
  // A line of the summary leads to its cell, also on a phone, where one event is shown at a time.
  const shown = form.querySelector("#shown");
  document.querySelector(".error-summary")?.addEventListener("click", (event) => {
    const [, , eventId] = event.target.closest("a")?.hash.split("-") ?? [];
    if (eventId) shown.value = eventId;
  });
  refresh();
}

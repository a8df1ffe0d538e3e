// The board of a season: a card is dragged to another stage, or moved by the buttons of a dialog.
// Without this file "Move" leads to a page with the same buttons.

const board = document.querySelector("[data-board]");
const dialog = board.querySelector("dialog");
const takes = (card, stage) => card.dataset.to.split(" ").includes(stage);
const nameOf = (card) => card.querySelector("a").textContent;

function move(card, stage) {
  board.action = card.querySelector(".move").href;
  board.elements.was.value = card.dataset.was;
  board.elements.to.value = stage;
  board.requestSubmit();
}

// -- By mouse

let dragged = null;

for (const card of board.querySelectorAll("li[data-to]")) card.draggable = card.dataset.to !== "";
board.addEventListener("dragstart", (event) => {
  dragged = event.target.closest("li[data-to]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", nameOf(dragged)); // some browsers drag nothing without it
  dragged.classList.add("dragged");
  for (const stage of board.querySelectorAll("[data-stage]")) stage.classList.toggle("takes", takes(dragged, stage.dataset.stage));
});
board.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  for (const stage of board.querySelectorAll("[data-stage]")) stage.classList.remove("takes", "over");
});
for (const stage of board.querySelectorAll("[data-stage]")) {
  const taken = () => dragged && takes(dragged, stage.dataset.stage);
  stage.addEventListener("dragover", (event) => {
    if (!taken()) return;
    event.preventDefault();
    stage.classList.add("over");
  });
  stage.addEventListener("dragleave", (event) => {
    if (!stage.contains(event.relatedTarget)) stage.classList.remove("over");
  });
  stage.addEventListener("drop", (event) => {
    event.preventDefault();
    if (taken()) move(dragged, stage.dataset.stage);
  });
}

// -- By buttons

let chosen = null;

board.addEventListener("click", (event) => {
  const opener = event.target.closest(".move");
  if (!opener) return;
  event.preventDefault();
  chosen = opener.closest("li");
  dialog.querySelector("h2").textContent = dialog.dataset.title.replace("{name}", nameOf(chosen));
  for (const button of dialog.querySelectorAll("[data-to]")) button.hidden = !takes(chosen, button.dataset.to);
  dialog.showModal();
});
dialog.addEventListener("click", ({ target }) => {
  if (target.matches("[data-cancel]")) dialog.close();
  else if (target.matches("[data-to]")) move(chosen, target.dataset.to);
});

board.dataset.ready = "yes";

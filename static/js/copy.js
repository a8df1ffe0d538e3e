// A button copies a text of the page; without this file the text is marked and copied by hand.
async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const said = document.getElementById(button.getAttribute("aria-describedby"));
  source.select();
  try {
    await navigator.clipboard.writeText(source.value);
    said.textContent = button.dataset.said;
  } catch {
    said.textContent = button.dataset.marked; // it stands marked: the reader's own keys copy it
  }
}
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.addEventListener("click", () => copy(button));
    button.hidden = false;
  }
});

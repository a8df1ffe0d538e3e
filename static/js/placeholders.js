// A button puts its placeholder where the cursor was last; without this file it is typed.
let last = null;
document.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea, input[type=text]")) last = event.target;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-placeholder]");
  const field = last ?? document.querySelector("form.form textarea");
  if (!button || !field) return;
  field.focus();
  field.setRangeText(button.dataset.placeholder, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

// Conveniences only: every page works without this file.

// An open sheet closes by Escape and by a press elsewhere.
const sheets = () => document.querySelectorAll("details[data-closes][open]");
document.addEventListener("click", (event) => {
  for (const sheet of sheets()) if (!sheet.contains(event.target)) sheet.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const sheet of sheets()) {
    sheet.open = false;
    if (sheet.contains(document.activeElement)) sheet.querySelector("summary").focus();
  }
});

// The theme changes at once; without this the form asks the server for the same cookie.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-form]") || !event.submitter) return;
  event.preventDefault();
  const theme = event.submitter.value;
  document.cookie = `theme=${theme}; path=/; max-age=${theme ? 31536000 : 0}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === event.submitter));
});

// Dialogs open where scripts run; the link or form behind the button works without them.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
});

// A form is sent once: a second press while the first is on its way does nothing. One that stores
// nothing may be sent again and again: after a download its page is still there.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post" || event.target.matches("[data-repeats]")) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A button that only a script can answer is pressed once the script listens: allauth's begin then.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("button[data-waits]")) button.disabled = false;
});

// After a refused form the summary of errors takes the focus.
document.querySelector(".error-summary")?.focus();

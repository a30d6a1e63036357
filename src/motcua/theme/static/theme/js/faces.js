// The little that script does for comfort. tools/build_assets.py appends this file to GOV.UK Frontend's
// module, so `initAll` is in scope. Every page works without it.

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
initAll();

// A button that prints the page.
for (const form of document.querySelectorAll("form[data-mc-print]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    window.print();
  });
}

// A file that is too big is told before it travels. The server checks again.
for (const input of document.querySelectorAll("input[type=file][data-mc-max-bytes]")) {
  const limit = Number(input.dataset.mcMaxBytes);
  input.addEventListener("change", () => {
    const tooBig = [...input.files].some((file) => file.size > limit);
    input.setCustomValidity(tooBig ? input.dataset.mcTooBig : "");
    input.reportValidity();
  });
}

// A question that depends on an earlier answer is shown when that answer is given.
for (const part of document.querySelectorAll("[data-mc-when]")) {
  const form = part.closest("form");
  const update = () => {
    part.hidden = new FormData(form).get(part.dataset.mcWhen) !== part.dataset.mcEquals;
  };
  form.addEventListener("change", update);
  update();
}

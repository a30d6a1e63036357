// The little that script does for comfort. tools/build_assets.py appends this file and `sending.js` to GOV.UK
// Frontend's module, so `initAll` is in scope. Every page works without it.

let said;
const SETTLED = 500; // milliseconds until the focus has found its place on a page that is new

// What a page needs when it is shown, also when `sending.js` shows an answer in its place.
function dress() {
  document.body.classList.add("js-enabled");
  // Every button that records something at the desk hears a double click once, as the citizens' say of themselves.
  for (const button of document.querySelectorAll(".mc-desk form[method=post] .govuk-button[type=submit]")) {
    button.dataset.module = "govuk-button";
    button.dataset.preventDoubleClick = "true";
  }
  if ("noModule" in HTMLScriptElement.prototype) {
    document.body.classList.add("govuk-frontend-supported");
  }
  initAll();

  // The field for files is named by its label, what was chosen and what pressing it does; by itself it would be named
  // by the label twice.
  for (const button of document.querySelectorAll(".govuk-file-upload-button")) {
    const [status, , press] = button.children;
    status.id = `${button.id}-status`;
    press.id = `${button.id}-press`;
    status.after(" "); // or both would be one word
    const [label, pause] = button.getAttribute("aria-labelledby").split(" ");
    button.setAttribute("aria-labelledby", [label, pause, status.id, press.id].join(" "));
  }

  // A button that prints the page.
  for (const form of document.querySelectorAll("form[data-mc-print]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      window.print();
    });
  }

  // What a part says that was put in anew is read out by one region that stays; a screen reader does not hear a
  // region that comes together with its words.
  said = document.createElement("p");
  said.className = "govuk-visually-hidden";
  said.setAttribute("aria-live", "polite"); // no role: some would read out an empty region as a thing of the page
  said.dataset.mcLive = "";
  document.body.append(said);
  sayFirst();

  // A file that is too big is told before it travels. The server checks again.
  for (const input of document.querySelectorAll("input[type=file][data-mc-max-bytes]")) {
    const limit = Number(input.dataset.mcMaxBytes);
    const line = document.createElement("p");
    line.className = "govuk-error-message mc-upload__big";
    line.hidden = true;
    (input.closest(".mc-upload") ?? input).after(line);
    input.addEventListener("change", () => {
      line.hidden = ![...input.files].some((file) => file.size > limit);
      line.textContent = said.textContent = line.hidden ? "" : input.dataset.mcTooBig;
    });
  }

  for (const input of document.querySelectorAll("input[type=file][data-mc-gathers]")) gatherIn(input);

  // A question that depends on an earlier answer is shown when that answer is given.
  for (const part of document.querySelectorAll("[data-mc-when]")) {
    const form = part.closest("form");
    const update = () => {
      const { mcWhen: key, mcEquals: wanted } = part.dataset;
      const isAsked = !form.querySelector(`[name="${CSS.escape(key)}"]`)?.closest("[data-mc-when][hidden]");
      part.hidden = !(isAsked && wanted.split(" ").includes(new FormData(form).get(key)));
      if (part.matches("fieldset")) part.disabled = part.hidden; // what would not be kept is not sent either
    };
    form.addEventListener("change", update);
    update();
  }

  for (const list of document.querySelectorAll("select[data-mc-find]")) searchIn(list);

  watchFoot();
  watchSending();
  watchAsides();
  begin();
}
dress();

// How high the buttons are that stay at the foot of the window: what has the focus is scrolled to where it is seen
// above them (scroll-padding), also when they take several lines.
function watchFoot() {
  const page = document.documentElement;
  const foot = document.querySelector(".mc-buttons--stay, .mc-intake__act");
  page.style.removeProperty("--mc-foot");
  if (!foot) return;
  const tell = () => foot.isConnected && page.style.setProperty("--mc-foot", `${foot.offsetHeight}px`);
  tell();
  new ResizeObserver(tell).observe(foot);
}

// What happened on the way to this page, or what it was asked for, is said once the focus has found its place: a region
// is heard only if it was there before its words.
function sayFirst() {
  const parts = [...document.querySelectorAll("[data-mc-said], [data-mc-said-first]")];
  const lines = parts.flatMap((part) => part.innerText.split("\n").map((line) => line.trim()).filter(Boolean));
  const words = lines.map((line) => (/[.:!?]$/.test(line) ? line : `${line}.`)).join(" ");
  const region = said;
  if (words) setTimeout(() => (region.textContent = words), SETTLED);
}

// Where the hands begin. A form that a page is there for (data-mc-begin) has the focus in its first field, if that is
// seen without scrolling away what explains it; "always": whoever scanned a slip goes on there, and the page moves no
// more than it must. Its name (aria-labelledby) is read out with the field. What a scanner typed in vain
// (data-mc-scan) is marked, so that the next scan takes its place.
function begin() {
  const scan = document.querySelector("input[data-mc-scan]");
  if (scan?.value) scan.select();
  // A page that is loaded anew at the same place does not go there by itself (`sending.js: goTo`).
  const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (named && !document.querySelector(".govuk-error-summary")) named.focus();
  const form = document.querySelector("form[data-mc-begin]");
  if (!form || location.hash || document.querySelector("[autofocus]")) return;
  const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const first = fields.find((field) => field.checkVisibility());
  const chosen = fields.find((other) => first?.type === "radio" && other.name === first.name && other.checked);
  const field = chosen ?? first;
  if (!field) return;
  const isSeen = field.getBoundingClientRect().bottom <= innerHeight;
  if (!isSeen && form.dataset.mcBegin !== "always") return;
  field.focus({ preventScroll: true });
  if (!isSeen) field.scrollIntoView({ block: "nearest" });
}

// A long list gets a field in which its names are searched. What fits is shown open below, and what was chosen
// stays, so that the list says the same with and without it.
function searchIn(list) {
  const parts = [...list.children].map((part) => ({ part, options: part.label && part.children.length ? [...part.children] : [] }));
  const field = document.createElement("input");
  field.className = "govuk-input mc-find";
  field.id = `${list.id}-find`;
  field.autocomplete = "off";
  field.setAttribute("aria-controls", list.id);
  const label = document.createElement("label");
  label.className = "govuk-hint mc-find__label";
  label.htmlFor = field.id;
  const named = document.createElement("span"); // a page may have several lists: each field says of which it is
  named.className = "govuk-visually-hidden";
  named.textContent = `${list.labels[0]?.textContent.trim() ?? ""}: `;
  label.append(named, list.dataset.mcFind);
  list.before(label, field);

  const found = (option, words) =>
    option.value && words.every((word) => bare(`${option.parentNode?.label ?? ""} ${option.text}`).includes(word));
  const fits = (option, words) => (option.selected && option.value) || found(option, words);
  field.addEventListener("input", () => {
    const words = bare(field.value).split(" ").filter(Boolean);
    const chosen = [...list.selectedOptions].find((option) => option.value);
    for (const { part, options } of parts) part.append(...options);
    const shown = parts.filter(({ part, options }) => {
      if (!words.length) return true;
      const kept = options.filter((option) => fits(option, words));
      if (options.length) part.replaceChildren(...kept);
      return options.length ? kept.length : fits(part, words);
    });
    list.size = words.length ? 7 : 0; // before the options change: an open list chooses none by itself
    list.replaceChildren(...shown.map(({ part }) => part));
    list.selectedIndex = chosen ? [...list.options].indexOf(chosen) : words.length ? -1 : 0;
    const number = [...list.options].filter((option) => found(option, words)).length; // not what only stays chosen
    said.textContent = words.length ? `${number} ${list.dataset.mcFound}` : "";
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault(); // not the button of the form: on to what was found
    list.focus();
  });
  // Open while arrow keys go through it; who chose with a pointer, presses Enter or goes on is done.
  const close = () => { list.size = 0; };
  list.addEventListener("blur", close);
  list.addEventListener("click", (event) => { if (event.target.matches("option")) close(); });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !list.size) return;
    event.preventDefault(); // an open list would send the form
    close();
  });
}

// Files for one paper are gathered: what is chosen later joins what was chosen before, and a photograph goes to the files
// of its paper (data-mc-into: its name). Each stands below by its name, to be taken away before it travels.
function gatherIn(input) {
  const list = document.createElement("ul");
  list.className = "mc-chosen";
  input.closest(".mc-add").append(list);
  let kept = [];
  const sameAs = (file) => (other) => ["name", "size", "lastModified"].every((part) => file[part] === other[part]);
  const keep = (files) => {
    kept = files.filter((file, at) => files.findIndex(sameAs(file)) === at);
    const bag = new DataTransfer();
    for (const file of kept) bag.items.add(file);
    input.files = bag.files;
    list.replaceChildren(...kept.map(row));
  };
  const row = (file) => {
    const part = document.createElement("li");
    part.className = "mc-chosen__file";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "mc-plain-button";
    button.textContent = input.dataset.mcGathers;
    button.setAttribute("aria-label", `${input.dataset.mcGathers} ${file.name}`);
    button.addEventListener("click", () => {
      keep(kept.filter((other) => other !== file));
      input.dispatchEvent(new Event("change", { bubbles: true }));
      (list.querySelector("button") ?? input.parentElement.querySelector("button") ?? input).focus();
    });
    part.append(file.name, button);
    return part;
  };
  // Before the others hear of it, so that they count what is gathered.
  input.closest("form").addEventListener(
    "change",
    (event) => {
      const { target } = event;
      if (target === input) keep([...kept, ...input.files]);
      if (target.dataset.mcInto !== input.name) return;
      keep([...kept, ...target.files]);
      target.value = "";
      event.stopPropagation();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
    true,
  );
}

// Enter in a field that looks while one types does not send the form around it ([data-mc-looks]).
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input[data-mc-looks]")) event.preventDefault();
});

// What a scanner types into takes the place of what stands there ([data-mc-select]): it is marked when the focus comes,
// by a pointer too, which would set the cursor down after that.
document.addEventListener("focusin", ({ target }) => {
  if (!target.matches("input[data-mc-select]")) return;
  target.select();
  target.addEventListener("mouseup", (event) => event.preventDefault(), { once: true });
});

// Whoever writes what is wanted of a paper wants it: its box ([data-mc-ticks]: the id) is ticked.
document.addEventListener("input", ({ target }) => {
  const box = target.dataset.mcTicks && document.getElementById(target.dataset.mcTicks);
  if (box && target.value.trim()) box.checked = true;
});

// What is chosen from a folded list ([data-mc-said-at]: the id) stands in what folds it.
document.addEventListener("change", ({ target }) => {
  const place = target.dataset.mcSaidAt && document.getElementById(target.dataset.mcSaidAt);
  if (place) place.textContent = target.selectedOptions[0]?.text ?? "";
});

// What was typed and not sent goes along when the language is changed (`theme/switching.py`), never passwords, and files
// by name only. A page that answered a form (tra-lai in its address) holds what is nowhere else.
const isLeft = (field) =>
  field.matches("option")
    ? field.selected !== field.defaultSelected
    : field.matches("[type=checkbox], [type=radio]")
      ? field.checked !== field.defaultChecked
      : field.matches("input:not([type=hidden], [type=submit], [type=button], [data-mc-looks]), textarea") && field.value !== field.defaultValue;

function isTyped(form) {
  const fields = [...form.elements].filter((field) => !field.matches("select, .mc-find"));
  const lists = [...form.querySelectorAll("select")].filter((list) => [...list.options].some((option) => option.defaultSelected));
  const others = [...form.querySelectorAll("select")].filter((list) => !lists.includes(list));
  return (
    fields.some(isLeft) ||
    lists.some((list) => [...list.options].some(isLeft)) ||
    others.some((list) => !list.multiple && list.selectedIndex > 0)
  );
}

function heldBy(form) {
  const pairs = [...new FormData(form)];
  const isFile = ([, value]) => value instanceof File;
  const secrets = new Set([...form.querySelectorAll("input[type=password]")].map((field) => field.name));
  return {
    action: new URL(form.getAttribute("action") || location.href, location.href).pathname,
    typed: pairs.filter((pair) => !isFile(pair) && !secrets.has(pair[0]) && pair[0] !== "csrfmiddlewaretoken"),
    files: pairs.filter((pair) => isFile(pair) && pair[1].name).map(([, file]) => file.name),
    has_secrets: [...secrets].some((name) => form.elements[name]?.value),
  };
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-mc-switch]")) return;
  const forms = [...document.querySelectorAll("main form[method=post]")];
  const isAnswer = new URLSearchParams(location.search).has("tra-lai");
  const left = forms.filter((form) => isTyped(form) || (isAnswer && form.querySelector("input:not([type=hidden]), textarea")));
  for (const form of left) form.removeAttribute("data-mc-typed"); // nothing is lost, so nobody asks
  if (!left.length) return;
  const carrier = document.createElement("input");
  carrier.type = "hidden";
  carrier.name = "typed";
  carrier.value = JSON.stringify(left.map(heldBy));
  event.target.append(carrier);
});

// As `kernel/text.py: fold` does.
function bare(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
}

// What was typed into a part while the look-up that puts it in anew was on its way stays typed, with the cursor where it
// was: what the look-up found fills what nobody has touched since.
const asAsked = new WeakMap(); // by request: how the fields of its part stood then
const sinceAsked = new Map(); // by the id of a part that is about to be put in anew: what was done to it since
const isTick = (field) => field.matches("[type=checkbox], [type=radio]");
const fieldsOf = (part) => [...(part?.querySelectorAll?.("input:not([type=file]), select, textarea") ?? [])].filter((field) => field.name);
const keyOf = (field) => (isTick(field) ? `${field.name}=${field.value}` : field.name);
const standOf = (field) => (isTick(field) ? field.checked : field.value);
const standing = (part) => new Map(fieldsOf(part).map((field) => [keyOf(field), standOf(field)]));

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => asAsked.set(ctx, standing(ctx.target)));
document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  const then = asAsked.get(ctx);
  const part = ctx.target?.id && document.getElementById(ctx.target.id);
  if (!then || !part) return;
  const typed = new Map([...standing(part)].filter(([key, value]) => then.has(key) && then.get(key) !== value));
  const { id, selectionStart, selectionEnd } = part.contains(document.activeElement) ? document.activeElement : {};
  const open = [...part.querySelectorAll("details")].map((fold) => fold.open);
  sinceAsked.set(part.id, { typed, open, cursor: { id, selectionStart, selectionEnd } });
});
// As soon as the new part stands: until htmx has settled it (after:swap), more may be typed.
document.addEventListener("htmx:before:settle", ({ target: part }) => {
  const { typed, open, cursor } = sinceAsked.get(part.id) ?? {};
  if (!typed) return;
  sinceAsked.delete(part.id);
  for (const field of fieldsOf(part).filter((each) => typed.has(keyOf(each)))) {
    field[isTick(field) ? "checked" : "value"] = typed.get(keyOf(field));
    if (field.id !== cursor.id || cursor.selectionStart == null) continue;
    field.focus({ preventScroll: true });
    field.setSelectionRange(cursor.selectionStart, cursor.selectionEnd);
  }
  [...part.querySelectorAll("details")].forEach((fold, at) => { fold.open ||= Boolean(open[at]); });
});

document.addEventListener("htmx:after:swap", (event) => {
  const { target, sourceElement, response } = event.detail.ctx;
  if (response?.status >= 400) return; // nothing was swapped (`noSwap` in base.html), and that has been said
  const part = document.getElementById((target ?? sourceElement).id);
  const words = part?.querySelector("[data-mc-said]")?.textContent.trim() ?? "";
  if (words !== said.textContent) said.textContent = words;
});

// A look-up that is answered with an error, or not at all, leaves the page as it is: what was typed stays, and
// a line where the answer would stand says so, until the next try. What asks by itself, every so often, just asks again.
document.addEventListener("htmx:before:request", forgetFailure);
// What is refused (403: the cookies of the page are gone) will be refused again: only a fresh page helps.
document.addEventListener("htmx:response:error", (event) => {
  const isRefused = event.detail.ctx.response?.status === 403;
  sayFailure(event, isRefused ? document.body.dataset.mcSayRefused : document.body.dataset.mcSayFailed);
});
document.addEventListener("htmx:error", (event) => sayFailure(event, document.body.dataset.mcSayLost));

const asksByItself = (asked) => !asked || asked.sourceEvent?.type === "every";

function forgetFailure(event) {
  if (asksByItself(event.detail.ctx)) return;
  for (const line of document.querySelectorAll("[data-mc-failure]")) line.remove();
  said.textContent = "";
}

function sayFailure(event, words) {
  const asked = event.detail.ctx;
  if (asksByItself(asked)) return;
  const line = document.createElement("p");
  line.className = "mc-sending mc-sending--bad";
  line.setAttribute("data-mc-failure", "");
  line.textContent = words;
  (asked.target ?? asked.sourceElement).prepend(line);
  said.textContent = words;
}

// Who leaves a page that tells others of them says so; what was not heard is forgotten after a minute.
for (const part of document.querySelectorAll("[data-mc-leave]")) {
  const token = part.querySelector("[name=csrfmiddlewaretoken]").value;
  addEventListener("pagehide", () => {
    navigator.sendBeacon(part.dataset.mcLeave, new URLSearchParams({ csrfmiddlewaretoken: token }));
  });
}

// A form of the desk with a line [data-mc-sending=leads] is sent by script (`sending.js`). It is found when it is sent, for
// its parts are put in anew; what opens beside the page (a preview) is not its sending. On the portal every form of the page
// that sends something is, by a line of the frame's (template[data-mc-sends]), put in above the button that was pressed.
function frameLine(form, button) {
  const line = document.querySelector("template[data-mc-sends]")?.content.querySelector("p").cloneNode(true);
  if (!line || form.getAttribute("method") !== "post" || !form.closest("main")) return null;
  if (button && form.contains(button)) button.before(line);
  else form.append(line);
  return line;
}
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  const line = form.querySelector("[data-mc-sending=leads]") ?? frameLine(form, event.submitter);
  if (!line) return;
  if (event.submitter?.formTarget === "_blank") return;
  event.preventDefault();
  sendForm(form, line, event.submitter);
});
addEventListener("pageshow", () => {
  for (const line of document.querySelectorAll("[data-mc-sending=leads]")) {
    setBusy(line.closest("form"), false);
    line.textContent = "";
  }
});

// A form of the desk that the browser sends by itself is not sent again while its answer is on its way, by key or
// pointer: the second post would find the dossier changed by the first. Whoever stopped the loading can send again after a while, and
// whoever comes back to the page at once. What opens beside the page (a preview) is not the form's sending.
const UNANSWERED = 10_000; // milliseconds
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method") !== "post" || !form.closest(".mc-desk")) return;
  if (event.submitter?.formTarget === "_blank") return;
  if (form.hasAttribute("data-mc-sent")) {
    event.preventDefault();
    return;
  }
  form.setAttribute("data-mc-sent", "");
  setTimeout(() => form.removeAttribute("data-mc-sent"), UNANSWERED);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-mc-sent]")) form.removeAttribute("data-mc-sent");
});

// Keys of the desk: what bears data-mc-key is pressed, or entered if it is a field. Letters can be switched off and
// count nowhere that something is typed or chosen, or one pressed by mistake would leave a form that was filled in;
// they do on buttons, which are the way out of its fields. Ctrl+Enter presses the main button of the form that the
// cursor is in, or what was typed there would be left behind; from anywhere else that of the page.
const inField = (element) => element.matches("input, textarea, select, [contenteditable]");
// A circle or a box to tick takes no letters: there the paper beside the form may be leafed through, but nothing left.
const turnsPaper = (element, key) =>
  element.matches("[type=radio], [type=checkbox]") && Boolean(bearing(key)?.closest(".mc-preview"));
const press = (element) => (element.matches("input") ? element.focus() : element.click());
const bearing = (key) =>
  document.querySelector(`main [data-mc-key="${CSS.escape(key)}"], [data-mc-key="${CSS.escape(key)}"]`);

// What is marked, else the only button that is no secondary one; of several none is the main one. A small form, as that of
// a note, has a secondary one only: its first.
function mainButton(from) {
  const form = from.form ?? from.closest("form");
  const shown = [...document.querySelectorAll("main form .govuk-button[type=submit]")].filter((each) => each.checkVisibility());
  const own = shown.filter((button) => button.form === form);
  const isMain = (button) => !button.matches(".govuk-button--secondary");
  if (form && own.length) {
    const main = own.filter(isMain);
    return own.find((button) => button.dataset.mcKey === "ctrl+enter") ?? (main.length > 1 ? null : (main[0] ?? own[0]));
  }
  const marked = bearing("ctrl+enter");
  if (marked) return marked;
  const main = shown.filter(isMain);
  return main.length === 1 ? main[0] : null;
}

document.addEventListener("keydown", (event) => {
  const main = event.ctrlKey && event.key === "Enter";
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
  if (!main && (!plain || document.body.dataset.mcKeys !== "on")) return;
  if (!main && inField(event.target) && !turnsPaper(event.target, event.key)) return;
  if (event.key === "j" || event.key === "k") {
    const lines = [...document.querySelectorAll(".mc-work__name")];
    const here = lines.indexOf(document.activeElement);
    lines[event.key === "j" ? here + 1 : Math.max(here - 1, 0)]?.focus();
    return;
  }
  const found = main ? mainButton(event.target) : bearing(event.key);
  if (!found) return;
  event.preventDefault();
  if (!event.repeat) press(found); // a key that is held is pressed once
});

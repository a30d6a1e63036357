// A form with a line [data-mc-sending] is sent by script, so that a network that breaks off loses nothing: the
// page stays with all that was typed and chosen, the line says what happened, and the next press sends again. So it
// does for an answer that has nothing of the form: a refusal as a whole, a fault, a page of a proxy.
// Whoever leaves such a page by another way than its buttons is asked by the browser, if something was typed since.
// Without script the browser sends it, and everything works but that. Functions only: `faces.js` calls them.
//
// With a line [data-mc-sending=leads], as forms of the desk have it, the browser goes to where the answer stands, for
// scripts have hold of parts of those pages; leaving them is not asked about.

const PATIENCE = 120_000; // milliseconds in which nothing moves, then the network counts as lost

function watchSending() {
  for (const line of document.querySelectorAll("[data-mc-sending='']")) {
    const form = line.closest("form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      sendForm(form, line, event.submitter);
    });
    form.addEventListener("input", (event) => {
      if (event.target.type !== "checkbox") form.setAttribute("data-mc-typed", ""); // a tick is no work
    });
    addEventListener("beforeunload", askBeforeLeaving);
    const tellAway = () => tell(line, "offline");
    const tellBack = () => line.textContent && !form.dataset.mcBusy && tell(line, "online");
    addEventListener("offline", tellAway);
    addEventListener("online", tellBack);
    addEventListener("pageshow", () => setBusy(form, false));
    if (!navigator.onLine) tellAway();
  }
}

// What stands beside the work of a page, a note or a reply ([data-mc-asks]), is sent by the browser; leaving the page with
// something in it that was not sent is asked about too.
function watchAsides() {
  for (const form of document.querySelectorAll("form[data-mc-asks]")) {
    const fields = [...form.querySelectorAll("textarea")];
    const wasRefused = form.querySelector(".govuk-error-message") !== null;
    const mark = () => {
      const isTyped = fields.some((field) => field.value.trim() && (wasRefused || field.value !== field.defaultValue));
      form.toggleAttribute("data-mc-typed", isTyped);
    };
    form.addEventListener("input", mark);
    form.addEventListener("submit", () => form.removeAttribute("data-mc-typed"));
    addEventListener("pageshow", mark);
    addEventListener("beforeunload", askBeforeLeaving);
  }
}

function askBeforeLeaving(event) {
  if (!document.querySelector("form[data-mc-typed]")) return;
  event.preventDefault();
  event.returnValue = true; // older browsers ask only then
}

const word = (line, what) => line.getAttribute(`data-mc-say-${what}`);

function tell(line, what, more = "") {
  line.textContent = word(line, what) + more;
  line.classList.toggle("mc-sending--bad", what !== "busy" && what !== "online");
}

function setBusy(form, isBusy) {
  form.toggleAttribute("data-mc-busy", isBusy);
  form.setAttribute("aria-busy", String(isBusy));
}

function sendForm(form, line, button) {
  if (form.hasAttribute("data-mc-busy")) return; // pressed twice: it is on its way
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  if (!navigator.onLine) {
    tell(line, "offline");
    line.scrollIntoView({ block: "nearest" });
    return;
  }
  setBusy(form, true);
  const isLed = line.dataset.mcSending === "leads";
  form.removeAttribute("data-mc-typed");
  tell(line, "busy");
  const request = new XMLHttpRequest();
  let patience;
  const wait = () => {
    clearTimeout(patience);
    patience = setTimeout(() => request.abort(), PATIENCE);
  };
  const giveUp = () => request.abort();
  const failed = (what, sentence = "") => {
    setBusy(form, false);
    if (!isLed) form.setAttribute("data-mc-typed", "");
    tell(line, what);
    if (sentence) line.textContent = sentence;
    line.scrollIntoView({ block: "nearest" });
  };
  // What the page of the refusal says, else a sentence of ours; and the way to a fresh page beside this one.
  const refused = (what, sentence) => {
    failed(what);
    const anew = document.createElement("a");
    anew.className = "govuk-link mc-sending__anew";
    anew.target = "_blank";
    anew.href = location.href.split("#")[0];
    anew.textContent = word(line, "anew");
    line.replaceChildren(`${sentence || word(line, what)} ${word(line, "stays")} `, anew);
  };
  request.open("POST", button?.getAttribute("formaction") || form.getAttribute("action") || location.href);
  request.setRequestHeader("X-Sent-By", isLed ? "page" : "script");
  request.upload.addEventListener("progress", (event) => {
    wait();
    // By tens, or a screen reader would never come to an end.
    const part = event.lengthComputable ? Math.floor((event.loaded / event.total) * 10) * 10 : 0;
    if (part && part < 100) tell(line, "busy", ` ${part}%`);
  });
  request.addEventListener("error", () => failed("lost"));
  request.addEventListener("abort", () => failed("lost"));
  request.addEventListener("load", () => {
    const next = request.getResponseHeader("HX-Redirect");
    const place = next?.includes("#") ? "" : button?.getAttribute("formaction")?.match(/#.*/)?.[0];
    if (next) return goTo(next + (place ?? ""));
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const sentence = page.querySelector("[data-mc-refusal=said]")?.textContent.trim();
    const later = page.querySelector(`[data-mc-later][lang="${document.documentElement.lang}"]`)?.textContent.trim(); // the page of a planned stop
    if (answersForm(page)) showAnswer(page); // of the desk only what is too large to be led to
    else if (later) failed("failed", later);
    else if (request.status === 413) failed("huge");
    else if (request.status === 429) failed("often");
    else if (sentence) refused("refused", sentence);
    else if (request.status >= 500) failed("failed");
    else refused(request.status === 404 ? "gone" : "refused");
  });
  request.addEventListener("loadend", () => {
    clearTimeout(patience);
    removeEventListener("offline", giveUp);
  });
  addEventListener("offline", giveUp);
  wait();
  request.send(data);
}

// The same page at another place would only be scrolled.
function goTo(address) {
  const next = new URL(address, location.href);
  if (next.pathname !== location.pathname || next.search !== location.search) return location.assign(next);
  history.replaceState(null, "", next);
  location.reload();
}

// Whether what came back may take the place of this page: it is one of ours, where a proxy, or whoever runs the network,
// may have answered instead; and none that refuses the form as a whole and has nothing of it.
function answersForm(page) {
  return page.body.hasAttribute("data-mc-say-failed") && !page.querySelector("[data-mc-refusal]");
}

// The page that came back, in place of this one: with what was typed, and with its errors.
function showAnswer(page) {
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  scrollTo(0, 0);
  dress();
  window.htmx?.process(document.body);
}

// One press chooses, for every dossier on the page, what was proposed; where nothing was, it leaves what is chosen. It
// is seen, can be changed one by one, and is done only when the form is sent. Without script each is chosen by hand.
// How many are chosen is said anew with every change.

const line = document.querySelector("[data-mc-all-as-proposed]");

const say = (status, count) => {
  status.textContent = status.dataset.mcSay.replace("{count}", count);
};

if (line && document.querySelector("[data-mc-as-proposed]")) {
  const choices = [...document.querySelectorAll("[data-mc-as-proposed]")];
  const status = line.querySelector("[data-mc-say]");
  const tell = () => say(status, choices.filter(choice => choice.checked).length);
  line.hidden = false;
  line.querySelector("button").addEventListener("click", () => {
    for (const choice of choices) choice.checked = true;
    tell();
  });
  line.closest("form").addEventListener("change", event => {
    if (event.target.type === "radio" && status.textContent) tell();
  });
}

// The links that tick all lines of the list or none do so here without loading the page anew.
const picking = document.querySelector("[data-mc-picking]");

if (picking) {
  const form = picking.closest("form");
  const boxes = [...form.querySelectorAll("[name=ho-so]")];
  const status = picking.querySelector("[role=status]");
  const tell = () => say(status, boxes.filter(box => box.checked).length);
  for (const link of picking.querySelectorAll("[data-mc-pick]")) {
    link.addEventListener("click", event => {
      event.preventDefault();
      for (const box of boxes) box.checked = link.dataset.mcPick === "all";
      tell();
    });
  }
  form.addEventListener("change", event => {
    if (event.target.name === "ho-so") tell();
  });
  if (boxes.some(box => box.checked)) tell(); // ticked by the link that works without script, or by a step back
}

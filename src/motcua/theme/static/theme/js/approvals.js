// One press chooses, for every dossier on the page, what was proposed; where nothing was, it leaves what is chosen. It
// is seen, can be changed one by one, and is done only when the form is sent. Without script each is chosen by hand.

const line = document.querySelector("[data-mc-all-as-proposed]");
const said = line?.querySelector("[data-mc-say]");

if (line && document.querySelector("[data-mc-as-proposed]")) {
  line.hidden = false;
  line.querySelector("button").addEventListener("click", () => {
    const choices = [...document.querySelectorAll("[data-mc-as-proposed]")];
    for (const choice of choices) choice.checked = true;
    said.textContent = said.dataset.mcSay.replace("{count}", choices.length);
  });
}

// The links that tick all lines of the list or none do so here without loading the page anew.
const picking = document.querySelector("[data-mc-picking]");

for (const link of picking?.querySelectorAll("[data-mc-pick]") ?? []) {
  link.addEventListener("click", event => {
    event.preventDefault();
    const boxes = [...picking.closest("form").querySelectorAll("[name=ho-so]")];
    for (const box of boxes) box.checked = link.dataset.mcPick === "all";
    const status = picking.querySelector("[role=status]");
    status.textContent = status.dataset.mcSay.replace("{count}", boxes.filter(box => box.checked).length);
  });
}

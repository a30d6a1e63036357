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

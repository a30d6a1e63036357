// The law book from a disk: search without a server, and everything unfolded on paper.
"use strict";

(() => {
  const LIMIT = 40;
  const box = document.querySelector("[data-book-search]");
  const list = document.querySelector("[data-book-results]");

  const fold = (text) =>
    text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");

  const line = (entry) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = entry.u;
    link.textContent = entry.t;
    const words = document.createElement("span");
    words.textContent = entry.x;
    item.append(link, words);
    return item;
  };

  const search = () => {
    const asked = fold(box.value).split(/\s+/).filter(Boolean);
    const whole = asked.join(" ");
    const found = asked.length
      ? window.LAW_INDEX.filter((entry) => asked.every((word) => entry.w.includes(word)))
      : [];
    // Who asks for a phrase finds it before places where its words stand apart.
    found.sort((one, other) => other.w.includes(whole) - one.w.includes(whole));
    list.replaceChildren(...found.slice(0, LIMIT).map(line));
    list.hidden = !asked.length;
    const count = document.querySelector("[data-book-count]");
    count.textContent = asked.length ? count.dataset.bookCount.replace("0", String(found.length)) : "";
  };

  if (box && window.LAW_INDEX) {
    box.closest("[hidden]").hidden = false;
    box.addEventListener("input", search);
    list.addEventListener("click", () => { list.hidden = true; });
  }

  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((each) => { each.open = true; });
  });
})();

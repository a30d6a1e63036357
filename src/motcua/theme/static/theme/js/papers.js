// The papers beside a form: turned and made larger here, without asking the server. Loaded on pages that show
// them. Which paper and which page is a link; without script it opens on a page of its own.

const SIZES = ["fit", "100", "150", "200", "300"]; // the whole page, else per cent of the width that is there
const USUAL = 1;

const look = { paper: "", turn: 0, size: USUAL };

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-mc-look]");
  if (!button) return;
  const wish = button.dataset.mcLook;
  if (wish === "left") look.turn = (look.turn + 270) % 360;
  if (wish === "right") look.turn = (look.turn + 90) % 360;
  if (wish === "larger") look.size = Math.min(look.size + 1, SIZES.length - 1);
  if (wish === "smaller") look.size = Math.max(look.size - 1, 0);
  if (wish === "fit") look.size = look.size === 0 ? USUAL : 0;
  show();
});

// Another page of the same paper stays turned and enlarged as the one before it; another paper begins anew.
function show() {
  const part = document.getElementById("preview");
  const box = part?.querySelector("[data-mc-paper-box]");
  if (!box) return;
  if (look.paper !== part.dataset.mcPaper) {
    Object.assign(look, { paper: part.dataset.mcPaper, turn: 0, size: USUAL });
  }
  part.querySelector("[data-mc-looks]").hidden = false;
  const centre = centreOf(box);
  for (const size of SIZES) box.classList.toggle(`mc-preview__paper--${size}`, size === SIZES[look.size]);
  turn(box);
  toCentre(box, centre);
  part.querySelector("[data-mc-look=fit]").setAttribute("aria-pressed", String(look.size === 0));
  say(part.querySelector("[data-mc-size]"), box);
}

// How large the page is, measured where all of it is shown.
function say(said, box) {
  const shown = box.querySelector("canvas") ?? box.querySelector("img");
  const measured = Math.round((shown.clientWidth / shown.parentElement.clientWidth) * 100);
  const words = `${look.size ? SIZES[look.size] : measured}%`;
  if (said.textContent !== words) said.textContent = words;
}

// A turned page is drawn anew: its box then has the measures that it has on the screen.
function turn(box) {
  const picture = box.querySelector("img");
  box.querySelector("canvas")?.remove();
  if (picture.complete && !picture.naturalWidth && picture.currentSrc) return failed(picture);
  if (!picture.naturalWidth) return picture.addEventListener("load", show, { once: true });
  const { naturalWidth: width, naturalHeight: height } = picture;
  picture.hidden = look.turn !== 0;
  if (!picture.hidden) return;
  const canvas = document.createElement("canvas");
  const isSideways = look.turn % 180 !== 0;
  canvas.width = isSideways ? height : width;
  canvas.height = isSideways ? width : height;
  canvas.className = picture.className;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", picture.alt);
  const pen = canvas.getContext("2d");
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate((look.turn * Math.PI) / 180);
  pen.drawImage(picture, -width / 2, -height / 2);
  picture.after(canvas);
}

// What is in the middle stays in the middle.
const centreOf = (box) => [
  (box.scrollLeft + box.clientWidth / 2) / box.scrollWidth,
  box.scrollTop ? (box.scrollTop + box.clientHeight / 2) / box.scrollHeight : 0,
];
function toCentre(box, [across, down]) {
  box.scrollLeft = across * box.scrollWidth - box.clientWidth / 2;
  box.scrollTop = down * box.scrollHeight - box.clientHeight / 2;
}

// Too many pages may have been drawn at that moment: it is asked for again, by and by.
const AGAIN = [1000, 3000]; // milliseconds before each try
const tries = new WeakMap();

// There is nothing to turn or to enlarge, and whoever does not see that is told.
function failed(picture) {
  const tried = tries.get(picture) ?? 0;
  if (tried < AGAIN.length) {
    tries.set(picture, tried + 1);
    picture.addEventListener("load", show, { once: true });
    setTimeout(() => picture.isConnected && (picture.src = picture.currentSrc), AGAIN[tried]);
    return;
  }
  const line = picture.parentElement.querySelector("[data-mc-failed]");
  if (!line.hidden) return;
  picture.hidden = true;
  line.hidden = false;
  for (const button of document.querySelectorAll("#preview [data-mc-look]")) button.disabled = true;
  const live = document.querySelector("[data-mc-live]");
  if (live) live.textContent = line.textContent;
}
document.addEventListener("error", (event) => event.target.matches?.("#preview img") && failed(event.target), true);

// With a mouse the page is pushed about like a sheet on a table; fingers scroll it by themselves.
let held = null;
document.addEventListener("pointerdown", (event) => {
  const box = event.target.closest("[data-mc-paper-box]");
  if (!box || event.pointerType !== "mouse" || event.button !== 0) return;
  if (event.target === box) return; // its scroll bars
  held = { box, x: event.clientX + box.scrollLeft, y: event.clientY + box.scrollTop };
});
document.addEventListener("pointermove", (event) => {
  if (held) held.box.scrollTo(held.x - event.clientX, held.y - event.clientY);
});
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => (held = null));

document.addEventListener("htmx:after:swap", (event) => {
  show();
  const { target, sourceElement } = event.detail.ctx;
  if ((target ?? sourceElement).id !== "preview") return; // who else is looking is asked for every so often
  if (document.activeElement === document.body) document.querySelector("[data-mc-paper-box]")?.focus();
});
show();

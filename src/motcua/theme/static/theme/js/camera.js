// The camera of a computer: photographs papers into a file field, and at the counter reads the QR code of an identity
// card into its field. Loaded on pages that need it; what reads codes is fetched when a camera is opened, and only
// where the browser cannot do it by itself. Without a camera everything is typed, scanned or chosen as ever.

const dialog = document.querySelector("[data-mc-camera-dialog]");
const video = dialog?.querySelector("video");
const word = dialog?.querySelector("[data-mc-camera-word]");
const choice = dialog?.querySelector("select");
const shoot = dialog?.querySelector("[data-mc-shoot]");
const done = dialog?.querySelector("[data-mc-shots-done]");
const shown = dialog?.querySelector("[data-mc-shots-shown]");

const WIDEST = 1600; // pixels of a frame that is looked through for a code
const EVERY = 120; // milliseconds between two looks

let stream = null;
let look = 0; // grows with each opening, so that an older one stops
let shots = [];
let target = null;

if (dialog && navigator.mediaDevices?.getUserMedia) {
  seek();
  navigator.mediaDevices.addEventListener("devicechange", seek);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mc-camera]");
    if (button) open(button);
  });
  dialog.querySelector("[data-mc-camera-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", stop);
  choice.addEventListener("change", () => start(choice.value));
  shoot.addEventListener("click", takeShot);
  done.addEventListener("click", keepShots);
}

// The buttons are shown where there is a camera; what it is called is told only once it may be used.
async function seek() {
  document.body.classList.toggle("mc-has-camera", (await cameras()).length > 0);
}

async function cameras() {
  return (await navigator.mediaDevices.enumerateDevices()).filter((each) => each.kind === "videoinput");
}

async function open(button) {
  const isScan = button.dataset.mcCamera === "scan";
  target = field(button);
  shots = [];
  shown.replaceChildren();
  dialog.classList.toggle("mc-camera--shots", !isScan);
  dialog.querySelector("h2").textContent = button.dataset.mcCameraTitle;
  done.disabled = shoot.disabled = true;
  say(isScan ? "aim" : "lay");
  dialog.showModal();
  if (!(await start())) return;
  shoot.disabled = false;
  if (isScan) await scan(++look);
  else shoot.focus();
}

// The field of the button: the one it names, or the first empty one of those it names.
function field(button) {
  const fields = [...document.querySelectorAll(button.dataset.mcCameraField)];
  return fields.find((each) => !each.value) ?? fields[0];
}

async function start(device) {
  stop();
  const wish = { width: { ideal: 1920 }, height: { ideal: 1080 } };
  const which = device ? { deviceId: { exact: device } } : { facingMode: "environment" };
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { ...wish, ...which }, audio: false });
  } catch (error) {
    say(error.name === "NotAllowedError" ? "refused" : "none");
    return false;
  }
  if (!dialog.open) {
    stop(); // closed while the browser was asking
    return false;
  }
  video.srcObject = stream;
  await video.play();
  await offerCameras();
  return true;
}

async function offerCameras() {
  const found = await cameras();
  const current = stream?.getVideoTracks()[0]?.getSettings().deviceId;
  const options = found.map((each, index) => new Option(each.label || `${index + 1}`, each.deviceId));
  choice.replaceChildren(...options);
  choice.value = current ?? "";
  choice.closest("div").hidden = found.length < 2;
}

function stop() {
  look += 1;
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  video.srcObject = null;
}

async function scan(mine) {
  const read = await reader();
  while (mine === look && dialog.open) {
    const text = video.videoWidth ? await read(frame(WIDEST)) : "";
    if (text && mine === look) {
      fill(text);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

async function reader() {
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async (canvas) => (await detector.detect(canvas))[0]?.rawValue ?? "";
  }
  const { decodeQR } = await import(dialog.dataset.mcReader);
  return async (canvas) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d", { willReadFrequently: true }).getImageData(0, 0, width, height);
    try {
      return decodeQR({ width, height, data });
    } catch {
      return ""; // no code in this frame
    }
  };
}

function frame(widest = Infinity) {
  const scale = Math.min(1, widest / video.videoWidth);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext("2d", { willReadFrequently: true }).drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas;
}

// As a scanner that types does: the text into the field, then the look-up.
function fill(text) {
  target.value = text;
  dialog.close();
  target.form.querySelector("button[name=action][value=look]").click();
}

async function takeShot() {
  if (!video.videoWidth) return;
  const canvas = frame();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  const name = `${target.files.length + shots.length + 1}.jpg`;
  shots.push(new File([blob], name, { type: "image/jpeg" }));
  canvas.className = "mc-camera__shot";
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${shots.length}`);
  shown.append(canvas);
  done.disabled = false;
  say("taken", shots.length);
}

function keepShots() {
  const files = new DataTransfer();
  for (const file of [...target.files, ...shots]) files.items.add(file);
  target.files = files.files;
  target.dispatchEvent(new Event("change", { bubbles: true }));
  dialog.close();
  target.closest("details")?.setAttribute("open", ""); // so that what was photographed is seen
  (target.parentElement.querySelector("button") ?? target).focus();
}

function say(key, count = "") {
  word.textContent = word.dataset[key].replace("{count}", count);
}

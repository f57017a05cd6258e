// Offers the phone's own share sheet: the text of the element that data-shares names, and every picture or video with data-share-file.
import { say } from "./say.js";

const ENDINGS = { quicktime: "mov" };

async function files() {
  const shown = [...document.querySelectorAll("[data-share-file]")];
  return Promise.all(shown.map(async (picture, place) => {
    const got = await fetch(picture.dataset.shareFile);
    const blob = await got.blob();
    const kind = blob.type.split("/")[1] ?? "jpg";
    return new File([blob], `${place + 1}.${ENDINGS[kind] ?? kind}`, { type: blob.type });
  }));
}

export default function share(button) {
  if (!navigator.share) return;
  button.hidden = false;
  const ready = files().catch(() => []);
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.shares)?.textContent.trim() ?? "";
    const copied = navigator.clipboard?.writeText(text).then(() => say(button.dataset.copied ?? ""), () => {});
    const pictures = await ready;
    const whole = { text, files: pictures };
    const can = pictures.length && navigator.canShare?.(whole);
    await navigator.share(can ? whole : { text }).catch(() => {});
    await copied;
  });
}

// Tells a screen reader, politely.
export function say(words) {
  const place = document.getElementById("said");
  if (place) place.textContent = words;
}

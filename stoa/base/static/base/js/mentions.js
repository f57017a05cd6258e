// After "@": whom the writer may name here, asked of data-people.
import { picker } from "./picker.js";

export default function mentions(box, composer, place) {
  const known = new Map();
  const find = async (word) => {
    const asked = word.trim().toLowerCase();
    if (known.has(asked)) return known.get(asked);
    if ([...known].some(([begun, people]) => !people.length && asked.startsWith(begun))) return [];
    const answer = await fetch(`${composer.dataset.people}?q=${encodeURIComponent(asked)}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const people = answer?.ok ? (await answer.json()).people : [];
    known.set(asked, people);
    return people;
  };
  picker(box, composer, { pattern: /(?<![\p{L}\p{N}_@/.\\])@([\p{L}\p{N}_][^\s@[\]]{0,40}(?: [^\s@[\]]{1,40}){0,3})$/u, find, label: place.dataset.people, words: place.dataset });
}

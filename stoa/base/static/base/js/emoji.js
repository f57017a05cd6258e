// After ":" and two letters: emoji of that name.
import { named } from "./emoji_names.js";
import { picker } from "./picker.js";

const MOST = 8;

export default function emoji(box, composer, place) {
  const find = async (word) => named(word).slice(0, MOST).map(([sign, name]) => ({ insert: sign, label: `${sign} ${name}` }));
  picker(box, composer, { pattern: /(?<![\p{L}\p{N}:/])(?::)([a-z][a-z_]{1,24})$/iu, find, label: place.dataset.emoji, words: place.dataset });
}

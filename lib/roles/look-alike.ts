import { withoutInvisible } from "@/lib/normalization/characters";
import { foldName } from "@/lib/normalization/fold";

/**
 * Names that people cannot distinguish have one key: case, accents, spaces, punctuation and invisible characters are
 * left out, and letters of other scripts become the Latin ones that they resemble (after the skeleton of UTS #39,
 * with its data cut down to Cyrillic, Greek, Armenian, Cherokee, small capitals and digits).
 */
export function lookAlikeKey(name: string): string {
  const letters = [...withoutInvisible(name.normalize("NFKD")).replace(/\p{M}/gu, "")].map(
    (letter) => twins.get(letter) ?? letter,
  );
  return letters
    .join("")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "")
    .replace(/[01|]/g, (digit) => (digit === "0" ? "o" : "i"))
    .replace(/l/g, "i")
    .replace(/rn/g, "m")
    .replace(/vv/g, "w");
}

/** Whether two names are one, or taken for each other. */
export const lookAlike = (one: string, other: string) =>
  foldName(one) === foldName(other) || lookAlikeKey(one) === lookAlikeKey(other);

/** Latin letter, then what resembles it. */
const resembling = {
  A: "АΑᎪᴀ",
  a: "аαɑ",
  B: "ВΒᏴʙ",
  b: "Ьь",
  C: "СϹᏟᴄ",
  c: "сϲ",
  D: "Ꭰᴅ",
  d: "ԁɗđ",
  E: "ЕΕᎬᴇ",
  e: "еєεҽ",
  F: "Ϝ",
  f: "ғ",
  G: "ԌᏀ",
  g: "ɡց",
  H: "НΗᎻʜн",
  h: "һհ",
  I: "ІΙӀⵏɪ",
  i: "іιıӏ|ǀ",
  J: "ЈᎫ",
  j: "јϳ",
  K: "КΚᏦᴋ",
  k: "кκ",
  L: "Ꮮʟ",
  l: "ℓł",
  M: "МΜᎷᴍм",
  N: "Νɴ",
  n: "пηոռ",
  O: "ОΟՕᴏ",
  o: "оοօσøσ",
  P: "РΡᏢᴘ",
  p: "рρ",
  q: "ԛգ",
  R: "ᎡᏒʀ",
  r: "гᴦ",
  S: "ЅՏᏚ",
  s: "ѕꜱ",
  T: "ТΤᎢᴛт",
  t: "тτ",
  U: "Սᴜ",
  u: "υսц",
  V: "ᏙѴᴠ",
  v: "νѵ",
  W: "ᎳԜᴡ",
  w: "ԝωա",
  X: "ХΧ",
  x: "хχ",
  Y: "УΥҮʏ",
  y: "уγү",
  Z: "ΖᏃᴢ",
  z: "ᴢ",
};

const twins = new Map(
  Object.entries(resembling).flatMap(([latin, others]) => [...others].map((other): [string, string] => [other, latin])),
);

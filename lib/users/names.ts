/** How names are folded: one place, so that what is stored, searched and compared is the same text. */

/** NFKC and lower case: the form in which user names, group names and client names are compared. */
export const foldName = (name: string) => name.normalize("NFKC").trim().toLowerCase();

/**
 * The normal form of an address: NFKC once, exactly one `@`, the domain as A-labels (RFC 5890), lower case.
 * Null when it is no address.
 */
export function foldEmail(email: string): string | null {
  const text = email.normalize("NFKC").trim();
  const [local, domain, ...more] = text.split("@");
  if (!local || !domain || more.length > 0 || /[\s<>,;:"()[\]\\\p{C}]/u.test(text)) return null;
  const ascii = asciiDomain(domain);
  if (!ascii?.includes(".")) return null;
  return `${local}@${ascii}`.toLowerCase();
}

function asciiDomain(domain: string): string | null {
  try {
    const { hostname } = new URL(`http://${domain}`);
    return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(hostname) && /[a-z]/.test(hostname.split(".").at(-1) ?? "")
      ? hostname
      : null;
  } catch {
    return null;
  }
}

/** The name as it is shown: first, then last, which may be empty. */
export const fullName = (person: { firstName: string; lastName: string }) =>
  `${person.firstName} ${person.lastName}`.trim();

const special: Record<string, string> = { ø: "o", đ: "d", ð: "d", ł: "l", ß: "ss", æ: "ae", œ: "oe", þ: "th", ı: "i" };

/** Lower case without accents, for searching. */
export const foldText = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[øđðłßæœþı]/g, (letter) => special[letter] ?? letter);

type Named = { username: string; email: string; firstName: string; lastName: string };

/** The derived columns of a user; every write of a name goes through here. */
export function nameColumns(person: Named) {
  const emailKey = foldEmail(person.email);
  if (!emailKey) throw new Error("An address was stored that is none");
  return {
    usernameKey: foldName(person.username),
    emailKey,
    nameKey: fullName(person),
    search: ` ${foldText([person.firstName, person.lastName, person.username, person.email].join(" "))}`,
  };
}

import type { ClaimMapping, MappedClaims, NoGroups } from "@/db/schema";

export type { ClaimMapping, MappedClaims, NoGroups };

type Claims = Record<string, unknown>;

/**
 * What a provider says about somebody, by a mapping: pure, so that a mapping can be shown on the claims of the last test before it
 * is saved. A claim is named as it is ("https://example.com/name"), else as a path ("address.region").
 */
export function mapClaims(mapping: ClaimMapping, claims: Claims): MappedClaims {
  const mapped = (field: keyof ClaimMapping) => textOf(claimOf(claims, mapping[field]));
  const whole = textOf(claims.name);
  const [first, ...rest] = whole?.split(/\s+/) ?? [];
  const firstName = mapped("firstName");
  const ofWhole = (field: keyof ClaimMapping, name: string | undefined) =>
    firstName === null && mapping[field] !== "" ? name || null : null;
  return {
    username: mapped("username"),
    email: mapped("email"),
    firstName: firstName ?? ofWhole("firstName", first),
    lastName: mapped("lastName") ?? ofWhole("lastName", rest.join(" ")),
    emailVerified: isTrue(claims.email_verified) && mapping.email === "email",
  };
}

/** How many groups of one person are looked at, and how long a name or id of one may be. */
export const mostToldGroups = 1_000;
export const longestGroup = 255;

/**
 * The groups that a claim names: a list of texts, or one text, each to the character. Whatever does not name all of them is no
 * answer: Microsoft Entra ID, for one, only gives a reference for people in more than 200 (OpenID Connect Core 1.0, 5.6.2).
 */
export function groupsIn(claims: Claims, name: string): string[] | NoGroups {
  const value = claimOf(claims, name);
  if (value === undefined || value === null) {
    const elsewhere = claims._claim_names;
    const isElsewhere = typeof elsewhere === "object" && elsewhere !== null && Object.hasOwn(elsewhere, name);
    return isElsewhere || claims.hasgroups === true ? "elsewhere" : "missing";
  }
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > mostToldGroups) return "too many";
  const texts = list.map((one) => (typeof one === "number" ? String(one) : one));
  if (!texts.every((one) => typeof one === "string" && one.trim() !== "")) return "unreadable";
  return [...new Set(texts as string[])].filter((one) => one.length <= longestGroup);
}

/** What belongs to one sign-in rather than to the person (OpenID Connect Core 1.0, 2). */
const ofTheToken = new Set("iss aud azp exp iat nbf auth_time nonce at_hash c_hash s_hash sid jti".split(" "));

/** Characters of all claims that are kept, as JSON, and of one. */
const mostKept = 8_000;
const longestKept = 2_000;

/** The claims that are kept with an identity: the short ones, without `groupsClaim`, which is kept by itself. */
export function keptClaims(claims: Claims, groupsClaim: string): Claims {
  const sized = Object.entries(claims)
    .filter(([name]) => !ofTheToken.has(name) && name !== groupsClaim)
    .map(([name, value]) => ({ name, value, size: name.length + (JSON.stringify(value)?.length ?? 0) + 4 }))
    .filter(({ size }) => size <= longestKept)
    .sort((a, b) => a.size - b.size);
  let room = mostKept;
  const kept = sized.filter(({ size }) => {
    room -= size;
    return room >= 0;
  });
  return Object.fromEntries(kept.map(({ name, value }) => [name, value]));
}

/** The boolean, or the text that some providers send for it; whatever else is not verified. */
const isTrue = (value: unknown) => value === true || value === "true";

function claimOf(claims: Claims, name: string): unknown {
  if (name === "") return undefined;
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split(".").reduce<unknown>((value, key) => {
    const isObject = typeof value === "object" && value !== null && Object.hasOwn(value, key);
    return isObject ? (value as Claims)[key] : undefined;
  }, claims);
}

/** A text that is not blank; of a list its first. */
function textOf(value: unknown): string | null {
  const one = Array.isArray(value) ? value[0] : value;
  const text = typeof one === "number" ? String(one) : one;
  return typeof text === "string" && text.trim() !== "" ? text.trim().slice(0, 320) : null;
}

/** OpenID Connect Core 1.0, section 2, and what can be stored. */
export const isSubject = (value: unknown): value is string =>
  typeof value === "string" && /^[^\p{Cc}\p{Cs}]{1,255}$/u.test(value);

/** What a provider calls its own session, as it is kept with ours. */
export const sidOf = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? String(storable(value)).slice(0, 500) : null;

/** The same without what PostgreSQL stores in no text: NUL, and halves of characters. Throws for what is nested too deeply. */
export function storable(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/[\0\p{Cs}]/gu, "\ufffd");
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [String(storable(key)), storable(one)]));
}

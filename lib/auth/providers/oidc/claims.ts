import type { ClaimMapping, MappedClaims } from "@/db/schema";

export type { ClaimMapping, MappedClaims };

type Claims = Record<string, unknown>;

/**
 * What a provider tells of somebody, by a mapping: pure, so that a mapping can be shown on the claims of the last test before it
 * is saved. A claim is named as it is ("https://example.com/name"), else as a path ("address.region").
 */
export function mapClaims(mapping: ClaimMapping, claims: Claims): MappedClaims {
  const mapped = (field: keyof ClaimMapping) => textOf(claimOf(claims, mapping[field]));
  const whole = textOf(claims.name);
  const [first, ...rest] = whole?.split(/\s+/) ?? [];
  const firstName = mapped("firstName");
  return {
    username: mapped("username"),
    email: mapped("email"),
    firstName: firstName ?? first ?? null,
    lastName: mapped("lastName") ?? (firstName === null ? rest.join(" ") || null : null),
    emailVerified: isTrue(claims.email_verified) && mapping.email === "email",
  };
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

import { withoutInvisible } from "@/lib/normalization/characters";
import { foldCase, foldName } from "@/lib/normalization/fold";
import { formerEmail } from "@/lib/normalization/former-keys";

/**
 * The normal form of an address: NFKC once, exactly one `@`, a host name alone after it, as A-labels (RFC 5890), lower
 * case. Null when it is no address.
 */
export function foldEmail(email: string): string | null {
  const [local, domain, ...more] = email.normalize("NFKC").trim().split("@");
  if (!local || !domain || more.length > 0) return null;
  if (/[\s<>,;:"()[\]\\\p{C}]/u.test(local) || withoutInvisible(local) !== local) return null;
  const host = hostName(domain);
  return host && `${foldCase(local)}@${host}`;
}

/** The key of a stored address, also of one that an earlier version accepted and that is not one: that keeps its first key. */
export const emailKeyOf = (email: string) => foldEmail(email) ?? formerEmail(email) ?? foldName(email);

/** Letters, marks, digits, hyphens, what IDNA 2008 allows between them (RFC 5892, A.1 to A.7), and full stops. */
const hostLetters = /^[\p{L}\p{M}\p{N}\u00b7\u0375\u05f3\u05f4\u30fb.\u3002-]+$/u;
const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const dottedLabels = new RegExp(`^(?=.{1,253}$)(?:${label}\\.)+(?=[^.]*[a-z])${label}$`);

/** A host name by RFC 1123, from ASCII or Unicode; null for everything else that a web address may contain. */
function hostName(domain: string): string | null {
  // Joiners occur in names of joining scripts, where the conversion checks them.
  const letters = domain.replace(/\u200c|\u200d/g, "");
  if (!hostLetters.test(letters) || withoutInvisible(letters) !== letters) return null;
  try {
    const { hostname } = new URL(`http://${domain}`);
    return dottedLabels.test(hostname) ? hostname : null;
  } catch {
    return null;
  }
}

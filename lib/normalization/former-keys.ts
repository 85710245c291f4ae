/**
 * The first folding (`key_version` 1), as it was: keys are stored by it until they are folded again, and permanently where the
 * new ones belong to others.
 */
export const formerName = (name: string) => name.normalize("NFKC").trim().toLowerCase();

export function formerEmail(email: string): string | null {
  const text = email.normalize("NFKC").trim();
  const [local, domain, ...more] = text.split("@");
  if (!local || !domain || more.length > 0 || /[\s<>,;:"()[\]\\\p{C}]/u.test(text)) return null;
  const ascii = formerDomain(domain);
  return ascii && `${local}@${ascii}`.toLowerCase();
}

/** Read as the host of an address of the web, whose path and query were dropped. */
function formerDomain(domain: string): string | null {
  try {
    const { hostname } = new URL(`http://${domain}`);
    return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(hostname) && /[a-z]/.test(hostname.split(".").at(-1) ?? "")
      ? hostname
      : null;
  } catch {
    return null;
  }
}

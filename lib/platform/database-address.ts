/** What the drivers of PostgreSQL for Node take no notice of, or send to the server as a setting that it does not know. */
const unknownToDrivers = [
  "channel_binding",
  "gssencmode",
  "sslcert",
  "sslcrl",
  "sslkey",
  "sslrootcert",
  "uselibpqcompat",
];

const sslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"];

/** What is wrong with the parameters of an address of PostgreSQL, in words; null if nothing is. */
export function parametersFault(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { searchParams } = new URL(address);
  const given = unknownToDrivers.filter((name) => searchParams.has(name));
  const hint = given.includes("sslrootcert") ? "; name the certificate authority in NODE_EXTRA_CA_CERTS" : "";
  if (given.length > 0) return `cannot have ${given.join(", ")}: leave it out${hint}`;
  const mode = searchParams.get("sslmode");
  return mode === null || sslModes.includes(mode) ? null : `can have as sslmode only ${sslModes.join(", ")}`;
}

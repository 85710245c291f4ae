/**
 * The address of the database for `pg`, which the job queue uses: it reads `require` as `verify-full`, where PostgreSQL and the driver of
 * everything else read "encrypted, by whatever certificate". Said so, both do the same.
 */
export function jobQueueAddress(url: string): string {
  const address = new URL(url);
  const meant = meanings[address.searchParams.get("sslmode") ?? ""];
  if (!meant) return url;
  address.searchParams.set("sslmode", meant);
  return address.href;
}

const meanings: Record<string, string> = {
  allow: "no-verify",
  prefer: "no-verify",
  require: "no-verify",
  "verify-ca": "verify-full",
};

import type { Catalogue } from "@/lib/authz/catalogue";
import type { Access } from "@/lib/authz/model";
import { onePerProcess } from "@/lib/platform/one-per-process";

/** `of`: all that the access was computed from, as text. */
type Kept = { catalogue: Catalogue; of: string; access: Access };

const kept = onePerProcess("accesses of tokens", () => new Map<string, Kept>());
/** Of tokens that act, and of those that somebody asks about. */
const most = 1_000;

/**
 * The access of a token, computed once while its inputs are the same, which the caller has read again: a program
 * asks again and again, and what its token may do hardly ever changes. `parts` is all of that besides the catalogue.
 */
export async function keptAccess(
  tokenId: string,
  catalogue: Catalogue,
  parts: readonly unknown[],
  work: () => Promise<Access>,
): Promise<Access> {
  const of = JSON.stringify(parts);
  const before = kept.get(tokenId);
  kept.delete(tokenId);
  const access = before?.catalogue === catalogue && before.of === of ? before.access : await work();
  kept.set(tokenId, { catalogue, of, access });
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  return access;
}

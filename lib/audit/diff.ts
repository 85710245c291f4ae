import type { Trace } from "@/lib/audit/record";

/** The fields that differ, as [old, new]. Empty where the event does not say what came after. */
export function diff(before: Trace | null, after: Trace | null): Record<string, [unknown, unknown]> {
  if (!after) return {};
  const changes: Record<string, [unknown, unknown]> = {};
  for (const field of new Set([...Object.keys(before ?? {}), ...Object.keys(after)])) {
    const old = before?.[field] ?? null;
    const next = after[field] ?? null;
    if (old !== next && canonical(old) !== canonical(next)) changes[field] = [old, next];
  }
  return changes;
}

const canonical = (value: Trace[string]) => JSON.stringify(Array.isArray(value) ? [...value].sort() : value);

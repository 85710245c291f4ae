import { isNone, valueParts } from "@/lib/audit/fields";
import { type Part, shownParts, text } from "@/lib/audit/words";

type Value = { kind: "value"; old: Part[] | null; next: Part[] };
type Members = { kind: "set"; added: Part[] | null; removed: Part[] | null };

/**
 * Of a set, as roles, what came and what went (each null for nothing); of anything else old and new, `old` null where it
 * says nothing: of a creation and of what is kept secret. `told`: the sentence says it already.
 */
export type Change = { field: string; told: boolean } & (Value | Members);

export const newValue = (value: unknown): Value => ({ kind: "value", old: null, next: valueParts(value) });

/** What an event says of a field; null where it says nothing. */
export function changeOf(old: unknown, next: unknown): Value | Members | null {
  if (isNone(old) && isNone(next)) return null;
  if (Array.isArray(old) || Array.isArray(next)) return setChange(membersOf(old), membersOf(next));
  return tellsNothing(old) && stands.includes(next)
    ? newValue(next)
    : { kind: "value", old: valueParts(old), next: valueParts(next) };
}

/** Replaces a value that is never shown. */
const stands: unknown[] = ["changed", "set"];
const tellsNothing = (value: unknown) => isNone(value) || value === "none" || stands.includes(value);

function setChange(old: unknown[], next: unknown[]): Members | null {
  const [added, removed] = [without(next, old), without(old, next)];
  if (added.length === 0 && removed.length === 0) return null;
  const parts = (members: unknown[]) => (members.length > 0 ? valueParts(members) : null);
  return { kind: "set", added: parts(added), removed: parts(removed) };
}

const membersOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : isNone(value) ? [] : [value]);

/** Each as often as it is more often here than there: several people may have one name. */
function without(members: unknown[], others: unknown[]): unknown[] {
  const left = [...others];
  return members.filter((member) => {
    const at = left.indexOf(member);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** "added Staging, removed Release", "Engineer to Park": what follows the name of the field. */
export function changeParts(change: Change): Part[] {
  if (change.kind === "value") return change.old ? [...change.old, text(" to "), ...change.next] : change.next;
  const { added, removed } = change;
  return [
    ...(added ? [text("added "), ...added] : []),
    ...(added && removed ? [text(", ")] : []),
    ...(removed ? [text("removed "), ...removed] : []),
  ];
}

/** See `shownParts`. */
export const shownChange = (change: Change): Change =>
  change.kind === "value"
    ? { ...change, old: change.old && shownParts(change.old), next: shownParts(change.next) }
    : {
        ...change,
        added: change.added && shownParts(change.added),
        removed: change.removed && shownParts(change.removed),
      };

import type { AskedUndo } from "@/components/form/undo-toast";
import { addMemberAction, mayAddMemberAction, mayRemoveMembersAction, removeMembersAction } from "@/lib/groups/actions";
import type { MemberChange } from "@/lib/groups/membership";

type Group = { id: string; name: string };
type Moved = { id: string } & MemberChange;

/**
 * Gives a membership back as it was, which is a grant (R8). Null where there was none, or where a provider had given it: it
 * would come back as given by somebody here (I3).
 */
export function givingBack(group: Group, { id, name, userVersion, before }: Moved): AskedUndo | null {
  if (!before || before.given) return null;
  const back = { groupId: group.id, userId: id, endsAt: before.endsAt?.toISOString() ?? "", userVersion };
  return {
    about: id,
    what: `the change of ${name} in ${group.name}`,
    may: () => mayAddMemberAction(back),
    run: () => addMemberAction(back),
    done: `${name} is in ${group.name} as before`,
  };
}

/** Takes people out again who were added. Null where some were in the group before, with another end. */
export function takingOut(group: Group, added: Moved[]): AskedUndo | null {
  if (added.length === 0 || added.some(({ before }) => before)) return null;
  const back = { groupId: group.id, people: added.map(({ id, userVersion }) => ({ userId: id, userVersion })) };
  const [only] = added.length === 1 ? added : [];
  const people = only?.name ?? `${added.length} people`;
  return {
    about: only?.id ?? group.id,
    what: `add ${people} to ${group.name}`,
    may: () => mayRemoveMembersAction(back),
    done: `${people} ${only ? "is" : "are"} no longer in ${group.name}`,
    async run() {
      const result = await removeMembersAction(back);
      if (!result.ok || result.value.refused.length === 0) return result;
      const kept = result.value.refused.map(({ name, reason }) => `${name} is still in ${group.name}: ${reason}`);
      return { ok: false, code: "conflict", message: kept.join(" ") };
    },
  };
}

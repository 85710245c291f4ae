import { loadCatalogue } from "@/lib/authz/catalogue";
import { type Draft, isHeld, type Setting } from "@/lib/authz/draft";
import { byJoining, byReach } from "@/lib/authz/drafts-by-reach";
import { byCarrying, byRoles } from "@/lib/authz/drafts-by-role";
import type { Asked } from "@/lib/authz/explain";
import { givenTo } from "@/lib/authz/given";
import { type Lack, lacksOf } from "@/lib/authz/standing";
import type { Ctx, Person } from "@/lib/context";
import type { Total } from "@/lib/list";
import { totalWords } from "@/lib/total-words";
import { storedForm } from "@/lib/users/conflict";
import { fullName } from "@/lib/users/names";

/**
 * Every single change that would make the judgement a yes, found by weighing what the person would hold after it; the
 * smallest first: fewest steps, then least power given to anybody. Where roles and reach are enough, it is the account
 * that has to be in force.
 */
export async function draftsFor(ctx: Ctx<Person>, asked: Asked): Promise<Draft[]> {
  const lacks = lacksOf(asked.person, ctx.now());
  if (lacks.includes("restore")) return [];
  if (isHeld(asked)) return lacks.length === 1 ? byStanding(asked, lacks[0]) : [];
  const catalogue = await loadCatalogue(ctx.db);
  const form = await storedForm(ctx.db, asked.person);
  const setting: Setting = {
    ctx,
    asked,
    bearing: asked.bearing,
    catalogue,
    given: givenTo(asked.access),
    storedIds: form.additionalRoleIds,
  };
  const roles = byRoles(setting);
  const found = [...roles, ...byCarrying(setting), ...(await byJoining(setting)), ...(await byReach(setting))];
  return found.toSorted((a, b) => a.steps.length - b.steps.length || a.gained - b.gained);
}

/** What puts the account in force by itself. An invitation is accepted by the person alone. */
function byStanding({ person, voice, access }: Asked, lack: Lack | undefined): Draft[] {
  const named = { id: person.id, name: fullName(person) };
  if (lack === "enable")
    return [
      {
        steps: [`Enable ${named.name}`],
        change: { kind: "enable", person: named },
        gained: 0,
        after: null,
        shared: null,
      },
    ];
  if (lack === "end")
    return [
      {
        steps: [`Take the end of ${voice.whose} access away`],
        change: { kind: "end", person: named },
        gained: 0,
        after: { ...access, endsAt: null },
        shared: null,
      },
    ];
  return [];
}

/** What a draft gives besides, in words. */
export function effectOf({ change, gained }: Draft, { voice, on }: Asked, others: Total | null): string {
  if (change.kind === "enable" || change.kind === "end") return `All that ${voice.whose} roles give works again`;
  const gains = `${voice.who} ${voice.self ? "gain" : "gains"}`;
  if (change.kind === "carry")
    return others && others.value > 0
      ? `${totalWords(others)} other ${others.value === 1 ? "person gains" : "people gain"} it too`
      : `${gains} this alone`;
  if (change.kind === "manager")
    return `${gains} reach over ${change.person.name} and everybody below them, with ${operationsWords(gained)}`;
  if (change.kind === "owner") return `${gains} reach over the group and its members, with ${operationsWords(gained)}`;
  if (change.kind === "join" && change.person.id === on?.id)
    return `${gains} reach over ${change.person.name}, with ${operationsWords(gained)}`;
  return gained <= 1 ? `${gains} this alone` : `${gains} ${operationsWords(gained)}`;
}

const operationsWords = (count: number) => `${count} ${count === 1 ? "operation" : "operations"}`;

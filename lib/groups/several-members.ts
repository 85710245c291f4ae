import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { addMember } from "@/lib/groups/commands/add-member";
import { removeMember } from "@/lib/groups/commands/remove-member";
import type { MemberChange } from "@/lib/groups/membership";
import type { AddMembers, RemoveMembers } from "@/lib/groups/schema";
import { mayRun } from "@/lib/kernel/ask";
import { runAll, type Settled } from "@/lib/kernel/run-all";
import { namesInSight } from "@/lib/people/scoped";
import { type AccessPreview, previewChange } from "@/lib/previews/preview";
import { together } from "@/lib/previews/together";

/** Somebody who was added or removed. */
type Moved = { id: string } & MemberChange;
/** Somebody who was not, and why. */
export type NotMoved = { id: string; name: string; reason: string };

/** What adding them would do, shown together (R9). People who would be refused are left out; where all would be, the first refusal is thrown. */
export async function previewAddMembers(ctx: Ctx, input: AddMembers): Promise<AccessPreview> {
  const previews: AccessPreview[] = [];
  let refusal: AppError | null = null;
  for (const one of inputsOf(input)) {
    try {
      previews.push(await previewChange(ctx, addMember, one, { people: [one.userId] }));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusal ??= error;
    }
  }
  if (previews.length === 0 && refusal) throw refusal;
  return together(previews);
}

/** Adds each whom the actor may add, as adding one does, with the same events. A refusal of the only one is thrown. */
export async function addMembers(ctx: Ctx, input: AddMembers): Promise<{ added: Moved[]; refused: NotMoved[] }> {
  const inputs = inputsOf(input);
  const { done, refused } = await sorted(ctx, inputs, await runAll(ctx, addMember, inputs));
  return { added: done, refused };
}

/** Removes each whom the actor may remove, as removing one does, with the same events. A refusal of the only one is thrown. */
export async function removeMembers(
  ctx: Ctx,
  { groupId, people }: RemoveMembers,
): Promise<{ removed: Moved[]; refused: NotMoved[] }> {
  const inputs = people.map((person) => ({ groupId, ...person }));
  const { done, refused } = await sorted(ctx, inputs, await runAll(ctx, removeMember, inputs));
  return { removed: done, refused };
}

/** Whether the actor may remove every one of them now. */
export async function mayRemoveMembers(ctx: Ctx, { groupId, people }: RemoveMembers): Promise<boolean> {
  for (const person of people) if (!(await mayRun(ctx, removeMember, { groupId, ...person })).ok) return false;
  return true;
}

async function sorted(ctx: Ctx, inputs: { userId: string }[], settled: Settled<MemberChange>[]) {
  const ids = inputs.map(({ userId }) => userId);
  const names = await namesInSight(ctx, ids);
  const done: Moved[] = [];
  const refused: NotMoved[] = [];
  for (const [place, id] of ids.entries()) {
    const one = settled[place];
    if (one?.ok) {
      done.push({ id, ...one.value });
      continue;
    }
    if (!(one?.error instanceof AppError) || ids.length === 1) throw one?.error;
    const reason = Object.values(one.error.fields ?? {})[0] ?? one.error.message;
    refused.push({ id, name: names.get(id)?.name ?? "Somebody outside your view", reason });
  }
  return { done, refused };
}

const inputsOf = ({ groupId, userIds, endsAt }: AddMembers) =>
  [...new Set(userIds)].map((userId) => ({ groupId, userId, endsAt }));

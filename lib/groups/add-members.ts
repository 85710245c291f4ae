import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { addMember } from "@/lib/groups/commands/add-member";
import type { AddMembers } from "@/lib/groups/schema";
import { runAll } from "@/lib/kernel/run-all";
import { namesInSight } from "@/lib/people/scoped";
import { type AccessPreview, previewChange } from "@/lib/previews/preview";
import { together } from "@/lib/previews/together";

/** Somebody who was not added, and why. */
export type NotAdded = { id: string; name: string; reason: string };

/** What adding them would do, told at once (R9). Whoever would be refused is left out; where all would be, the first refusal is thrown. */
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
export async function addMembers(ctx: Ctx, input: AddMembers): Promise<{ added: string[]; refused: NotAdded[] }> {
  const inputs = inputsOf(input);
  const settled = await runAll(ctx, addMember, inputs);
  const names = await namesInSight(
    ctx,
    inputs.map(({ userId }) => userId),
  );
  const added: string[] = [];
  const refused: NotAdded[] = [];
  for (const [place, { userId }] of inputs.entries()) {
    const one = settled[place];
    if (one?.ok) {
      added.push(one.value.name);
      continue;
    }
    if (!(one?.error instanceof AppError) || inputs.length === 1) throw one?.error;
    const reason = Object.values(one.error.fields ?? {})[0] ?? one.error.message;
    refused.push({ id: userId, name: names.get(userId)?.name ?? "Somebody outside your view", reason });
  }
  return { added, refused };
}

const inputsOf = ({ groupId, userIds, endsAt }: AddMembers) =>
  [...new Set(userIds)].map((userId) => ({ groupId, userId, endsAt }));

import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { savedViews } from "@/db/schema";
import type { Trace } from "@/lib/audit/record";
import type { Ctx } from "@/lib/context";
import { invalidField, isUniqueViolation } from "@/lib/errors";
import { foldName } from "@/lib/normalization/fold";
import { filterWords } from "@/lib/views/filter-words";
import { viewedList } from "@/lib/views/lists";

/** The one writer of saved views. */
export type ViewRow = typeof savedViews.$inferSelect;
export type ViewDraft = Pick<ViewRow, "list" | "ownerId" | "name" | "query">;

export const traceOf = async (ctx: Ctx, { list, name, query, ownerId }: ViewDraft): Promise<Trace> => ({
  name,
  filters: await filterWords(ctx, viewedList(list), query),
  for: ownerId === null ? "everybody" : "only its owner",
});

export const insertView = (tx: Tx, id: string, draft: ViewDraft, createdAt: Date) =>
  uniquely(draft, () => tx.insert(savedViews).values({ ...draft, id, nameKey: foldName(draft.name), createdAt }));

export const saveView = (tx: Tx, id: string, draft: ViewDraft) =>
  uniquely(draft, () =>
    tx
      .update(savedViews)
      .set({ ...draft, nameKey: foldName(draft.name) })
      .where(eq(savedViews.id, id)),
  );

export async function eraseView(tx: Tx, id: string): Promise<void> {
  await tx.delete(savedViews).where(eq(savedViews.id, id));
}

/** The unique index refuses a duplicate at its field, whatever the race. */
async function uniquely({ name, ownerId }: ViewDraft, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isUniqueViolation(error, "saved_views_name")) throw error;
    const whose = ownerId === null ? "A shared view of this list" : "One of your views of this list";
    throw invalidField("name", `${whose} is already called "${name}". Names are not case-sensitive.`);
  }
}

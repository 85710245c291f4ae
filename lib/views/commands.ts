import { and, eq, isNull, or } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/columns";
import { lockNames } from "@/db/locks";
import { savedViews, users } from "@/db/schema";
import { authorize } from "@/lib/authz/authorize";
import { require } from "@/lib/authz/decision";
import type { Ctx, Person } from "@/lib/context";
import { notFound, precondition } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import { lockName, lockRows } from "@/lib/kernel/lock";
import type { Target } from "@/lib/kernel/steps";
import { fullName } from "@/lib/normalization/names";
import { paramsOf, stateIn, viewedList } from "@/lib/views/lists";
import { viewOperations } from "@/lib/views/operations";
import { deleteViewSchema, saveViewSchema, updateViewSchema } from "@/lib/views/schema";
import { eraseView, insertView, saveView, traceOf, type ViewDraft, type ViewRow } from "@/lib/views/store";

/** So many views of all lists one person keeps, and so many of one list are shared. */
export const mostViews = 50;

/** Saves filters and a sort under a name: for oneself, or for everybody who opens the list (B5). */
export const createView = command(viewOperations["view.save"], {
  key: "view.create",
  for: "person",
  input: saveViewSchema,
  target: async ({ ctx, tx }, { list, name, query, shared }) => {
    const of = viewedList(list);
    const kept = { list, name, query: stateIn(of, paramsOf(query)), ownerId: shared ? null : ctx.actor.id };
    await lockName(tx, lockNames.views(list, kept.ownerId));
    return { ...(await targetOf(ctx, tx, kept)), id: null, trace: null };
  },
  check: ({ tx }, kept) => refuseTooMany(tx, kept),
  change: async ({ ctx, tx, now }, kept) => {
    const id = newId();
    await insertView(tx, id, kept, now);
    return { value: { id }, after: await traceOf(ctx, kept), id };
  },
  refresh: (_, { list }) => [viewedList(list).path],
});

/** Renames a view, gives it other filters, shares it with everybody, or keeps a shared one to oneself. */
export const updateView = command(viewOperations["view.save"], {
  key: "view.update",
  for: "person",
  input: updateViewSchema,
  target: ({ ctx, tx }, { id }) => viewTarget(ctx, tx, id),
  already: (view, input, { ctx }) => {
    const next = changed(ctx, view, input);
    const same = next.name === view.name && next.query === view.query && next.ownerId === view.ownerId;
    return same ? { value: { list: view.list } } : null;
  },
  check: async ({ ctx, tx }, view, input) => {
    const next = changed(ctx, view, input);
    if (next.ownerId === view.ownerId) return;
    require(await authorize(ctx, tx, "view.save", { person: null }));
    await lockName(tx, lockNames.views(view.list, next.ownerId));
    await refuseTooMany(tx, next);
  },
  change: async ({ ctx, tx }, view, input) => {
    const next = changed(ctx, view, input);
    await saveView(tx, view.id, next);
    return { value: { list: view.list }, after: await traceOf(ctx, next) };
  },
  refresh: ({ list }) => [viewedList(list).path],
});

export const deleteView = command(viewOperations["view.delete"], {
  for: "person",
  input: deleteViewSchema,
  target: ({ ctx, tx }, { id }) => viewTarget(ctx, tx, id),
  change: async ({ tx }, { id, list }) => {
    await eraseView(tx, id);
    return { value: { list }, after: {} };
  },
  refresh: ({ list }) => [viewedList(list).path],
});

const changed = (ctx: Ctx<Person>, view: ViewRow, input: { name?: string; query?: string; shared?: boolean }) => ({
  list: view.list,
  name: input.name ?? view.name,
  query: input.query === undefined ? view.query : stateIn(viewedList(view.list), paramsOf(input.query)),
  ownerId: ownerOf(ctx, view, input.shared),
});

function ownerOf(ctx: Ctx<Person>, { ownerId }: ViewRow, shared = ownerId === null): string | null {
  if (shared) return null;
  return ownerId ?? ctx.actor.id;
}

/** One of one's own, or a shared one, locked; else `not_found`. */
async function viewTarget(ctx: Ctx<Person>, tx: Tx, id: string): Promise<Target<ViewRow>> {
  const seen = or(eq(savedViews.ownerId, ctx.actor.id), isNull(savedViews.ownerId));
  const [view] = await lockRows(
    tx,
    tx
      .select()
      .from(savedViews)
      .where(and(eq(savedViews.id, id), seen)),
    "update",
  );
  if (!view) throw notFound("The view");
  return { ...(await targetOf(ctx, tx, view)), id, trace: await traceOf(ctx, view) };
}

/** A shared view is nobody's, so that its change asks for "everyone". */
async function targetOf<V extends ViewDraft>(ctx: Ctx<Person>, tx: Tx, view: V) {
  const [own] = view.ownerId === null ? [] : await tx.select().from(users).where(eq(users.id, ctx.actor.id));
  return {
    person: own ? { id: own.id, name: fullName(own) } : null,
    record: view,
    facts: { view: view.name, list: viewedList(view.list).label, shared: view.ownerId === null },
  };
}

async function refuseTooMany(tx: Tx, { list, ownerId }: ViewDraft): Promise<void> {
  const among =
    ownerId === null ? and(eq(savedViews.list, list), isNull(savedViews.ownerId)) : eq(savedViews.ownerId, ownerId);
  if ((await tx.$count(savedViews, among)) < mostViews) return;
  throw precondition(
    ownerId === null
      ? `This list has ${mostViews} shared views. Delete one first.`
      : `You have ${mostViews} views. Delete one first.`,
  );
}

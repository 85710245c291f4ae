import { and, asc, eq, isNull, or, sql } from "drizzle-orm";
import { kept } from "@/db/kept";
import { savedViews } from "@/db/schema";
import { decideByScope, noRelation } from "@/lib/authz/evaluate";
import { readsAs } from "@/lib/authz/principal";
import type { Ctx, Person } from "@/lib/context";
import type { AnyList } from "@/lib/lists/declare-list";
import type { Params } from "@/lib/lists/search-params";
import type { OperationKey } from "@/lib/operations";
import { paramsOf, stateIn } from "@/lib/views/lists";

export type ListedView = { id: string; name: string; shared: boolean };

/** The views of a list beside it, as its address asks for them. */
export type OpenViews = {
  /** One's own by name, then those that are shared. */
  all: ListedView[];
  /** From which the list began; `edited`: it is asked for otherwise than the view has it. */
  current: (ListedView & { edited: boolean; may: { save: boolean; delete: boolean } }) | null;
  /** The address names a view that was deleted, or is somebody else's. */
  missing: boolean;
  /** What a view would keep of the current list; empty where that is as usual. */
  state: string;
  may: { save: boolean; share: boolean };
};

/** `params`: what the list is asked for. They wait for a statement only where the address names a view. */
type Opened = { params: Promise<Params>; views: Promise<OpenViews> };

/**
 * The saved views of a list, and what its address asks for: a view alone means its own filters, and beside anything else
 * what the address has counts (B5). A page asks what else it needs while the views are on their way.
 */
export function openViews(ctx: Ctx<Person>, list: AnyList, asked: Params): Opened {
  const id = list.read(asked).filters.saved as string | undefined;
  const found = viewsOf(ctx, list.name, id ?? null);
  const params = id ? found.then((all) => paramsIn(list, asked, { id, all })) : Promise.resolve(asked);
  const views = Promise.all([found, params]).then(([all, stands]) => described(ctx, list, { id, all, params: stands }));
  // A page that fails before it needs them has said why.
  for (const answer of [params, views]) answer.catch(() => {});
  return { params, views };
}

type Found = ListedView & { query: string | null };

function paramsIn(list: AnyList, asked: Params, { id, all }: { id: string; all: Found[] }): Params {
  const view = all.find((one) => one.id === id);
  if (!view) return without(asked, id);
  return isAlone(list, asked) ? { ...paramsOf(view.query ?? ""), ...rest(asked, view) } : asked;
}

type Standing = { id: string | undefined; all: Found[]; params: Params };

function described(ctx: Ctx<Person>, list: AnyList, { id, all, params }: Standing): OpenViews {
  const view = all.find((one) => one.id === id);
  const state = stateIn(list, params);
  const may = (operation: OperationKey, shared: boolean) =>
    decideByScope(ctx.actor.access, operation, { ...noRelation, self: !shared }).allowed;
  return {
    all: all.map(({ query: _, ...one }) => one),
    current: view
      ? {
          ...{ id: view.id, name: view.name, shared: view.shared },
          edited: state !== stateIn(list, paramsOf(view.query ?? "")),
          may: { save: may("view.save", view.shared), delete: may("view.delete", view.shared) },
        }
      : null,
    missing: id !== undefined && !view,
    state,
    may: { save: may("view.save", false), share: may("view.save", true) },
  };
}

const viewsOf = async (ctx: Ctx<Person>, list: string, id: string | null): Promise<Found[]> =>
  kept(
    ctx.db
      .select({
        id: savedViews.id,
        name: savedViews.name,
        shared: sql<boolean>`${savedViews.ownerId} is null`,
        query: sql<string | null>`case when ${savedViews.id} = ${id}::uuid then ${savedViews.query} end`,
      })
      .from(savedViews)
      .where(and(eq(savedViews.list, list), or(eq(savedViews.ownerId, readsAs(ctx.actor)), isNull(savedViews.ownerId))))
      .orderBy(sql`${savedViews.ownerId} is null`, asc(savedViews.nameKey)),
  );

/** Whether nothing but the view, and perhaps a place in it, is asked for. */
function isAlone(list: AnyList, { view, after: _, before: __, ...others }: Params): boolean {
  const known = ["q", "sort", ...Object.keys(list.filters ?? {})];
  return [view].flat().length === 1 && !known.some((name) => name in others);
}

/** The view stays in the address, before the part of the list that it shows. */
function rest({ after, before }: Params, view: { id: string; query: string | null }): Params {
  const part = paramsOf(view.query ?? "").view ?? [];
  return { view: [view.id, ...[part].flat()], ...(after && { after }), ...(before && { before }) };
}

const without = ({ view, ...others }: Params, id: string): Params => ({
  ...others,
  view: [view ?? []].flat().filter((one) => one.toLowerCase() !== id),
});

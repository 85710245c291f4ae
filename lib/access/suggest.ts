import { and, inArray, type SQL, sql } from "drizzle-orm";
import { idArray } from "@/db/ids";
import { kept } from "@/db/kept";
import { lasting } from "@/db/lasting";
import { above } from "@/db/places";
import { groups, users } from "@/db/schema";
import { groupInSight } from "@/lib/access/asked";
import type { Asked } from "@/lib/access/explain";
import type { Suggestion } from "@/lib/access/explanation";
import { type Maker, type Stand, takes, type Way, waysOf } from "@/lib/access/makers";
import { byStanding, type CarryingGroup, helps, isHeld, type Proposal, proposalsIn } from "@/lib/access/proposals";
import { lacksOf } from "@/lib/access/standing";
import { statusCondition } from "@/lib/authz/account-status";
import { administratorIds } from "@/lib/authz/administrators";
import { type Catalogue, carriersIn } from "@/lib/authz/catalogue";
import { noRelation, scopesOf } from "@/lib/authz/evaluate";
import { comingAbove } from "@/lib/authz/guards";
import { accessFrom, holdingColumns, holdingOf, loadAccesses } from "@/lib/authz/load";
import { readsAs } from "@/lib/authz/principal";
import { relationColumns, within } from "@/lib/authz/relation";
import type { Ctx, Person } from "@/lib/context";
import { formatTotal } from "@/lib/lists/format-total";
import type { Total } from "@/lib/lists/pagination";
import { fullName } from "@/lib/normalization/names";
import { groupsOffered } from "@/lib/people/pickers";
import { otherHolders } from "@/lib/roles/usage";

const suggestionsUpTo = 6;
const makersUpTo = 3;
const groupsUpTo = 20;

/**
 * What would grant what was denied, what gives it to the fewest others first, then the fewest steps and the least power;
 * whether the viewer may make each, and who may (R7). All of it is read off what is stored: nothing is tried.
 */
export async function suggest(ctx: Ctx<Person>, asked: Asked): Promise<Suggestion[]> {
  const { proposals: found, others: holders } = await proposalsFor(ctx, asked);
  const proposals = found.slice(0, suggestionsUpTo);
  if (proposals.length === 0) return [];
  const { catalogue } = asked;
  const candidates = await candidatesFor(ctx, asked, proposals);
  const { stand, viewer } = await standFor(ctx, asked, proposals, candidates);
  const others = candidates.filter(({ id }) => id !== readsAs(ctx.actor));
  return proposals.map((proposal) => {
    const ways = waysOf(proposal, stand);
    const { way, decision } = bestWay(ways, viewer);
    return {
      steps: proposal.steps,
      effect: effectOf(proposal, asked, holders.get(proposal.shared?.id ?? "") ?? null),
      mayViewer: decision,
      href: way.href,
      label: labels[proposal.change.kind],
      makers: decision.ok
        ? null
        : {
            people: others
              .filter(({ maker }) => ways.some(({ allows }) => allows(maker).ok))
              .slice(0, makersUpTo)
              .map(({ id, name }) => ({ id, name })),
            roles: [...new Set(widely(catalogue, proposal).map(({ name }) => name))],
          },
    };
  });
}

const labels: Record<Proposal["change"]["kind"], string> = {
  roles: "Edit roles",
  manager: "Edit manager",
  join: "Edit membership",
  owner: "Edit group",
  carry: "Edit role",
  enable: "Enable",
  end: "Edit end",
};

/** The first way that the viewer may take; else the first of all, with its reason. */
function bestWay(ways: Way[], viewer: Maker) {
  const tried = ways.map((way) => ({ way, decision: way.allows(viewer) }));
  const best = tried.find(({ decision }) => decision.ok) ?? tried[0];
  if (!best) throw new Error("There is no way to make this change");
  return best;
}

/** What a proposal gives besides, in words. */
function effectOf({ change, gained }: Proposal, { voice, on }: Asked, others: Total | null): string {
  if (change.kind === "enable" || change.kind === "end") return `Everything that ${voice.whose} roles give works again`;
  const gains = `${voice.who} ${voice.self ? "gain" : "gains"}`;
  const operations = `${gained} ${gained === 1 ? "operation" : "operations"}`;
  if (change.kind === "carry" && others && others.value > 0)
    return `${formatTotal(others)} other ${others.value === 1 ? "person gains" : "people gain"} it too`;
  if (change.kind === "manager")
    return `${gains} reach over ${change.person.name} and everybody below them, with ${operations}`;
  if (change.kind === "owner") return `${gains} reach over the group and its members, with ${operations}`;
  if (change.kind === "join" && change.person.id === on?.id)
    return `${gains} reach over ${change.person.name}, with ${operations}`;
  return gained <= 1 ? `${gains} only this` : `${gains} ${operations}`;
}

/**
 * Every single change that would make the answer a yes, in the order in which they are shown, and how many others gain the
 * same by the role that they share. Where roles and reach are enough, it is the account that has to be in force.
 */
export async function proposalsFor(
  ctx: Ctx<Person>,
  asked: Asked,
): Promise<{ proposals: Proposal[]; others: Map<string, Total> }> {
  const lacks = lacksOf(asked.person, ctx.now());
  const others = new Map<string, Total>();
  if (lacks.includes("restore")) return { proposals: [], others };
  if (isHeld(asked)) return { proposals: lacks.length === 1 ? byStanding(asked, lacks[0]) : [], others };
  const { joinable, owned } = await groupsFor(ctx, asked);
  const found = proposalsIn({ asked, at: ctx.now(), joinable, owned });
  const shared = await otherHolders(
    ctx,
    found.flatMap((one) => one.shared ?? []),
    asked.person.id,
  );
  const spread = ({ shared: role }: Proposal) => shared.get(role?.id ?? "")?.value ?? 0;
  const order = (a: Proposal, b: Proposal) =>
    spread(a) - spread(b) || a.steps.length - b.steps.length || a.gained - b.gained;
  return { proposals: found.toSorted(order), others: shared };
}

const memberOf = (ctx: Ctx, personId: string) => sql`exists(select 1 from group_members gm
  where gm.group_id = groups.id and gm.user_id = ${personId} and ${lasting("gm", ctx.now())})`;

const carriedIn = (ctx: Ctx) => sql`from group_roles gr
  where gr.group_id = groups.id and ${lasting("gr", ctx.now())}`;

/**
 * Groups in sight that could help, with what they carry, by name. `joinable`: the person is not in them, and they carry a role which has
 * the operation. `owned`: the person's own, without the person acted upon, where it is held for the members of such a group.
 */
async function groupsFor(
  ctx: Ctx<Person>,
  asked: Asked,
): Promise<{ joinable: CarryingGroup[]; owned: CarryingGroup[] }> {
  const { person, on, group, catalogue, evaluation } = asked;
  const roleIds = [...catalogue.roles.values()].filter((role) => helps(role, asked)).map(({ id }) => id);
  const reaches = on && !group && evaluation.held.some(({ scope }) => scope === "owned_groups");
  const carries = sql`exists(select 1 ${carriedIn(ctx)} and gr.role_id = any(${idArray(roleIds)}))`;
  const arm = (owned: boolean, condition: SQL) => sql`(select groups.id, groups.name, groups.owner_id, groups.name_key,
      ${sql.raw(String(owned))} as owned
    from groups where ${and(groupInSight(ctx), condition)} order by groups.name_key limit ${sql.raw(String(groupsUpTo))})`;
  const arms = [
    ...(roleIds.length > 0 ? [arm(false, sql`${carries} and not ${memberOf(ctx, person.id)}`)] : []),
    ...(reaches ? [arm(true, sql`groups.owner_id = ${person.id} and not ${memberOf(ctx, on.id)}`)] : []),
  ];
  if (arms.length === 0) return { joinable: [], owned: [] };
  const rows = await ctx.db
    .select({
      id: sql<string>`groups.id`,
      name: sql<string>`groups.name`,
      ownerId: sql<string | null>`groups.owner_id`,
      owned: sql<boolean>`groups.owned`,
      carries: sql<[string, string | null][]>`(
        select coalesce(json_agg(json_build_array(gr.role_id, gr.ends_at) order by gr.role_id), '[]') ${carriedIn(ctx)})`,
    })
    .from(sql`(${sql.join(arms, sql` union all `)}) groups`)
    .orderBy(sql`groups.name_key`);
  const found = rows.map(({ owned, carries, ...group }) => ({
    owned,
    group: {
      ...group,
      carries: carries.map(([roleId, ends]) => ({ roleId, endsAt: ends === null ? null : new Date(ends) })),
    },
  }));
  const those = (which: boolean) => found.flatMap(({ owned, group }) => (owned === which ? [group] : []));
  return { joinable: those(false), owned: those(true) };
}

/** The roles that give for everyone what a change takes. */
const widely = (catalogue: Catalogue, { change }: Proposal) =>
  carriersIn(catalogue, takes[change.kind])
    .filter(({ scopes }) => scopes.includes("all"))
    .map(({ role }) => role);

type Candidate = { id: string; name: string; maker: Maker };

const candidatesOfEach = 4;

/**
 * Active people in sight who might make one of these changes: those above the person first, then the owner of the group,
 * administrators, and holders of a role that carries for everyone what it takes. Before them the viewer. Each with what they hold, and how they
 * relate to those whom the question names. It is kept prepared: holders are found in the order of an index, and roles travel as JSON, so
 * that the plan is the same however many there are.
 */
export async function candidatesFor(ctx: Ctx<Person>, asked: Asked, proposals: Proposal[]): Promise<Candidate[]> {
  const { person, on, group, catalogue } = asked;
  const carriers = proposals.flatMap((proposal) => widely(catalogue, proposal));
  const roleIds = JSON.stringify([...new Set(carriers.filter(({ admin }) => !admin).map(({ id }) => id))]);
  const each = sql.raw(String(candidatesOfEach));
  const many = sql.raw(String(candidatesOfEach * 10));
  const [viewer, at] = [readsAs(ctx.actor), ctx.now()];
  const seen = and(
    statusCondition("active", at),
    within(ctx, "user.read", users.id),
    sql`${users.id} not in (${viewer}, ${person.id})`,
  );
  const rows = await kept(
    ctx.db
      .select({
        id: sql<string>`c.id`,
        firstName: sql<string>`c.first_name`,
        lastName: sql<string>`c.last_name`,
        toPerson: relationColumns(sql`c.id`, person.id, at),
        toOn: relationColumns(sql`c.id`, on?.id ?? person.id, at),
        ...holdingColumns,
      })
      .from(
        sql`(with carriers as materialized (select id::uuid from jsonb_array_elements_text(${roleIds}::jsonb) id)
          select users.id, users.first_name, users.last_name, users.name_key, held.place from (select id, min(place) as place from (
            (select ${viewer}::uuid as id, -100000 as place)
            union all (select user_id, steps - 10000 from (${above(sql`select ${person.id}::uuid`)}) a order by steps limit ${each})
            union all select ${group?.ownerId ?? null}::uuid, 1
            union all (select id, 2 from (${administratorIds(at)}) a limit ${each})
            union all (select held.id, 3 from carriers cross join lateral (
                select id, primary_role_id as of from users where primary_role_id >= carriers.id order by of limit ${many}) held
               where held.of = carriers.id limit ${many})
            union all (select held.user_id, 3 from carriers cross join lateral (
                select user_id, role_id as of from user_roles where role_id >= carriers.id order by of limit ${many}) held
               where held.of = carriers.id limit ${many})
            union all (select held.user_id, 3 from carriers join group_roles gr on gr.role_id = carriers.id cross join lateral (
                select user_id, group_id as of from group_members where group_id >= gr.group_id order by of limit ${many}) held
               where held.of = gr.group_id limit ${many})) one group by id) held
            join users on users.id = held.id
           where users.id = ${viewer} or (${seen})
           order by held.place, users.name_key, users.id limit ${sql.raw(String(candidatesOfEach * 4 + 1))}) c`,
      )
      .innerJoin(holdingOf(sql`c.id`, sql`${at.toISOString()}`), sql`true`)
      .orderBy(sql`c.place, c.name_key, c.id`),
  );
  return Promise.all(
    rows.map(async ({ id, firstName, lastName, toPerson, toOn, ...held }) => {
      const access = id === viewer ? ctx.actor.access : await accessFrom(ctx.db, id, held);
      const relationTo = (to: string) => ({
        self: to === id,
        ...(to === id ? unrelated : to === on?.id ? toOn : toPerson),
      });
      return { id, name: fullName({ firstName, lastName }), maker: { access, relationTo } };
    }),
  );
}

/** Somebody without a row has no relation to anybody. */
const unstored = ({ actor }: Ctx<Person>): Maker => ({ access: actor.access, relationTo: () => noRelation });

const unrelated = { reports: false, ownedGroups: false };

/** What the guards of these changes ask of the database, for people who might make them, and the viewer as one of them. */
export async function standFor(
  ctx: Ctx<Person>,
  asked: Asked,
  proposals: Proposal[],
  candidates: Candidate[],
): Promise<{ stand: Stand; viewer: Maker }> {
  const { person, on, catalogue } = asked;
  const changes = proposals.map(({ change }) => change);
  const leads = on !== null && changes.some(({ kind }) => kind === "manager");
  const above = leads ? comingAbove([on.id, ...asked.above.other], [person.id, ...asked.above.person]) : [];
  const joined = changes.flatMap((change) => (change.kind === "join" ? [change.group] : []));
  const owners = joined.flatMap(({ ownerId }) => ownerId ?? []);
  const at = ctx.now();
  const asking = new Set([person.id, on?.id]);
  const gaining = [...new Set([...above, ...owners])].filter((id) => !asking.has(id));
  const [gained, offered] = await Promise.all([
    gaining.length > 0 ? loadAccesses(ctx.db, gaining, at) : null,
    offeredOf(
      ctx,
      joined.map(({ id }) => id),
    ),
  ]);
  const accessOf = (id: string) => (gained && !asking.has(id) ? gained.of(id) : asked.accessOf(id));
  const viewer = candidates.find(({ id }) => id === readsAs(ctx.actor))?.maker ?? unstored(ctx);
  return { stand: { at, catalogue, accessOf, person, comeAbove: above, offered }, viewer };
}

/** Which of these groups "Roles and Groups" offers to the viewer. */
async function offeredOf(ctx: Ctx<Person>, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0 || scopesOf(ctx.actor.access, "group.read").has("all")) return new Set(ids);
  const rows = await ctx.db
    .select({ id: groups.id })
    .from(groups)
    .where(and(inArray(groups.id, ids), groupsOffered(ctx)));
  return new Set(rows.map(({ id }) => id));
}

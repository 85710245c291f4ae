import { sql } from "drizzle-orm";
import { idArray } from "@/db/ids";
import { lasting } from "@/db/lasting";
import { users } from "@/db/schema";
import { within } from "@/lib/authz/relation";
import type { Ctx } from "@/lib/context";
import { boundedTotal, type Total } from "@/lib/lists/pagination";
import { fullName } from "@/lib/normalization/names";
import { pictureInSight } from "@/lib/platform/picture-address";

/** An owner by name where the actor may see them or is them. */
export type Owner = { id: string; name: string; visible: boolean; picture: string | undefined };

export type GroupDetails = {
  owner: Owner | null;
  roles: { id: string; name: string; endsAt: Date | null }[];
  /** People in the group now, without archived ones. */
  members: Total;
};

/** In a list nobody is counted further than this. */
const countUpTo = 1_000;

type Row = {
  id: string;
  owner: { id: string; firstName: string; lastName: string; pictureTag: string | null; visible: boolean } | null;
  roles: { id: string; name: string; endsAt: string | null }[];
  members: number;
};

/** Owner, roles and number of members for the groups of one page, in one query. */
export async function groupDetails(ctx: Ctx, ids: string[]): Promise<Map<string, GroupDetails>> {
  if (ids.length === 0) return new Map();
  const me = ctx.actor.access.personId;
  const rows: Row[] = await ctx.db
    .select({
      id: sql<string>`g.id`,
      owner: sql<Row["owner"]>`(select json_build_object('id', users.id, 'firstName', users.first_name,
          'lastName', users.last_name, 'pictureTag', users.picture_tag, 'visible', users.id = ${me} or ${within(ctx, "user.read", users.id)})
        from users where users.id = g.owner_id)`,
      roles: sql<Row["roles"]>`coalesce((
        select json_agg(json_build_object('id', r.id, 'name', r.name, 'endsAt', gr.ends_at) order by r.name_key)
          from group_roles gr join roles r on r.id = gr.role_id
         where gr.group_id = g.id and ${lasting("gr", ctx.now())}), '[]')`,
      members: sql<number>`(select count(*)::int from (
        select 1 from group_members gm where gm.group_id = g.id and ${lasting("gm", ctx.now())} and gm.person_present
         limit ${sql.raw(String(countUpTo + 1))}) counted)`,
    })
    .from(sql`(select id, owner_id from groups where id = any(${idArray(ids)})) g`);
  return new Map(rows.map((row) => [row.id, detailsOf(row)]));
}

const detailsOf = ({ owner, roles, members }: Row): GroupDetails => ({
  owner: owner && ownerOf(owner),
  roles: roles.map((role) => ({ ...role, endsAt: role.endsAt ? new Date(role.endsAt) : null })),
  members: boundedTotal(members, countUpTo),
});

export const ownerOf = (owner: NonNullable<Row["owner"]>): Owner => ({
  id: owner.id,
  name: owner.visible ? fullName(owner) : "somebody outside your view",
  visible: owner.visible,
  picture: pictureInSight(owner, owner.visible),
});

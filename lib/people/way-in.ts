import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { atMost, kept } from "@/db/kept";
import { passwords, users } from "@/db/schema";
import { statusCondition } from "@/lib/authz/account-status";
import { administratorIds } from "@/lib/authz/administrators";
import { outgrownOf } from "@/lib/authz/authorize";
import type { Ctx } from "@/lib/context";
import type { UserRow } from "@/lib/people/scoped";

/**
 * `credential`: a password, a passkey, or a provider. `link`: none, but one by which a password can be set is open. `outgrown`: a
 * password alone, whose maker may no longer act on the person, so that it does not sign in (R15).
 */
export type WayIn = "credential" | "link" | "outgrown" | "none";

/** Nothing that is kept here signs them in. */
const bare = (id: string) =>
  sql.raw(`not exists (select 1 from passwords w where w.user_id = ${id})
  and not exists (select 1 from passkeys k where k.user_id = ${id})`);

/** People of a configuration whose provider has been deleted are asked one by one: no trigger keeps them. */
const withoutCredential = sql`(exists (select 1 from without_credential w where w.user_id = users.id)
  or (users.configuration <> 'default' and ${bare("users.id")}
      and not exists (select 1 from identity_providers p where p.slug = users.configuration)))`;

/** Somebody who is known by a provider that is enabled signs in there. */
const knownElsewhere = sql`exists (select 1 from identities i join identity_providers p on p.id = i.provider_id
  where i.user_id = users.id and i.issuer = p.issuer and p.state = 'enabled')`;

/** Configurations that people have, read one by one from the index, without those whose provider is there. */
const orphaned = sql`with recursive known(slug) as (
    select min(configuration) from users where status <> 'archived'
    union all
    select (select min(configuration) from users where status <> 'archived' and configuration > known.slug)
      from known where known.slug is not null)
  select slug from known where slug <> 'default'
     and not exists (select 1 from identity_providers p where p.slug = known.slug)`;

/** How many people of a deleted provider are looked at, in order of the name. */
const mostOrphaned = 10_000;

/** The same of all people: those whom the triggers keep, and those of deleted providers, of whom there are mostly none. */
const allWithoutCredential = sql`select user_id from without_credential
  union all
  select o.id from (${orphaned}) gone cross join lateral (
      select id from users where configuration = gone.slug and status <> 'archived'
       order by configuration, name_key, id limit ${sql.raw(String(mostOrphaned))}) o
   where ${bare("o.id")}`;

export const openLink = (at: Date) => sql`exists (select 1 from links l where l.user_id = users.id
  and l.purpose in ('invitation', 'password_reset') and l.used_at is null and l.revoked_at is null
  and l.expires_at > ${at.toISOString()}::timestamptz)`;

/** By what a row of `users` can sign in at a moment, as far as it is stored: whether a password is outgrown is checked. */
export const storedWayIn = (at: Date): SQL<Exclude<WayIn, "outgrown">> =>
  sql`case when not ${withoutCredential} or ${knownElsewhere} then 'credential' when ${openLink(at)} then 'link' else 'none' end`;

const mightSignIn = (at: Date): SQL =>
  sql`(${statusCondition("active", at)} or ${statusCondition("invited", at)} or ${statusCondition("locked", at)})`;

/** People who might sign in as far as their state goes, and have nothing to sign in with (U13). */
export const lacksWayIn = (at: Date): SQL =>
  sql`(users.id in (${allWithoutCredential}) and ${storedWayIn(at)} = 'none' and ${mightSignIn(at)})`;

/** People who might sign in, and could not if this provider were gone: they have no other way in. */
export const dependsOn = ({ id, slug }: { id: string; slug: string }, at: Date): SQL =>
  sql`(users.id in (select user_id from identities where provider_id = ${id}
         union select id from users where configuration = ${slug} and status <> 'archived')
       and ${mightSignIn(at)} and ${bare("users.id")}
       and not exists (select 1 from identities i join identity_providers p on p.id = i.provider_id
         where i.user_id = users.id and i.issuer = p.issuer and p.state = 'enabled' and p.id <> ${id}))`;

/** An administrator could act on everybody, so only passwords that somebody else set are to be checked. */
const isDoubtful = (at: Date): SQL =>
  sql`(${passwords.setBy} is not null and ${passwords.setBy} not in (${administratorIds(at)})
       and not exists (select 1 from passkeys k where k.user_id = users.id) and not ${knownElsewhere})`;

/** Largest number to be checked: Home names a few of them. */
const mostChecked = 200;

/** Those among some people who might sign in, and have nothing but a password that is outgrown (R15). In order of the name. */
export async function outgrownAmong(ctx: Ctx, among: SQL | undefined): Promise<UserRow[]> {
  const at = ctx.now();
  const doubtful = await kept(
    ctx.db
      .select({ person: users, personId: users.id, makerId: sql<string>`${passwords.setBy}` })
      .from(passwords)
      .innerJoin(users, eq(users.id, passwords.userId))
      .where(and(isDoubtful(at), mightSignIn(at), sql`not ${openLink(at)}`, among))
      .orderBy(asc(users.nameKey), asc(users.id))
      .limit(atMost(mostChecked)),
  );
  return (await outgrownOf(ctx.db, doubtful, at)).map(({ person }) => person);
}

/** The columns that say by what somebody can sign in, of `users` with `passwords` beside it: see `wayInFrom`. */
export const wayInColumns = (at: Date) => ({
  way: storedWayIn(at),
  link: sql<boolean>`${openLink(at)}`,
  setBy: sql<string | null>`${passwords.setBy}`,
  doubtful: sql<boolean>`${isDoubtful(at)}`,
});

type Told = { way: Exclude<WayIn, "outgrown">; link: boolean; setBy: string | null; doubtful: boolean };

/** By what one person can sign in now, as far as it is up to credentials. */
export async function wayInFrom(ctx: Ctx, id: string, { way, link, setBy, doubtful }: Told): Promise<WayIn> {
  if (!doubtful || !setBy) return way;
  const [outgrown] = await outgrownOf(ctx.db, [{ personId: id, makerId: setBy }], ctx.now());
  return outgrown ? (link ? "link" : "outgrown") : way;
}

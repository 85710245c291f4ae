import { sql } from "drizzle-orm";
import { createDb, type Db } from "@/db/client";
import { installPreset } from "@/lib/roles/presets";

/** Additional roles that reach people through groups of different number and size. */
export const groupRoles = {
  Tester: "20 small groups",
  Deployer: "200 small groups",
  Everybody: "one group of a fifth of all",
  "Far end": "one group of the last by name",
} as const;

const first = `array['Ada','Adam','Aisha','Amara','Ben','Bruno','Carla','Chen','Clara','Dan','Diego','Elena','Emil','Eve',
  'Fatima','Felix','Grace','Hana','Hugo','Ines','Ivan','Jonas','Julia','Kai','Karim','Lars','Laura','Leo','Lina','Luis',
  'Maja','Marco','Maria','Mei','Mila','Nadia','Nils','Noah','Nora','Olga','Omar','Oscar','Paul','Petra','Priya','Rosa',
  'Sam','Sara','Sofia','Sven','Tara','Theo','Tom','Uma','Vera','Victor','Wanda','Yara','Yusuf','Zoe']`;
const head = `array['Aa','Ander','Bar','Berg','Brand','Car','Cast','Da','Dun','Eck','El','Fal','Fern','Gar','Gold','Ha','Holm',
  'Ing','Jan','Ka','Kir','Ko','Lam','Lind','Ma','Mor','Na','Nor','Ol','Pe','Quin','Ra','Ros','Sa','Stein','Ta','Ul','Van','Wal','Yor']`;
const tail = `array['ahl','bach','berger','by','dahl','dano','den','dorf','ez','feld','gaard','haus','ic','ini','ison','ka','kin',
  'lander','ley','lund','man','mura','nova','o','okafor','oni','ova','quist','rath','ro','sen','ski','son','stad','stone','ström',
  'ton','ulu','wald','wood']`;

/** Fills a migrated, empty database with a believable company, set by set. Answers with the seconds it took. */
export async function loadPeople(url: string, size: number): Promise<number> {
  const start = performance.now();
  const db = createDb(url, { max: 1, statementTimeout: 300_000 });
  try {
    await load(db, size);
  } finally {
    await db.$client.end({ timeout: 5 });
  }
  return (performance.now() - start) / 1000;
}

async function load(db: Db, size: number) {
  // Keys between tables are right by construction; checking two million of them would take most of the time.
  await db.execute(sql`set session_replication_role = replica`);
  await db.execute(sql`set maintenance_work_mem = '512MB'`);
  const roles = await db.transaction((tx) => installPreset(tx, "quality_assurance"));
  const role = (name: string) => roles.get(name) ?? "";
  const indexes = await dropIndexes(db);
  const block = blockOf(size);
  await db.execute(
    sql.raw(`
    insert into users (id, username, username_key, email, email_key, first_name, last_name, name_key, search, configuration,
                       primary_role_id, manager_id, status, status_before_archive, disabled_until, access_ends_at, locked_at,
                       last_sign_in_at, created_at)
    select ${userId("n")}, username, username, username || '@northwind.example', username || '@northwind.example', first, last,
           first || ' ' || last, ' ' || lower(first || ' ' || replace(last, 'ö', 'o') || ' ' || replace(username, '.', ' ') || ' ' || replace(username, '.', ' ') || '@northwind.example'),
           case when dice % 3 = 0 then 'entra' else 'default' end,
           case when dice % 100 = 0 then '${role("Quality Manager")}' when dice % 100 < 10 then '${role("Quality Lead")}'
                else '${role("Quality Engineer")}' end::uuid,
           case when n = 1 or n = ${block.from} then null
                when n between ${block.from} and ${block.to} then ${userId(`${block.from} + (n - ${block.from} - 1) / 20`)}
                else ${userId("greatest(1, n / 10)")} end,
           case when dice % 1000 < 30 then 'archived' when dice % 1000 < 60 then 'disabled' when dice % 1000 < 80 then 'invited' else 'active' end,
           case when dice % 1000 < 30 then 'active' end,
           case when dice % 1000 between 30 and 39 then now() + (dice % 7 - 3) * interval '1 day' end,
           case when dice % 500 = 3 then now() + (dice % 9 - 4) * interval '1 day' end,
           case when dice % 5000 = 4999 then now() - interval '1 hour' end,
           case when dice % 10 > 0 then now() - (hash % 40000) * interval '15 minutes' end,
           now() - interval '1 day' * (400 + dice % 600)
      from (
        select n, hash, dice, last, first,
               lower(first || '.' || replace(last, 'ö', 'o')) || n as username
          from (
            select n, hash, hash / 7 % 100000 as dice,
                   case when hash % 180 = 7 then 'Zara' else (${first})[1 + hash % 60] end as first,
                   (${head})[1 + hash / 61 % 40] || (${tail})[1 + hash / 2441 % 40] as last
              from (select n, abs(hashint8(n)::bigint) as hash from generate_series(1, ${size}) n) counted
          ) named
      ) person`),
  );
  await loadGroups(db, size);
  await db.execute(sql`select fill_places()`);
  await db.execute(
    sql.raw(`insert into user_roles (user_id, role_id)
      select id, '${role("Auditor")}' from users where mod(abs(hashtext(id::text)), 500) = 0`),
  );
  await db.execute(
    sql.raw(`insert into clients (id, user_id, name, name_key, search, status, token_prefix, token_last_four, token_expires_at, registered_at, created_at)
      select gen_random_uuid(), id, 'workstation', 'workstation', ' workstation', 'registered', 'gh_cli_a', 'abcd', now(), at, at
        from (select id, now() - interval '1 day' * (1 + mod(abs(hashtext(id::text)) / 2, 600)) as at
                from users where mod(abs(hashtext(id::text)), 2) = 0) owner`),
  );
  await db.execute(
    sql.raw(`insert into identity_providers (id, slug, name, name_key, kind, preset, state, discovery_url, issuer, client_id, scopes,
                                             signing_algorithm, connection_id, mapping, domains, ceiling_role_ids, default_group_ids)
      values (gen_random_uuid(), 'entra', 'Entra', 'entra', 'oidc', 'entra', 'enabled', 'https://login.northwind.example', 'https://login.northwind.example',
              'gatehouse', '{openid}', 'RS256', gen_random_uuid(), '{"username": "", "email": "email", "firstName": "", "lastName": ""}', '{}', '{}', '{}')`),
  );
  await db.execute(sql`select fill_person_keys()`);
  for (const definition of indexes) await db.execute(sql.raw(definition));
  for (const table of ["users", "user_roles", "groups", "group_members", "group_roles", "roles", "clients", "places"])
    await db.execute(sql.raw(`vacuum analyze ${table}`));
}

/** People n to m are below one Lead; nobody else does. */
export function blockOf(size: number) {
  const below = Math.min(20_000, Math.floor(size / 5));
  const from = Math.floor(size / 2);
  return { from, to: from + below, below };
}

export const userId = (n: string | number) => `('01900000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

async function loadGroups(db: Db, size: number) {
  const groups = Math.max(52, Math.floor(size / 100));
  const groupId = (n: string) => `('01900000-0000-7000-9000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
  await db.execute(
    sql.raw(`insert into groups (id, name, name_key, search) select ${groupId("n")}, 'Team ' || n, 'team ' || n, ' team ' || n
      from generate_series(1, ${groups}) n`),
  );
  // Group 1 contains a fifth of all, group 2 the last by name, every other about 150.
  await db.execute(
    sql.raw(`insert into group_members (group_id, user_id)
      select ${groupId("1")}, ${userId("n")} from generate_series(1, ${Math.floor(size / 5)}) n
      union
      select ${groupId("2")}, id from (select id from users order by name_key desc, id desc limit ${Math.floor(size * 0.019)}) last
      union
      select ${groupId(`(3 + mod(abs(hashint8(n::bigint * 31 + round)::bigint), ${groups - 2}))`)}, ${userId("n")}
        from generate_series(1, ${size}) n, generate_series(1, 2) round where mod(n + round, 4) > 0`),
  );
  const spans = { Tester: [3, 22], Deployer: [23, 222], Everybody: [1, 1], "Far end": [2, 2] };
  for (const [name, [from, to]] of Object.entries(spans))
    await db.execute(
      sql.raw(`with made as (insert into roles (id, name, name_key, kind) values (gen_random_uuid(), '${name}', lower('${name}'), 'additional') returning id)
        insert into group_roles (group_id, role_id) select ${groupId("n")}, made.id from made, generate_series(${from}::int, least(${to}, ${groups})::int) n`),
    );
}

/** Indexes are made after the rows: a tenth of the time. Returns their definitions. */
async function dropIndexes(db: Db): Promise<string[]> {
  const found = await db.execute<{ name: string; definition: string }>(sql`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
      from pg_index i where i.indrelid in ('users'::regclass, 'group_members'::regclass, 'user_roles'::regclass)
       and not exists(select 1 from pg_constraint c where c.conindid = i.indexrelid)`);
  for (const { name } of found) await db.execute(sql.raw(`drop index ${name}`));
  return found.map(({ definition }) => definition);
}

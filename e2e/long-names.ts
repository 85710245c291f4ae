import { v7 } from "uuid";
import { searchText } from "@/lib/normalization/search";
import { makePerson } from "./people";
import { startSession, withDatabase } from "./sign-in-as";

/** A hundred letters without a space, which no two things share. */
const long = (letter: string) => `${letter.repeat(90)}${v7().slice(-10)}`;

/**
 * A person and whoever leads them, whose every name is as long as a name can be, with one of each thing that has a name; the
 * addresses of the pages that show them, and how to take all of it back.
 */
export async function makeLongNames() {
  const names = { firstName: long("F"), lastName: long("L") };
  const lead = await makePerson("lead", { ...names, manager: "ada" });
  const person = await makePerson("p".repeat(40), { ...names, manager: lead.username });
  const session = await startSession(person.username, long("a"));
  const [group, role, account, provider, client] = [v7(), v7(), v7(), v7(), v7()];
  const key = `${"o".repeat(40)}${v7().slice(-8)}.run`;
  const end = new Date(Date.now() + 86_400_000);
  await withDatabase((sql) =>
    sql.begin(async (tx) => {
      const named = (letter: string) => {
        const name = long(letter);
        return { name, key: name.toLowerCase(), search: searchText(name) };
      };
      const [r, g, s, p, c, x] = ["R", "G", "S", "P", "C", "X"].map(named) as [
        Named,
        Named,
        Named,
        Named,
        Named,
        Named,
      ];
      await tx`insert into app_operations (key, sentence) values (${key}, ${long("W")})`;
      await tx`insert into roles (id, name, name_key, kind, description) values (${role}, ${r.name}, ${r.key}, 'additional', ${long("D")})`;
      await tx`insert into role_operations (role_id, operation, scope) values (${role}, ${key}, 'all'), (${role}, 'user.read', 'all')`;
      await tx`insert into groups (id, name, name_key, search, description, owner_id)
        values (${group}, ${g.name}, ${g.key}, ${g.search}, ${long("D")}, ${person.id})`;
      await tx`insert into group_roles (group_id, role_id) values (${group}, ${role})`;
      await tx`insert into group_members (group_id, user_id) values (${group}, ${person.id})`;
      await tx`insert into user_roles (user_id, role_id) values (${person.id}, ${role})`;
      await tx`insert into service_accounts (id, name, name_key, owner_id) values (${account}, ${s.name}, ${s.key}, ${person.id})`;
      await tx`insert into service_account_roles (service_account_id, role_id) values (${account}, ${role})`;
      await tx`insert into clients (id, user_id, name, name_key, search, status, token_prefix, token_last_four, token_expires_at)
        values (${client}, ${person.id}, ${c.name.slice(0, 64)}, ${c.key.slice(0, 64)}, ${c.search}, 'registered', 'gh_cli_', 'abcd', ${end})`;
      await tx`insert into resources (id, type, external_id, name, name_key, search, owner_id)
        values (${v7()}, 'assistant', ${x.name}, ${x.name}, ${x.key}, ${x.search}, ${person.id})`;
      await tx`insert into identity_providers (id, slug, name, name_key, kind, preset, discovery_url, issuer, client_id,
                 scopes, signing_algorithm, connection_id, mapping, domains, ceiling_role_ids, default_group_ids, owner_id)
        values (${provider}, ${`long-${p.key.slice(-10)}`}, ${p.name}, ${p.key}, 'oidc', 'any',
                'https://long.example/.well-known/openid-configuration', ${`https://${"l".repeat(60)}.example`}, ${long("i")}, '{openid}', 'RS256',
                ${v7()}, ${tx.json({ username: "sub", email: "", firstName: "", lastName: "" })}, '{}', '{}', ${[group]}, ${person.id})`;
    }),
  );
  const user = `/admin/users/${person.id}`;
  const tabs = ["", "/clients", "/access", "/owned", "/sessions", "/tokens", "/activity"].map((tab) => user + tab);
  const search = `?q=${person.username}`;
  return {
    person,
    pages: [
      ...tabs,
      ...[`/admin/users${search}`, `/admin/sessions${search}`, `/admin/clients${search}`],
      ...[`/admin/groups?q=${"G".repeat(20)}`, `/admin/service-accounts?q=${"S".repeat(20)}`],
      ...[`/admin/resources?q=${"X".repeat(20)}`, `/admin/audit?person=${person.id}`],
      ...[`/admin/organisation?q=${person.username}`, `/admin/organisation?show=${person.id}`],
      ...["", "/members", "/roles", "/activity"].map((tab) => `/admin/groups/${group}${tab}`),
      ...["", "/tokens", "/activity"].map((tab) => `/admin/service-accounts/${account}${tab}`),
      ...["", "/connection", "/test", "/activity"].map((tab) => `/admin/identity-providers/${provider}${tab}`),
      ...[`/admin/roles/${role}`, `/admin/privileges/${key}`, "/admin/roles/operations"],
    ],
    giveBack: () =>
      withDatabase((sql) =>
        sql.begin(async (tx) => {
          await tx`delete from sessions where id = ${session}`;
          await tx`delete from identity_providers where id = ${provider}`;
          await tx`delete from resources where owner_id = ${person.id}`;
          await tx`delete from service_accounts where id = ${account}`;
          await tx`delete from groups where id = ${group}`;
          await tx`delete from user_roles where role_id = ${role}`;
          await tx`delete from roles where id = ${role}`;
          await tx`delete from app_operations where key = ${key}`;
        }),
      ),
  };
}

type Named = { name: string; key: string; search: string };

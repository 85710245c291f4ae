import { v7 } from "uuid";
import { makePerson } from "./people";
import type { Named } from "./route-inventory";
import { startSession, withDatabase } from "./sign-in-as";

/** Somebody whom only those who see everybody may see, and the words by which an answer would tell of them. */
export type Canary = Named & { words: string[]; session: string; client: string };

const day = 86_400_000;

/** Somebody with a client, a session, a group, a role and a service account of their own, below nobody whom the others are. */
export async function makeCanary(): Promise<Canary> {
  const mark = v7().slice(-10);
  const person = await makePerson(`kanarek-${mark}`, { firstName: "Kanarek", lastName: `Plumage${mark}` });
  const session = await startSession(person.username, `Birdcage/${mark}`);
  const [group, role, client, provider, account] = [v7(), v7(), v7(), v7(), v7()];
  await withDatabase((sql) =>
    sql.begin(async (tx) => {
      await tx`insert into roles (id, name, name_key, kind) values (${role}, ${`Song ${mark}`}, ${`song ${mark}`}, 'additional')`;
      await tx`insert into groups (id, name, name_key, description) values (${group}, ${`Aviary ${mark}`}, ${`aviary ${mark}`}, '')`;
      await tx`insert into group_members (group_id, user_id) values (${group}, ${person.id})`;
      await tx`insert into group_roles (group_id, role_id) values (${group}, ${role})`;
      await tx`insert into clients (id, user_id, name, name_key, status, token_prefix, token_last_four, token_expires_at)
        values (${client}, ${person.id}, ${`perch-${mark}`}, ${`perch-${mark}`}, 'registered', 'gh_cli_', 'abcd', ${new Date(Date.now() + day)})`;
      await tx`insert into service_accounts (id, name, name_key, owner_id)
        values (${account}, ${`Cuckoo ${mark}`}, ${`cuckoo ${mark}`}, ${person.id})`;
      await tx`insert into service_account_roles (service_account_id, role_id) values (${account}, ${role})`;
      await tx`insert into identity_providers (id, slug, name, name_key, kind, preset, discovery_url, issuer, client_id,
                                               scopes, signing_algorithm, connection_id, mapping, domains, ceiling_role_ids, default_group_ids, test_claims)
        values (${provider}, ${`nest-${mark}`}, ${`Nest ${mark}`}, ${`nest ${mark}`}, 'oidc', 'any',
                'https://nest.example/.well-known/openid-configuration', 'https://nest.example', ${`twig-${mark}`}, '{openid}', 'RS256',
                ${v7()}, ${tx.json({ username: "sub", email: "", firstName: "", lastName: "" })}, '{}', '{}', '{}', ${tx.json({ sub: `egg-${mark}` })})`;
    }),
  );
  const words = [
    person.username,
    `Plumage${mark}`,
    `Birdcage/${mark}`,
    `Aviary ${mark}`,
    `Song ${mark}`,
    `perch-${mark}`,
    `Nest ${mark}`,
    `Cuckoo ${mark}`,
    `twig-${mark}`,
    `egg-${mark}`,
  ];
  return { user: person.id, group, role, provider, account, session, client, words };
}

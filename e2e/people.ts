import { v7 } from "uuid";
import { demoPassword } from "@/db/seed/cast";
import { hashPassword } from "@/lib/auth/password-queue";
import { fullName, nameColumns } from "@/lib/normalization/names";
import { withDatabase } from "./sign-in-as";

export const password = demoPassword;

/** One hash for everybody: each costs what a sign-in costs. */
const hashed = hashPassword(password);

export type MadePerson = { id: string; username: string; email: string; name: string };

type Draft = {
  firstName?: string;
  lastName?: string;
  /** A user name; nobody unless told. */
  manager?: string;
  primaryRole?: string;
  additionalRoles?: string[];
  mustChangePassword?: boolean;
};

/**
 * A person of one journey alone, with a user name that nobody else has and the password of the cast; an active Quality
 * Engineer without a manager unless told otherwise.
 */
export async function makePerson(prefix: string, draft: Draft = {}): Promise<MadePerson> {
  const { firstName = "Nora", lastName = "Newcomer", primaryRole = "Quality Engineer", additionalRoles = [] } = draft;
  const id = v7();
  const username = `${prefix.toLowerCase()}-${id.slice(-8)}`;
  const email = `${username}@northwind.example`;
  const { usernameKey, emailKey, nameKey, search } = nameColumns({ username, email, firstName, lastName });
  await withDatabase((sql) =>
    sql.begin(async (tx) => {
      const made = await tx`
        insert into users (id, username, username_key, email, email_key, first_name, last_name, name_key, search,
                           primary_role_id, manager_id, status, must_change_password)
        select ${id}, ${username}, ${usernameKey}, ${email}, ${emailKey}, ${firstName}, ${lastName}, ${nameKey}, ${search},
               roles.id, (select id from users where username_key = ${draft.manager ?? null}), 'active',
               ${draft.mustChangePassword ?? false}
          from roles where roles.name = ${primaryRole}`;
      if (made.count !== 1) throw new Error(`There is no role ${primaryRole}`);
      await tx`
        insert into user_roles (user_id, role_id) select ${id}, roles.id from roles where name = any(${additionalRoles})`;
      await tx`insert into sign_in_names (key, user_id) values (${usernameKey}, ${id}), (${emailKey}, ${id})`;
      await tx`insert into passwords (user_id, hash) values (${id}, ${await hashed})`;
    }),
  );
  return { id, username, email, name: fullName({ firstName, lastName }) };
}

import { hash } from "@node-rs/argon2";
import { v7 } from "uuid";
import { withDatabase } from "./sign-in-as";

export const password = "correct horse battery gatehouse";

type Draft = { firstName?: string; lastName?: string; mustChangePassword?: boolean };

/** A person of this journey alone, a Quality Engineer with the password of the cast and a name that nobody else has. */
export async function makePerson(prefix: string, { firstName = "Nora", lastName = "Newcomer", ...more }: Draft = {}) {
  const id = v7();
  const username = `${prefix}-${id.slice(-8)}`;
  const email = `${username}@northwind.example`;
  const hashed = await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  await withDatabase(async (sql) => {
    await sql`
      insert into users (id, username, username_key, email, email_key, first_name, last_name, name_key, search,
                         primary_role_id, status, must_change_password)
      select ${id}, ${username}, ${username}, ${email}, ${email}, ${firstName}, ${lastName},
             ${`${firstName} ${lastName}`}, ${` ${firstName} ${lastName} ${username} ${email}`.toLowerCase()},
             roles.id, 'active', ${more.mustChangePassword ?? false}
        from roles where roles.name = 'Quality Engineer'`;
    await sql`insert into sign_in_names (key, user_id) values (${username}, ${id}), (${email}, ${id})`;
    await sql`insert into passwords (user_id, hash) values (${id}, ${hashed})`;
  });
  return { id, username, email, name: `${firstName} ${lastName}` };
}

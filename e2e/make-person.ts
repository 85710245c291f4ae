import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import { withDatabase } from "./sign-in-as";

export type MadePerson = { id: string; username: string; name: string };

/** An active Quality Engineer who reports to Lee, with a name of their own, so that journeys do not meet. */
export async function makePerson(firstName: string): Promise<MadePerson> {
  const id = v7();
  const username = `${firstName.toLowerCase()}-${randomBytes(4).toString("hex")}`;
  const email = `${username}@northwind.example`;
  const name = `${firstName} Journey`;
  await withDatabase(async (sql) => {
    const made = await sql`
      insert into users (id, username, username_key, email, email_key, first_name, last_name, name_key, search, status, primary_role_id, manager_id)
      select ${id}, ${username}, ${username}, ${email}, ${email}, ${firstName}, 'Journey', ${name}, ${` ${firstName.toLowerCase()} journey ${username} ${email}`},
             'active', r.id, m.id
        from roles r, users m where r.name = 'Quality Engineer' and m.username_key = 'lee'`;
    if (made.count !== 1) throw new Error("The demonstration has no Quality Engineer or no Lee");
    await sql`insert into sign_in_names (key, user_id) values (${username}, ${id}), (${email}, ${id})`;
  });
  return { id, username, name };
}

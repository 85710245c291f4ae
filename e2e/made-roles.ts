import { v7 } from "uuid";
import { withDatabase } from "./sign-in-as";

export type MadeRole = { id: string; name: string };

/** An additional role of one journey alone. Give it back at the end, or every list of roles would grow. */
export async function makeRole(prefix: string, operations: [operation: string, scope: string][]): Promise<MadeRole> {
  const id = v7();
  const name = `${prefix} ${id.slice(-8)}`;
  await withDatabase((sql) =>
    sql.begin(async (tx) => {
      await tx`insert into roles (id, name, name_key, kind) values (${id}, ${name}, ${name.toLowerCase()}, 'additional')`;
      for (const [key, scope] of operations)
        await tx`insert into role_operations (role_id, operation, scope) values (${id}, ${key}, ${scope})`;
    }),
  );
  return { id, name };
}

export const removeRole = ({ id }: Pick<MadeRole, "id">) =>
  withDatabase(async (sql) => {
    await sql`delete from user_roles where role_id = ${id}`;
    await sql`delete from group_roles where role_id = ${id}`;
    await sql`delete from service_account_roles where role_id = ${id}`;
    await sql`delete from roles where id = ${id}`;
  });

import postgres from "postgres";
import { lockNames } from "./locks";

export const applicationRole = "gatehouse_app";

/**
 * Makes the role under which the application runs: it may add events, never change or delete them.
 * Returns its name, or null where the owner may not make roles; then the trigger on `events` alone refuses.
 */
export async function grantApplicationRole(url: string): Promise<string | null> {
  const sql = postgres(url, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: "gatehouse-grants" },
  });
  try {
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext(${lockNames.applicationRole}))`;
      const [known] = await tx`select 1 from pg_roles where rolname = ${applicationRole}`;
      if (!known) await tx.unsafe(`create role ${applicationRole} nologin`);
      await tx.unsafe(`grant ${applicationRole} to current_user`);
      await tx.unsafe(`
        grant usage on schema public to ${applicationRole};
        grant select, insert, update, delete on all tables in schema public to ${applicationRole};
        grant usage, select on all sequences in schema public to ${applicationRole};
        grant execute on all functions in schema public to ${applicationRole};
        revoke update, delete, truncate on events from ${applicationRole};
      `);
      await tx.unsafe(jobQueueGrants);
      const partitions = await tx<{ name: string }[]>`
        select inhrelid::regclass::text as name from pg_inherits where inhparent = 'events'::regclass`;
      for (const { name } of partitions) await tx.unsafe(`revoke all on ${name} from ${applicationRole}`);
    });
    return applicationRole;
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === "42501") return null;
    throw error;
  } finally {
    await sql.end();
  }
}

/**
 * Jobs are enqueued in the transaction of the change. The queue's tables have row security, so a grant is not enough. The policy is for everybody
 * who has a grant: one that named the role would be in every dump, also in one without privileges, and a server that does not know the role refuses it.
 */
const jobQueueGrants = `
  grant usage on schema graphile_worker to ${applicationRole};
  grant select, insert, update, delete on all tables in schema graphile_worker to ${applicationRole};
  grant usage, select on all sequences in schema graphile_worker to ${applicationRole};
  grant execute on all functions in schema graphile_worker to ${applicationRole};
  do $$
  declare secured regclass;
  begin
    for secured in select oid from pg_class where relnamespace = 'graphile_worker'::regnamespace and relrowsecurity
    loop
      execute format('drop policy if exists ${applicationRole} on %s', secured);
      execute format('create policy ${applicationRole} on %s using (true) with check (true)', secured);
    end loop;
  end $$;
`;

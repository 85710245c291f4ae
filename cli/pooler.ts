import { StartError } from "@/db/embedded";
import { missingAtPooler, type Wanted } from "@/db/pooler";

/** Refuses to start when requests through this pooler would run without the settings that every session needs. Throws StartError. */
export async function requirePooler(addresses: { direct: string; pooler: string }, wanted: Wanted): Promise<void> {
  const where = new URL(addresses.pooler).host;
  const missing = await missingAtPooler(addresses, wanted).catch((error: { code?: string; message: string }) => {
    throw new StartError(
      `The pooler at ${where} does not answer (${error.code ?? error.message}). Check GATEHOUSE_POOLER_URL.`,
    );
  });
  if (missing === null)
    throw new StartError(
      `The pooler at ${where} leads to another database than DATABASE_URL. Check GATEHOUSE_POOLER_URL.`,
    );
  if (missing.length > 0)
    throw new StartError(
      [
        `The pooler at ${where} does not forward the settings that every session of Gatehouse needs, so its role must have them in PostgreSQL.`,
        "Run these statements on the database as an administrator, then let the pooler open new connections (in PgBouncer: RECONNECT):",
        ...missing.map((statement) => `  ${statement}`),
      ].join("\n"),
    );
}

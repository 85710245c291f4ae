import type { ClientRow } from "@/lib/clients/queries";

/** What a client reports to be, and whether there is a newer one. */
export function ClientVersion({ client: { version, outdated } }: { client: Pick<ClientRow, "version" | "outdated"> }) {
  if (!version) return <span className="text-muted">not known yet</span>;
  return (
    <>
      {version}
      {outdated && <span className="text-warning"> outdated</span>}
    </>
  );
}

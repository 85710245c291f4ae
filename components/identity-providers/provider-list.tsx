import Link from "next/link";
import { ProviderState } from "@/components/identity-providers/provider-state";
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from "@/components/list/table";
import { cn } from "@/components/ui/class-names";
import { Time } from "@/components/ui/time";
import { providerPath } from "@/lib/identity-providers/pages";
import { kindWords } from "@/lib/identity-providers/presets";
import type { ListedProvider } from "@/lib/identity-providers/queries";
import { type SecretEnd, secretEnd } from "@/lib/identity-providers/secret-end";

type ProviderListProps = { rows: ListedProvider[]; zone: string; now: Date };

/** What stands out about one, in words. */
function Notes({ onlyWayIn, secret }: { onlyWayIn: boolean; secret: SecretEnd | null }) {
  return (
    <>
      {onlyWayIn && <span className="block text-xs text-muted">The only way to sign in</span>}
      {secret && (
        <span className={cn("block text-xs", secret.over ? "text-danger" : "text-warning")}>{secret.words}</span>
      )}
    </>
  );
}

export function ProviderList({ rows, zone, now }: ProviderListProps) {
  return (
    <Table label="Identity providers" className="s:table-fixed">
      <TableHead>
        <HeadCell>Name</HeadCell>
        <HeadCell className="w-[24%]">Kind</HeadCell>
        <HeadCell className="w-[120px]">State</HeadCell>
        <HeadCell align="end" className="w-[90px]">
          Users
        </HeadCell>
        <HeadCell className="w-[150px]">Last sign-in</HeadCell>
      </TableHead>
      <TableBody>
        {rows.map(({ id, name, preset, state, people, lastSignInAt, onlyWayIn, secretExpiresAt }) => (
          <TableRow key={id} className="s:relative">
            <Cell card="name" className="max-s:whitespace-normal">
              <Link
                href={providerPath(id)}
                prefetch={false}
                title={name}
                className="block rounded-sm font-medium text-ink wrap-anywhere after:absolute after:inset-0 s:truncate"
              >
                {name}
              </Link>
              <Notes onlyWayIn={onlyWayIn} secret={secretEnd(secretExpiresAt, now)} />
            </Cell>
            <Cell>{kindWords(preset)}</Cell>
            <Cell card="status">
              <ProviderState state={state} />
            </Cell>
            <Cell card="foot" align="end" className="max-s:text-left">
              {people}
              <span className="s:hidden"> {people === 1 ? "user" : "users"}</span>
            </Cell>
            <Cell card="foot-end">
              {lastSignInAt ? (
                <Time at={lastSignInAt} zone={zone} now={now} />
              ) : (
                <span className="text-muted">never</span>
              )}
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

import Link from "next/link";
import { ProviderState } from "@/components/identity-providers/provider-state";
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from "@/components/list/table";
import { Time } from "@/components/ui/time";
import { providerPath } from "@/lib/identity-providers/pages";
import { kindWords } from "@/lib/identity-providers/presets";
import type { ListedProvider } from "@/lib/identity-providers/queries";

type ProviderListProps = { rows: ListedProvider[]; zone: string; now: Date };

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
        {rows.map(({ id, name, preset, state, people, lastSignInAt }) => (
          <TableRow key={id} className="s:relative">
            <Cell card="name">
              <Link
                href={providerPath(id)}
                prefetch={false}
                title={name}
                className="block truncate rounded-sm font-medium text-ink after:absolute after:inset-0"
              >
                {name}
              </Link>
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

import { OriginChip } from "@/components/access/origin-chip";
import { ListEmpty } from "@/components/list/list-empty";
import { Pager } from "@/components/list/pager";
import { SearchBox } from "@/components/list/search-box";
import { HeadCell, Table, TableHead } from "@/components/list/table";
import { Cell, TableBody, TableRow } from "@/components/list/table-rows";
import { Panel, PanelHead } from "@/components/ui/panel";
import { UserStatus } from "@/components/users/user-status";
import type { AskedOperation } from "@/lib/access/asked-operations";
import { whyHref } from "@/lib/access/explanation";
import type { Holder, HolderPage } from "@/lib/access/holders";
import { reachWords } from "@/lib/access/may-do";
import { voiceOf } from "@/lib/authz/scope-words";
import { toHref, userList } from "@/lib/users/filters";

type Clock = { zone: string; now: Date };
type HolderListProps = { page: HolderPage; q: string; operation: AskedOperation; base: string; clock: Clock };

/** The people in sight who hold an operation, and through what; each leads to "Why?" of theirs. */
export function HolderList({ page, q, operation, base, clock }: HolderListProps) {
  return (
    <Panel>
      <PanelHead
        title="People who hold it"
        hint="right now, among the people you can see"
        actions={<SearchBox action={base} value={q} placeholder={userList.search} className="s:w-64" />}
      />
      {page.rows.length === 0 && !page.previous ? (
        <ListEmpty
          kind={q ? "nothing-found" : "nothing-yet"}
          title={q ? `Nobody who holds it matches "${q}"` : "Nobody"}
        >
          {q ? "Searched name, user name, email and id." : "Nobody you can see holds it."}
        </ListEmpty>
      ) : (
        <>
          <Table label="People who hold it" className="gives-way border-t border-line [&_th]:rounded-none">
            <TableHead>
              <HeadCell>Name</HeadCell>
              <HeadCell>Status</HeadCell>
              <HeadCell>Through</HeadCell>
            </TableHead>
            <TableBody>
              {page.rows.map((row) => (
                <HolderRow key={row.id} row={row} operation={operation} clock={clock} />
              ))}
            </TableBody>
          </Table>
          <Pager page={page} href={(place) => toHref({ q }, place, base)} />
        </>
      )}
    </Panel>
  );
}

function HolderRow({ row, operation, clock }: { row: Holder; operation: AskedOperation; clock: Clock }) {
  const why = whyHref(`/admin/users/${row.id}/access`, { q: "", why: operation.key, on: null, group: null });
  return (
    <TableRow>
      <Cell card="name">
        <a href={why} className="font-medium text-ink hover:underline">
          {row.name}
        </a>{" "}
        <span className="text-muted">{row.username}</span>
      </Cell>
      <Cell card="status">
        <UserStatus status={row.status} />
      </Cell>
      <Cell card="line" className="whitespace-normal s:whitespace-normal">
        <ul className="grid gap-1 py-1.5">
          {row.through.map(({ role, origins }) => (
            <li key={role.id} className="flex flex-wrap items-center gap-1.5">
              <span className="text-ink">{role.name}</span>
              <span className="text-muted">
                {reachWords(role.scopes, operation, voiceOf(firstOf(row.name), false))}
              </span>
              {origins.map((origin) => (
                <OriginChip key={origin.groupId ?? "direct"} origin={origin} clock={clock} />
              ))}
            </li>
          ))}
        </ul>
      </Cell>
    </TableRow>
  );
}

const firstOf = (name: string) => name.split(" ")[0] ?? name;

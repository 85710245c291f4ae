// biome-ignore-all lint/a11y/noRedundantRoles: on phones `display` changes, and the roles would be lost
import { Check, X } from "lucide-react";
import { Fragment } from "react";
import { ListEmpty } from "@/components/list/list-empty";
import { SearchBox } from "@/components/list/search-box";
import { Cell, HeadCell, Table, TableBody, TableHead, TableRow } from "@/components/list/table";
import { LinkButton } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Panel, PanelHead } from "@/components/ui/panel";
import { type WhyAddress, whyHref, whyLinkId, whyPairs } from "@/lib/access/explanation";
import { byNoun, type MayDo, searchMayDo } from "@/lib/access/may-do";
import type { Voice } from "@/lib/authz/scope-words";

type MayDoListProps = {
  rows: MayDo[];
  voice: Voice;
  base: string;
  address: WhyAddress;
  /** The viewer may open the page of an operation. */
  opensOperations: boolean;
};

/** What somebody may do, in sentences by noun, denied ones too; each asks "Why?". */
export function MayDoList({ rows, voice, base, address, opensOperations }: MayDoListProps) {
  const found = searchMayDo(rows, address.q);
  const held = rows.filter((row) => row.held).length;
  return (
    <Panel>
      <PanelHead
        title="Effective operations"
        hint={`${held} of ${rows.length}`}
        actions={
          <SearchBox
            action={base}
            value={address.q}
            placeholder="Sentence or operation"
            keep={whyPairs({ ...address, q: "" })}
            className="w-60"
          />
        }
      />
      {found.length === 0 ? (
        <ListEmpty kind="nothing-found" title={`No operation matches "${address.q}"`}>
          Searched sentence, key and kind, among {rows.length} operations.
        </ListEmpty>
      ) : (
        <Table label="Effective operations" className="border-t border-line [&_th]:rounded-none">
          <TableHead>
            <HeadCell>{voice.who} may</HeadCell>
            <HeadCell priority={2}>Operation</HeadCell>
            <HeadCell>On</HeadCell>
            <HeadCell>
              <span className="sr-only">Why</span>
            </HeadCell>
          </TableHead>
          <TableBody>
            {byNoun(found).map(({ noun, rows: ofNoun }) => (
              <Fragment key={noun}>
                <tr role="row" className="max-s:block">
                  <th
                    role="rowheader"
                    scope="row"
                    colSpan={4}
                    className="h-[30px] border-b border-line bg-canvas px-4 text-left text-xs font-medium text-muted max-s:flex max-s:items-center max-s:px-3.5"
                  >
                    {noun}
                  </th>
                </tr>
                {ofNoun.map((row) => (
                  <OperationRow
                    key={row.operation.key}
                    row={row}
                    asked={row.operation.key === address.why}
                    href={whyHref(base, { ...address, why: row.operation.key })}
                    opens={opensOperations}
                  />
                ))}
              </Fragment>
            ))}
          </TableBody>
        </Table>
      )}
    </Panel>
  );
}

type OperationRowProps = { row: MayDo; asked: boolean; href: string; opens: boolean };

function OperationRow({ row: { operation, held, on }, asked, href, opens }: OperationRowProps) {
  const Glyph = held ? Check : X;
  return (
    <TableRow selected={asked}>
      <Cell card="name">
        <span className="flex min-w-0 items-center gap-2">
          <Glyph aria-hidden className={cn("stroke-2", held ? "text-positive-mark" : "text-icon")} />
          <span className={cn("truncate", held ? "font-medium text-ink" : "text-ink-2")} title={operation.sentence}>
            {operation.sentence}
          </span>
          <span className="sr-only">{held ? "allowed" : "denied"}</span>
        </span>
      </Cell>
      <Cell priority={2} card="off" className="font-mono text-xs">
        {opens ? (
          <a href={`/admin/privileges/${operation.key}`} className="rounded-sm hover:underline">
            {operation.key}
          </a>
        ) : (
          operation.key
        )}
      </Cell>
      <Cell card="foot" className="s:whitespace-normal">
        {on}
      </Cell>
      <Cell align="end" card="status" className="max-s:row-span-2">
        <LinkButton
          id={whyLinkId(operation.key)}
          size="s"
          href={href}
          data-keeps-scroll=""
          aria-description={operation.sentence}
          aria-current={asked ? "true" : undefined}
        >
          Why?
        </LinkButton>
      </Cell>
    </TableRow>
  );
}

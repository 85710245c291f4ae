// biome-ignore-all lint/a11y/noRedundantRoles: on phones `display` changes, and the roles would be lost
"use client";
import { Fragment } from "react";
import { ListEmpty } from "@/components/list/list-empty";
import type { Packed } from "@/components/list/packed";
import { SearchBox } from "@/components/list/search-box";
import { HeadCell, Table, TableHead } from "@/components/list/table";
import { Cell, TableBody, TableRow } from "@/components/list/table-rows";
import { useUnpacked } from "@/components/list/use-unpacked";
import { Panel, PanelHead } from "@/components/ui/panel";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { type WhyAddress, whyHref, whyLinkId, whyPairs } from "@/lib/access/explanation";
import { byNoun, type SaidOperation } from "@/lib/access/may-do";
import type { Voice } from "@/lib/authz/scope-words";

type MayDoListProps = {
  /** Those that the search finds. */
  found: Packed<SaidOperation[]>;
  /** Of all: how many are held, among how many. */
  held: number;
  among: number;
  voice: Voice;
  base: string;
  address: WhyAddress;
  /** The viewer may open the page of an operation. */
  opensOperations: boolean;
};

/** What somebody may do, in sentences by noun; each asks "Why?". What is denied is collapsed below, unless the question is about it. Looks: `may-do.css`. */
export function MayDoList({ found, held, among, voice, base, address, opensOperations }: MayDoListProps) {
  const rows = useUnpacked(found);
  const [allowed, denied] = [rows.filter((row) => row.held), rows.filter((row) => !row.held)];
  const look = { voice, base, address, opensOperations };
  return (
    <Panel>
      <PanelHead
        title="Effective operations"
        hint={`${held} of ${among}`}
        actions={
          <SearchBox
            action={base}
            value={address.q}
            placeholder="Name or operation"
            keep={whyPairs({ ...address, q: "" })}
            className="max-s:w-full! s:w-60"
          />
        }
      />
      {rows.length === 0 && (
        <ListEmpty kind="nothing-found" title={`No operation matches "${address.q}"`}>
          Searched by name, key and kind, among {among} operations.
        </ListEmpty>
      )}
      {allowed.length > 0 && <OperationTable {...look} label="Effective operations" rows={allowed} />}
      {denied.length > 0 && (
        <details
          className="group border-t border-line"
          open={address.q !== "" || denied.some(({ key }) => key === address.why)}
        >
          <summary className="flex min-h-12 cursor-pointer list-none items-center gap-2 px-4 py-2 text-ui -outline-offset-2">
            <SpriteIcon
              name="chevron-right"
              className="text-icon group-open:rotate-90 motion-safe:transition-transform"
            />
            <span className="font-medium">Denied operations</span>
            <span className="text-xs text-muted tabular-nums">{denied.length}</span>
          </summary>
          <OperationTable {...look} label="Denied operations" rows={denied} />
        </details>
      )}
    </Panel>
  );
}

type OperationTableProps = Pick<MayDoListProps, "voice" | "base" | "address" | "opensOperations"> & {
  label: string;
  rows: SaidOperation[];
};

function OperationTable({ label, rows, voice, base, address, opensOperations }: OperationTableProps) {
  return (
    <Table label={label} className="gives-way border-t border-line [&_th]:rounded-none">
      <TableHead>
        <HeadCell>
          {voice.who} can{rows.some((row) => !row.held) && "not"}
        </HeadCell>
        <HeadCell priority={2}>Operation</HeadCell>
        <HeadCell>On</HeadCell>
        <HeadCell className="w-[84px]">
          <span className="sr-only">Why</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {byNoun(rows).map(({ noun, rows: ofNoun }) => (
          <Fragment key={noun}>
            <tr role="row" className="heading">
              <th role="rowheader" scope="row" colSpan={4}>
                {noun}
              </th>
            </tr>
            {ofNoun.map((row) => (
              <OperationRow
                key={row.key}
                row={row}
                asked={row.key === address.why}
                href={whyHref(base, { ...address, why: row.key })}
                opens={opensOperations}
              />
            ))}
          </Fragment>
        ))}
      </TableBody>
    </Table>
  );
}

type OperationRowProps = { row: SaidOperation; asked: boolean; href: string; opens: boolean };

function OperationRow({ row: { key, sentence, held, on }, asked, href, opens }: OperationRowProps) {
  return (
    <TableRow selected={asked}>
      <Cell card="name">
        <span className={held ? "may" : "may not"}>
          <span title={sentence}>{sentence}</span>
          <span className="sr-only">{held ? "allowed" : "denied"}</span>
        </span>
      </Cell>
      <Cell priority={2} card="off" className="font-mono text-xs">
        {opens ? (
          <a href={`/admin/privileges/${key}`} className="rounded-sm hover:underline">
            {key}
          </a>
        ) : (
          key
        )}
      </Cell>
      <Cell card="foot" className="s:whitespace-normal">
        <span className="s:inline-block s:w-max s:max-w-60">{on}</span>
      </Cell>
      <Cell align="end" card="status" className="max-s:row-span-2">
        <a
          id={whyLinkId(key)}
          className="row-link"
          href={href}
          data-keeps-scroll=""
          aria-description={sentence}
          aria-current={asked ? "true" : undefined}
        >
          Why?
        </a>
      </Cell>
    </TableRow>
  );
}

import type { ReactNode } from "react";
import { AddressNotes } from "@/components/list/address-notes";
import { ListEmpty } from "@/components/list/list-empty";
import { Pager } from "@/components/list/pager";
import { SearchBox } from "@/components/list/search-box";
import { LinkButton } from "@/components/ui/button";
import { PanelFoot } from "@/components/ui/panel";
import type { Page, Total } from "@/lib/list";
import { toHref } from "@/lib/sessions/filters";
import { type SessionTab, sessionPaths } from "@/lib/sessions/paths";
import type { AskedList } from "@/lib/sessions/place";
import { counted } from "@/lib/total-words";

interface MomentListProps<R> {
  tab: SessionTab;
  asked: AskedList;
  page: Page<R>;
  /** What is searched: "Name, username, email, id or address". */
  searched: string;
  /** One and many of what is listed. */
  nouns: [one: string, many: string];
  /** Said where there is nothing at all. */
  none: string;
  /** How many there are without the search; asked only when it found nothing. */
  among: Total | null;
  foot?: ReactNode;
  /** The table, given what stands in its place where it has no row. */
  children: (empty: ReactNode) => ReactNode;
}

/** The frame of the three lists: search, table, pager, and what stands there when nothing does. */
export function MomentList<R>(props: MomentListProps<R>) {
  const { tab, asked, page, searched, foot, children } = props;
  const { filters, fits, ignored } = asked;
  const filled = page.rows.length > 0 || page.previous !== null;
  return (
    <>
      <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
        <SearchBox action={sessionPaths[tab]} value={filters.q} placeholder={searched} />
      </div>
      <AddressNotes fits={fits} ignored={ignored} />
      <div className="rounded-lg border border-line bg-surface">
        {children(filled ? null : <Nothing {...props} />)}
        {filled && <Pager page={page} href={(place) => toHref(filters, place, sessionPaths[tab])} />}
        {foot && <PanelFoot>{foot}</PanelFoot>}
      </div>
    </>
  );
}

/** What was searched, among how many; or that there is nothing at all. */
function Nothing<R>({ tab, asked: { filters }, searched, nouns, none, among }: MomentListProps<R>) {
  if (!filters.q) return <ListEmpty kind="nothing-yet" title={none} />;
  return (
    <ListEmpty
      kind="nothing-found"
      title={`No ${nouns[0]} matches "${filters.q}".`}
      actions={<LinkButton href={sessionPaths[tab]}>Clear the search</LinkButton>}
    >
      Searched {searched.charAt(0).toLowerCase() + searched.slice(1)}, among{" "}
      {among ? counted(among, ...nouns) : nouns[1]}.
    </ListEmpty>
  );
}

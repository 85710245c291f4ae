import type { ReactNode } from "react";
import { AddressNotes } from "@/components/list/address-notes";
import { ListEmpty } from "@/components/list/list-empty";
import { Pager } from "@/components/list/pager";
import { SearchTools } from "@/components/list/search-tools";
import { LinkButton } from "@/components/ui/button";
import { PanelFoot } from "@/components/ui/panel";
import { counted } from "@/lib/lists/format-total";
import type { Page, Total } from "@/lib/lists/pagination";
import type { AskedPage } from "@/lib/lists/serve-list";
import type { SessionFilters, sessionLists } from "@/lib/sessions/filters";
import type { SessionTab } from "@/lib/sessions/paths";

type SessionList = (typeof sessionLists)[SessionTab];

interface MomentListProps<R> {
  list: SessionList;
  asked: AskedPage<SessionFilters>;
  /** The columns that are shown. */
  shown: readonly string[];
  page: Page<R>;
  /** One and many of what is listed. */
  nouns: [one: string, many: string];
  /** Said where there is nothing at all. */
  none: string;
  /** How many there are without the search; asked only when it found nothing. */
  among: Total | null;
  foot?: ReactNode;
  /** The table, with what replaces it where it has no row. */
  children: (empty: ReactNode) => ReactNode;
}

/** The frame of the three lists: search, table, pager, and what is shown when they are empty. */
export function MomentList<R>(props: MomentListProps<R>) {
  const { list, asked, shown, page, foot, children } = props;
  const { filters, fits, ignored } = asked;
  const filled = page.rows.length > 0 || page.previous !== null;
  return (
    <>
      <SearchTools list={list} filters={filters} shown={shown} />
      <AddressNotes fits={fits} ignored={ignored} />
      <div className="rounded-lg border border-line bg-surface">
        {children(filled ? null : <Nothing {...props} />)}
        {filled && <Pager page={page} href={(place) => list.toHref(filters, place)} />}
        {foot && <PanelFoot>{foot}</PanelFoot>}
      </div>
    </>
  );
}

/** What was searched, among how many; or that there is nothing at all. */
function Nothing<R>({ list, asked: { filters }, nouns, none, among }: MomentListProps<R>) {
  if (!filters.q) return <ListEmpty kind="nothing-yet" title={none} />;
  return (
    <ListEmpty
      kind="nothing-found"
      title={`No ${nouns[0]} matches "${filters.q}".`}
      actions={<LinkButton href={list.path}>Clear the search</LinkButton>}
    >
      Searched {list.search.charAt(0).toLowerCase() + list.search.slice(1)}, among{" "}
      {among ? counted(among, ...nouns) : nouns[1]}.
    </ListEmpty>
  );
}

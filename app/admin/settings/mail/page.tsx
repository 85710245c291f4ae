import type { Metadata } from "next";
import { AddressNotes } from "@/components/list/address-notes";
import { headsOf } from "@/components/list/heads-of";
import { ListEmpty } from "@/components/list/list-empty";
import { Pager } from "@/components/list/pager";
import { ToolBar } from "@/components/list/tool-bar";
import { MailList } from "@/components/mail/mail-list";
import { TransportPanel } from "@/components/mail/transport-panel";
import { LinkButton } from "@/components/ui/button";
import { ViewControls } from "@/components/views/view-controls";
import { ViewTabs } from "@/components/views/view-tabs";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { authorize } from "@/lib/authz/authorize";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import type { Ctx, Person } from "@/lib/context";
import { columnChoices } from "@/lib/lists/columns";
import type { FiltersOf } from "@/lib/lists/declare-list";
import { filterFields } from "@/lib/lists/filter-fields";
import type { Params } from "@/lib/lists/search-params";
import { mailList, mailPath } from "@/lib/mail/filters";
import { askMails, getTransport, listMails } from "@/lib/mail/queries";
import type { OperationKey } from "@/lib/operations";
import { openViews } from "@/lib/views/open";

export const metadata: Metadata = { title: "Mail" };

export default async function MailPage({ searchParams }: { searchParams: Promise<Params> }) {
  const ctx = await requireOperation("mail.read", "setting.read");
  const may = (operation: OperationKey) => holdsBeyondSelf(ctx.actor.access, operation);
  const zone = await currentZone();
  return (
    <div className="grid gap-6">
      {may("setting.read") && (
        <TransportPanel
          transport={await getTransport(ctx)}
          mayUpdate={await authorize(ctx, ctx.db, "mail.configure", { person: null })}
          mayTest={may("mail.test")}
          zone={zone}
          now={ctx.now()}
        />
      )}
      {may("mail.read") && <MailLog ctx={ctx} params={await searchParams} mayRetry={may("mail.retry")} zone={zone} />}
    </div>
  );
}

type MailLogProps = { ctx: Ctx<Person>; params: Params; mayRetry: boolean; zone: string };

async function MailLog({ ctx, params, mayRetry, zone }: MailLogProps) {
  const opened = openViews(ctx, mailList, params);
  const { filters, fits, ignored } = askMails(await opened.params);
  const [page, shown, views] = await Promise.all([listMails(ctx, filters), currentColumns(mailList), opened.views]);
  const filled = page.rows.length > 0 || page.previous !== null;
  return (
    <section aria-labelledby="mail-log">
      <ViewTabs list={mailList} views={views} />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <h2 id="mail-log" className="text-sm font-semibold">
          Mail log
        </h2>
        <ToolBar
          fields={filterFields(mailList, filters, {})}
          path={mailPath}
          query={mailList.toPairs(filters)}
          search={{ value: filters.q, placeholder: mailList.search }}
          sorts={null}
          columns={columnChoices(mailList, shown)}
        />
        <ViewControls list={mailList} views={views} />
        <LinkButton variant="quiet" href={`${mailPath}/templates`} className="max-s:ml-auto">
          See the templates
        </LinkButton>
      </div>
      <AddressNotes fits={fits} ignored={ignored} missing={views.missing} />
      <div className="rounded-lg border border-line">
        <MailList
          label={mailList.label}
          heads={headsOf(mailList, shown)}
          rows={page.rows}
          mayRetry={mayRetry}
          zone={zone}
          now={ctx.now()}
          empty={filled ? null : <NoMail filters={filters} />}
        />
        {filled && <Pager page={page} href={(place) => mailList.toHref(filters, place)} />}
      </div>
    </section>
  );
}

function NoMail({ filters }: { filters: FiltersOf<typeof mailList> }) {
  return filters.q || mailList.isFiltered(filters) ? (
    <ListEmpty
      kind="nothing-found"
      title={filters.q ? `No mail to "${filters.q}".` : "No mail has this status."}
      actions={<LinkButton href={mailPath}>Clear filters</LinkButton>}
    />
  ) : (
    <ListEmpty kind="nothing-yet" title="No mail has been sent yet.">
      Invitations, password links and notices appear here with their recipient and status. Their contents are not kept.
    </ListEmpty>
  );
}

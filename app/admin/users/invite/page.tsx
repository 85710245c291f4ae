import type { Metadata } from "next";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageHeader } from "@/components/shell/page-header";
import { Panel } from "@/components/ui/panel";
import { InvitePeopleForm } from "@/components/users/invite-people-form";
import { requireOperation } from "@/lib/auth/current";
import type { Params } from "@/lib/lists/search-params";
import { mailWorks } from "@/lib/mail/transport";
import { assignableRoles } from "@/lib/roles/queries";
import { readUserFilters, toHref } from "@/lib/users/filters";

type Props = { searchParams: Promise<Params> };

export const metadata: Metadata = { title: "Invite people" };

export default async function InvitePeoplePage({ searchParams }: Props) {
  const ctx = await requireOperation("user.create");
  const { filters } = readUserFilters(await searchParams);
  const list = toHref(filters, filters);
  return (
    <>
      <PageHeader title="Invite people" crumbs={<Breadcrumb crumbs={[{ href: list, label: "User Management" }]} />} />
      <Panel className="max-w-[760px]">
        <InvitePeopleForm roles={await assignableRoles(ctx)} mail={await mailWorks(ctx.db)} cancelHref={list} />
      </Panel>
    </>
  );
}

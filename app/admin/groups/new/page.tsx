import type { Metadata } from "next";
import { CreateGroupForm } from "@/components/groups/create-group-form";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageHeader } from "@/components/shell/page-header";
import { Panel } from "@/components/ui/panel";
import { requireOperation } from "@/lib/auth/current";
import { readGroupFilters, toHref } from "@/lib/groups/filters";
import type { Params } from "@/lib/lists/search-params";
import { assignableRoles } from "@/lib/roles/queries";

type Props = { searchParams: Promise<Params> };

export const metadata: Metadata = { title: "Create group" };

export default async function CreateGroupPage({ searchParams }: Props) {
  const ctx = await requireOperation("group.create");
  const { filters } = readGroupFilters(await searchParams);
  const list = toHref(filters, filters);
  return (
    <>
      <PageHeader title="Create group" crumbs={<Breadcrumb crumbs={[{ href: list, label: "Groups" }]} />} />
      <Panel className="max-w-[760px]">
        <CreateGroupForm roles={await assignableRoles(ctx)} cancelHref={list} />
      </Panel>
    </>
  );
}

import type { Metadata } from "next";
import { CreateAccountForm } from "@/components/service-accounts/create-account-form";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageHeader } from "@/components/shell/page-header";
import { Panel } from "@/components/ui/panel";
import { requireOperation } from "@/lib/auth/current";
import type { Params } from "@/lib/lists/search-params";
import { assignableRoles } from "@/lib/roles/queries";
import { accountsHref, readAccountFilters } from "@/lib/service-accounts/filters";

type Props = { searchParams: Promise<Params> };

export const metadata: Metadata = { title: "Create service account" };

export default async function CreateServiceAccountPage({ searchParams }: Props) {
  const ctx = await requireOperation("service_account.create");
  const { filters } = readAccountFilters(await searchParams);
  const list = accountsHref(filters, filters);
  return (
    <>
      <PageHeader
        title="Create service account"
        crumbs={<Breadcrumb crumbs={[{ href: list, label: "Service accounts" }]} />}
      />
      <Panel className="max-w-[760px]">
        <CreateAccountForm roles={await assignableRoles(ctx)} cancelHref={list} />
      </Panel>
    </>
  );
}

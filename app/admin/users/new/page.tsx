import type { Metadata } from "next";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageHeader } from "@/components/shell/page-header";
import { Panel } from "@/components/ui/panel";
import { CreateUserForm } from "@/components/users/create-user-form";
import { requireOperation } from "@/lib/auth/current";
import { configurationsOffered } from "@/lib/identity-providers/queries";
import type { Params } from "@/lib/lists/search-params";
import { mailWorks } from "@/lib/mail/transport";
import { assignableRoles } from "@/lib/roles/queries";
import { readUserFilters, toHref } from "@/lib/users/filters";

type Props = { searchParams: Promise<Params> };

export const metadata: Metadata = { title: "Create User" };

export default async function CreateUserPage({ searchParams }: Props) {
  const ctx = await requireOperation("user.create");
  const { filters } = readUserFilters(await searchParams);
  const list = toHref(filters, filters);
  return (
    <>
      <PageHeader title="Create User" crumbs={<Breadcrumb crumbs={[{ href: list, label: "User Management" }]} />} />
      <Panel className="max-w-[760px]">
        <CreateUserForm
          roles={await assignableRoles(ctx)}
          mail={await mailWorks(ctx.db)}
          configurations={await configurationsOffered(ctx.db)}
          cancelHref={list}
        />
      </Panel>
    </>
  );
}

import type { Metadata } from "next";
import { PageHeader } from "@/components/shell/page-header";
import { Panel } from "@/components/ui/panel";
import { CreateUserForm } from "@/components/users/create-user-form";
import { requireOperation } from "@/lib/auth/current";
import { mailWorks } from "@/lib/mail/transport";
import { assignableRoles } from "@/lib/roles/queries";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const metadata: Metadata = { title: "Create User" };

export default async function CreateUserPage({ searchParams }: Props) {
  const ctx = await requireOperation("user.create");
  const back = new URLSearchParams(
    Object.entries(await searchParams).flatMap(([name, given]) => [given ?? []].flat().map((value) => [name, value])),
  );
  const list = back.size > 0 ? `/admin/users?${back}` : "/admin/users";
  return (
    <>
      <PageHeader title="Create User" crumbs={[{ href: list, label: "User Management" }]} />
      <Panel className="max-w-[760px]">
        <CreateUserForm roles={await assignableRoles(ctx)} mail={await mailWorks(ctx.db)} cancelHref={list} />
      </Panel>
    </>
  );
}

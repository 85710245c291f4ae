import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CreateRoleForm } from "@/components/roles/create-role-form";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageHeader } from "@/components/shell/page-header";
import { requireOperation } from "@/lib/auth/current";
import { orNotFound } from "@/lib/http/not-found";
import type { Params } from "@/lib/lists/search-params";
import { floorOfPrimary, newRoleValues, roleFormParts } from "@/lib/roles/detail";

export const metadata: Metadata = { title: "Create role" };

type Props = { searchParams: Promise<Params> };

export default async function CreateRolePage({ searchParams }: Props) {
  const ctx = await requireOperation("role.create");
  const [copy] = [(await searchParams).copy].flat();
  const begin = await orNotFound(newRoleValues(ctx, copy), notFound);
  return (
    <>
      <PageHeader title="Create role" crumbs={<Breadcrumb crumbs={[{ href: "/admin/roles", label: "Roles" }]} />} />
      <CreateRoleForm parts={await roleFormParts(ctx, null)} begin={begin} floor={floorOfPrimary()} />
    </>
  );
}

import type { Metadata } from "next";
import { CreateLink } from "@/components/list/create-link";
import { headsOf } from "@/components/list/heads-of";
import { ListEmpty } from "@/components/list/list-empty";
import { ListTools } from "@/components/list/list-tools";
import { AddPreset } from "@/components/roles/add-preset";
import { RoleList } from "@/components/roles/role-list";
import { RoleTabs } from "@/components/roles/role-tabs";
import { PageHeader } from "@/components/shell/page-header";
import { LinkButton } from "@/components/ui/button";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { counted } from "@/lib/lists/format-total";
import type { Params } from "@/lib/lists/search-params";
import type { OperationKey } from "@/lib/operations";
import { roleList } from "@/lib/roles/filters";
import { listRoles } from "@/lib/roles/list";
import { presetOffers } from "@/lib/roles/preset-offers";

export const metadata: Metadata = { title: "Roles" };

type Props = { searchParams: Promise<Params> };

export default async function RolesPage({ searchParams }: Props) {
  const ctx = await requireOperation("role.read");
  const { filters } = roleList.read(await searchParams);
  const { q } = filters;
  const { primary, additional, total } = await listRoles(ctx, q);
  const may = (operation: OperationKey) => holdsBeyondSelf(ctx.actor.access, operation);
  const roles = [...primary, ...additional];
  const shown = await currentColumns(roleList);
  return (
    <>
      <PageHeader
        title="Roles"
        actions={
          <>
            {may("role.install") && <AddPreset offers={await presetOffers(ctx)} />}
            {may("role.create") && <CreateLink href="/admin/roles/new">Create role</CreateLink>}
          </>
        }
      />
      <RoleTabs current="roles" />
      <ListTools list={roleList} filters={filters} shown={shown} />
      <div className="rounded-lg border border-line">
        {roles.length > 0 ? (
          <RoleList
            label={roleList.label}
            heads={headsOf(roleList, shown)}
            roles={roles}
            mayEdit={may("role.update")}
            mayCopy={may("role.create")}
          />
        ) : (
          <ListEmpty
            kind="nothing-found"
            title={`No role matches "${q}".`}
            actions={<LinkButton href={roleList.path}>Clear the search</LinkButton>}
          >
            Searched name and description, among {counted(total, "role")}.
          </ListEmpty>
        )}
      </div>
    </>
  );
}

import type { Metadata } from "next";
import { Fragment } from "react";
import { AssignRoleButton } from "@/components/roles/assign-role-button";
import { EditRoleForm } from "@/components/roles/edit-role-form";
import { RoleText } from "@/components/roles/role-text";
import { RoleUse } from "@/components/roles/role-use";
import { kindWords, peopleOf } from "@/components/roles/role-words";
import { Breadcrumb } from "@/components/shell/breadcrumb";
import { PageActions } from "@/components/shell/page-actions";
import { PageHeader } from "@/components/shell/page-header";
import { PageTitle } from "@/components/shell/page-title";
import { Chip } from "@/components/ui/chip";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { requireOperation } from "@/lib/auth/current";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { counted } from "@/lib/lists/format-total";
import { roleFormParts } from "@/lib/roles/detail";
import { countOperations } from "@/lib/roles/scopes";
import { roleOfPage } from "./role-of-page";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await roleOfPage(await requireOperation("role.read"), (await params).id);
  return { title: `${name} · Edit role` };
}

export default async function RolePage({ params }: Props) {
  const ctx = await requireOperation("role.read");
  const { id } = await params;
  const role = await roleOfPage(ctx, id);
  const parts = await roleFormParts(ctx, role.id);
  const { update, delete: deletion, create } = role.abilities;
  const maySeePeople = holdsBeyondSelf(ctx.actor.access, "user.read");
  return (
    <>
      <PageHeader
        title={<PageTitle kind={update.ok ? "Edit role" : undefined}>{role.name}</PageTitle>}
        crumbs={<Breadcrumb crumbs={[{ href: "/admin/roles", label: "Roles" }]} />}
        status={role.builtIn && <Chip>built in</Chip>}
        facts={[
          kindWords({ ...role, needs: [] }),
          counted(countOperations(role.gives), "operation"),
          ...(maySeePeople
            ? [
                <Fragment key="people">
                  in force in{" "}
                  <a href={`/admin/users?role=${role.id}`} className="rounded-sm hover:text-ink">
                    {peopleOf(role.people)}
                  </a>
                </Fragment>,
              ]
            : []),
        ]}
        actions={
          <PageActions
            secondary={[
              {
                href: `/admin/roles/new?copy=${role.id}`,
                label: "Copy role",
                icon: <SpriteIcon name="copy" />,
                reason: create.ok ? undefined : create.reason,
              },
            ]}
          >
            {role.mayAssign && (
              <AssignRoleButton
                role={{ id: role.id, name: role.name, kind: role.kind }}
                mayEditGroups={holdsBeyondSelf(ctx.actor.access, "group.update")}
              />
            )}
          </PageActions>
        }
      />
      {update.ok ? <EditRoleForm role={role} parts={parts} /> : <RoleText role={role} parts={parts} />}
      <RoleUse
        role={{
          id: role.id,
          name: role.name,
          usage: role.usage,
          asleep: role.asleep,
          used: role.used,
          deletion: deletion.ok ? null : deletion.reason,
        }}
        maySeePeople={maySeePeople}
      />
    </>
  );
}

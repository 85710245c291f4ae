"use client";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { ActionButton } from "@/components/form/action-button";
import { listAddress } from "@/components/list/list-addresses";
import { Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";
import { toast } from "@/components/ui/toaster";
import { deleteRoleAction } from "@/lib/roles/actions";
import type { RoleDetail } from "@/lib/roles/detail";

type RoleUseProps = {
  /** `deletion`: why it cannot be deleted, or null. */
  role: Pick<RoleDetail, "id" | "name" | "usage" | "asleep" | "used"> & { deletion: string | null };
  maySeePeople: boolean;
};

/** Who uses a role; and its end, once nobody does. */
export function RoleUse({ role, maySeePeople }: RoleUseProps) {
  const router = useRouter();
  const { id, name, usage, asleep, used, deletion } = role;
  const { inForce, archived } = usage.people;
  return (
    <Panel className="mt-4 max-w-[760px]" aria-labelledby="use-title">
      <PanelHead titleId="use-title" title="Used by" />
      <PanelBody className="text-ui text-ink-2">
        <p className="wrap-break-word">{used ? `It is ${used}.` : "Nobody holds it, and no group carries it."}</p>
        {used && (
          <p className="flex flex-wrap gap-x-4 gap-y-1 empty:hidden">
            {maySeePeople && inForce.value > 0 && <UseLink href={`/admin/users?role=${id}`}>Show the people</UseLink>}
            {maySeePeople && archived.value > 0 && (
              <UseLink href={`/admin/users?view=archived&role=${id}`}>Show archived people</UseLink>
            )}
            {asleep.map((person) => (
              <UseLink key={person.id} href={`/admin/users/${person.id}/access`}>
                {person.name}
              </UseLink>
            ))}
            {usage.groups.map((group) => (
              <UseLink key={group.id} href={`/admin/groups/${group.id}`}>
                {group.name}
              </UseLink>
            ))}
            {usage.groups.length > 0 && usage.carriers > usage.groups.length && (
              <UseLink href={`/admin/groups?role=${id}`}>Show the groups</UseLink>
            )}
          </p>
        )}
      </PanelBody>
      <PanelFoot
        actions={
          <ActionButton
            variant="quiet-danger"
            action={deleteRoleAction}
            input={{ id }}
            reason={deletion ?? undefined}
            showReason
            onSuccess={() => {
              toast.success(`${name} is deleted`);
              router.push(listAddress("/admin/roles"));
            }}
            confirm={{
              title: `Delete ${name}?`,
              body: "Nobody holds it, so nobody loses access. This cannot be undone.",
              label: "Delete role",
              danger: true,
            }}
          >
            Delete role
          </ActionButton>
        }
      />
    </Panel>
  );
}

function UseLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className="link">
      {children}
    </a>
  );
}

"use client";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { ActionButton } from "@/components/form/action-button";
import { Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";
import { toast } from "@/components/ui/toaster";
import { deleteRoleAction } from "@/lib/roles/actions";
import type { RoleDetail } from "@/lib/roles/detail";

type RoleUseProps = {
  /** `deletion`: why it cannot be deleted, or null. */
  role: Pick<RoleDetail, "id" | "name" | "usage" | "used"> & { deletion: string | null };
  maySeePeople: boolean;
};

/** Who uses a role; and its end, once nobody does. */
export function RoleUse({ role, maySeePeople }: RoleUseProps) {
  const router = useRouter();
  const { id, name, usage, used, deletion } = role;
  return (
    <Panel className="mt-4 max-w-[760px]" aria-labelledby="use-title">
      <PanelHead titleId="use-title" title="Used by" />
      <PanelBody className="text-ui text-ink-2">
        <p className="wrap-break-word">{used ? `It is ${used}.` : "Nobody holds it, and no group carries it."}</p>
        {(usage.groups.length > 0 || (maySeePeople && usage.people > 0)) && (
          <p className="flex flex-wrap gap-x-4 gap-y-1">
            {maySeePeople && (
              <Link href={`/admin/users?role=${id}`} prefetch={false} className="link">
                Show the people
              </Link>
            )}
            {usage.groups.slice(0, 20).map((group) => (
              <Link key={group.id} href={`/admin/groups/${group.id}`} prefetch={false} className="link">
                {group.name}
              </Link>
            ))}
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
              router.push("/admin/roles");
            }}
            confirm={{
              title: `Delete ${name}?`,
              body: "Nobody holds it, so nobody loses anything. It cannot be restored.",
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

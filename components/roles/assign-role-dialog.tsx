"use client";
import { useRouter } from "next/navigation";
import { type RefObject, useState } from "react";
import { Field } from "@/components/form/field";
import { ActDialog } from "@/components/ui/act-dialog";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import type { Option } from "@/components/ui/combobox";
import { PersonPicker } from "@/components/ui/person-picker";
import { leaving } from "@/components/ui/unsaved";
import { roleFieldId } from "@/components/users/role-fields";
import { pickAssigneeAction } from "@/lib/roles/actions";
import type { RoleKind } from "@/lib/roles/schema";

export type AssignedRole = { id: string; name: string; kind: RoleKind };

interface AssignRoleDialogProps {
  role: AssignedRole;
  mayEditGroups: boolean;
  onClose: () => void;
  opener: RefObject<HTMLElement | null>;
}

/** Leads to the field of a user in which this role is chosen: there it is previewed, and saved with "Update" (U6, R9). */
export function AssignRoleDialog({ role, mayEditGroups, onClose, opener }: AssignRoleDialogProps) {
  const router = useRouter();
  const [person, setPerson] = useState<Option | null>(null);
  const field = roleFieldId(role.kind === "primary" ? "primary" : role.id);
  return (
    <ActDialog
      pending={false}
      {...{ onClose, opener }}
      size="s"
      title={`Assign ${role.name} to a user`}
      description={`The user's page opens at the field for roles. Choose ${role.name} there and select "Update".`}
      button={
        <Button
          variant="primary"
          reason={person ? undefined : "Choose a user."}
          showReason
          onClick={() => person && leaving(() => router.push(`/admin/users/${person.id}#${field}`))}
        >
          Open user
        </Button>
      }
    >
      <Field label="User">
        <PersonPicker
          label="User"
          placeholder="Search people"
          value={person}
          search={(q) => answerOf(pickAssigneeAction({ q }))}
          onChange={setPerson}
        />
      </Field>
      {role.kind === "additional" && mayEditGroups && (
        <p className="text-ui text-ink-2">
          To give it to several people at once, add it to a group:{" "}
          <a href="/admin/groups" className="link">
            Groups
          </a>
        </p>
      )}
    </ActDialog>
  );
}

"use client";
import { useState } from "react";
import { Field } from "@/components/form/field";
import { answerOf } from "@/components/ui/answer-of";
import { MultiCombobox, type Option } from "@/components/ui/combobox";
import { PersonField } from "@/components/users/person-field";
import { RoleFields } from "@/components/users/role-fields";
import type { RoleOption } from "@/lib/roles/queries";
import { pickGroupAction, pickManagerAction } from "@/lib/users/actions";

/** What somebody new comes to hold, and whom they come under. */
export type Placement = {
  primaryRoleId: string;
  additionalRoleIds: string[];
  managerId: string | null;
  groupIds: string[];
};

/** Who and what is chosen on this step, with the names that the form does not have. */
export type Placed = { managerId: Option | null; groupIds: Option[] };

export const nothingPlaced: Placed = { managerId: null, groupIds: [] };

/** The lowest primary role that may be given is the one offered first. */
export function blankPlacement(roles: RoleOption[]): Placement {
  const primary = roles.filter((role) => role.kind === "primary" && role.give.ok).at(-1);
  return { primaryRoleId: primary?.id ?? "", additionalRoleIds: [], managerId: null, groupIds: [] };
}

type PlacementStepProps = {
  roles: RoleOption[];
  value: Pick<Placement, "primaryRoleId" | "additionalRoleIds">;
  onChange: (changed: Partial<Placement>) => void;
  errors: { [Field in keyof Placement]?: { message?: string | undefined } | undefined };
  placed: Placed;
  onPlaced: (placed: Placed) => void;
};

export function PlacementStep({ roles, value, onChange, errors, placed, onPlaced }: PlacementStepProps) {
  const [cleared, setCleared] = useState<string[]>([]);
  return (
    <div className="grid grid-cols-2 gap-4 max-s:grid-cols-1">
      <RoleFields
        roles={roles}
        value={value}
        held={{ primaryRoleId: "", additionalRoleIds: [] }}
        onChange={onChange}
        cleared={cleared}
        onCleared={setCleared}
        errors={{
          primaryRoleId: errors.primaryRoleId?.message,
          additionalRoleIds: errors.additionalRoleIds?.message,
        }}
      />
      <PersonField
        label="Manager"
        value={placed.managerId}
        onChange={(option) => {
          onPlaced({ ...placed, managerId: option });
          onChange({ managerId: option?.id ?? null });
        }}
        search={(q) => answerOf(pickManagerAction({ q, userId: null }))}
        error={errors.managerId?.message}
      />
      <Field label="Groups" error={errors.groupIds?.message} optional>
        <MultiCombobox
          label="Groups"
          placeholder="Search groups"
          value={placed.groupIds}
          search={(q) => answerOf(pickGroupAction({ q }))}
          onChange={(chosen) => {
            onPlaced({ ...placed, groupIds: chosen });
            onChange({ groupIds: chosen.map(({ id }) => id) });
          }}
        />
      </Field>
    </div>
  );
}

import type { UseFormRegisterReturn } from "react-hook-form";
import { Field, FieldError } from "@/components/form/field";
import { answerOf } from "@/components/ui/answer-of";
import { CheckLine } from "@/components/ui/check-line";
import type { Option } from "@/components/ui/combobox";
import { Input } from "@/components/ui/input";
import { PersonField } from "@/components/users/person-field";
import type { RoleOption } from "@/lib/roles/queries";
import { pickAccountOwnerAction } from "@/lib/service-accounts/actions";

interface AccountFieldsProps {
  name: UseFormRegisterReturn;
  owner: Option | null;
  onOwner: (owner: Option | null) => void;
  roles: RoleOption[];
  roleIds: string[];
  onRoles: (roleIds: string[]) => void;
  /** Roles that it has already may stay, even if the actor could not give them. */
  held?: string[];
  /** What a role that it has gives less than it carries, by id. */
  reasons?: Record<string, string | null>;
  errors: Partial<Record<"name" | "ownerId" | "roleIds", { message?: string | undefined }>>;
}

/** What a service account is called, whose it is, and what it may do. */
export function AccountFields(props: AccountFieldsProps) {
  const { name, owner, onOwner, roles, roleIds, onRoles, held = [], reasons = {}, errors } = props;
  const additional = roles.filter(({ kind }) => kind === "additional");
  return (
    <>
      <Field label="Name" hint="Such as “Nightly build”." error={errors.name?.message}>
        <Input {...name} autoComplete="off" />
      </Field>
      <PersonField
        label="Owner"
        needed
        value={owner}
        onChange={onOwner}
        search={(q) => answerOf(pickAccountOwnerAction({ q }))}
        error={errors.ownerId?.message}
        hint="It can never do more than its owner could grant, and pauses while the owner is disabled."
      />
      <fieldset className="min-w-0">
        <legend className="mb-1.5 text-ui/[18px] font-medium">Roles</legend>
        <div className="divide-y divide-line rounded-md border border-line">
          {additional.map((role) => {
            const given = roleIds.includes(role.id);
            const refused = role.give.ok || held.includes(role.id) ? undefined : role.give.reason;
            return (
              <div key={role.id} className="px-3 py-2 text-ui">
                <CheckLine
                  name="roleIds"
                  value={role.id}
                  checked={given}
                  disabled={refused !== undefined}
                  onChange={(event) =>
                    onRoles(
                      event.target.checked
                        ? [...roleIds, role.id].toSorted()
                        : roleIds.filter((roleId) => roleId !== role.id),
                    )
                  }
                  label={<span className="font-medium">{role.name}</span>}
                  hint={refused ?? (given ? reasons[role.id] : null) ?? role.description}
                />
              </div>
            );
          })}
          {additional.length === 0 && <p className="px-3 py-2 text-ui text-muted">There are no additional roles.</p>}
        </div>
        {errors.roleIds && (
          <div className="mt-1.5">
            <FieldError>{errors.roleIds.message}</FieldError>
          </div>
        )}
      </fieldset>
    </>
  );
}

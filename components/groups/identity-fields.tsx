import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/form/field";
import { answerOf } from "@/components/ui/answer-of";
import type { Option } from "@/components/ui/combobox";
import { Input } from "@/components/ui/input";
import { PersonField } from "@/components/users/person-field";
import { pickGroupOwnerAction } from "@/lib/groups/actions";

interface IdentityFieldsProps {
  name: UseFormRegisterReturn;
  description: UseFormRegisterReturn;
  owner: Option | null;
  onOwner: (owner: Option | null) => void;
  errors: Partial<Record<"name" | "description" | "ownerId", { message?: string | undefined }>>;
}

/** What a group is called, what it is for, and whose it is. */
export function IdentityFields({ name, description, owner, onOwner, errors }: IdentityFieldsProps) {
  return (
    <>
      <Field label="Name" error={errors.name?.message}>
        <Input {...name} autoComplete="off" />
      </Field>
      <Field label="Description" error={errors.description?.message} optional>
        <Input {...description} autoComplete="off" />
      </Field>
      <PersonField
        label="Owner"
        value={owner}
        onChange={onOwner}
        search={(q) => answerOf(pickGroupOwnerAction({ q }))}
        error={errors.ownerId?.message}
        hint="The owner can do for its members whatever their roles allow for members of their groups."
      />
    </>
  );
}

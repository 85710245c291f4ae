import type { ReactNode } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Field, FieldError } from "@/components/form/field";
import { sentenceIn } from "@/components/form/problem";
import { WordsInput } from "@/components/identity-providers/words-input";
import { answerOf } from "@/components/ui/answer-of";
import { CheckLine } from "@/components/ui/check-line";
import { MultiCombobox, type Option } from "@/components/ui/combobox";
import { Input } from "@/components/ui/input";
import { PersonPicker } from "@/components/ui/person-picker";
import { Select } from "@/components/ui/select";
import { pickProviderGroupAction, pickProviderOwnerAction } from "@/lib/identity-providers/actions";
import type { UpdateProvider } from "@/lib/identity-providers/schema";
import type { RoleOption } from "@/lib/roles/queries";

/** What is shown beside the ids in the form. */
export type Chosen = { owner: Option | null; groups: Option[] };

type Values = Omit<UpdateProvider, "id" | "version" | "name" | "mapping" | "groupsClaim" | "groups" | "contact">;

interface PeopleFieldsProps {
  contact: UseFormRegisterReturn;
  value: Values;
  set: <K extends keyof Values>(name: K, value: Values[K]) => void;
  errors: Partial<Record<keyof Values | "contact", unknown>>;
  roles: RoleOption[];
  chosen: Chosen;
  onChosen: (chosen: Chosen) => void;
}

/** Whom the provider speaks for, what becomes of them here, and how far it reaches. */
export function PeopleFields({ contact, value, set, errors, roles, chosen, onChosen }: PeopleFieldsProps) {
  const primary = roles.filter(({ kind }) => kind === "primary");
  return (
    <>
      <Field
        label="Domains"
        optional
        error={sentenceIn(errors.domains)}
        hint="People who enter an email of these domains at /sign-in are offered this provider. If any is set, users are created for these domains only."
      >
        <WordsInput name="domains" value={value.domains} onChange={(domains) => set("domains", domains)} />
      </Field>
      <CheckLine
        label="Trust its emails"
        hint="Treat them as verified even if the provider doesn't say so."
        checked={value.trustsEmail}
        onChange={(event) => set("trustsEmail", event.target.checked)}
      />
      <CheckLine
        label="Create users at their first sign-in"
        hint="Otherwise only people already linked to this provider, or created here for it, can sign in."
        checked={value.createsUsers}
        onChange={(event) => set("createsUsers", event.target.checked)}
      />
      {value.createsUsers && (
        <div className="grid grid-cols-2 gap-3 max-s:grid-cols-1">
          <Field
            label="Primary role"
            error={sentenceIn(errors.defaultRoleId)}
            hint="For each user that it creates. The ceiling must include what this role carries."
          >
            <Select
              name="defaultRoleId"
              value={value.defaultRoleId ?? ""}
              onChange={(event) => set("defaultRoleId", event.target.value || null)}
              options={[
                { value: "", label: "Choose a role" },
                ...primary.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </Field>
          <Field
            label="Groups at creation"
            optional
            error={sentenceIn(errors.defaultGroupIds)}
            hint="New users join these once, regardless of what the provider sends."
          >
            <MultiCombobox
              label="Groups at creation"
              value={chosen.groups}
              search={(q) => answerOf(pickProviderGroupAction({ q }))}
              onChange={(groups) => {
                onChosen({ ...chosen, groups });
                set(
                  "defaultGroupIds",
                  groups.map(({ id }) => id),
                );
              }}
            />
          </Field>
        </div>
      )}
      <CheckLine
        label="Manages its users"
        hint="Users cannot be created by hand for it: all come from the provider."
        checked={value.managesUsers}
        onChange={(event) => set("managesUsers", event.target.checked)}
      />
      <Field
        label="Owner"
        error={sentenceIn(errors.ownerId)}
        hint="The provider never grants more than its owner can do at that moment."
      >
        <PersonPicker
          label="Owner"
          placeholder="Search people"
          value={chosen.owner}
          search={(q) => answerOf(pickProviderOwnerAction({ q }))}
          onChange={(owner) => {
            onChosen({ ...chosen, owner });
            set("ownerId", owner?.id ?? "");
          }}
        />
      </Field>
      <Ceiling
        roles={roles}
        value={value.ceilingRoleIds}
        onChange={(ids) => set("ceilingRoleIds", ids)}
        error={sentenceIn(errors.ceilingRoleIds)}
      />
      <Field
        label="Contact"
        optional
        error={sentenceIn(errors.contact)}
        hint='Whom to contact when sign-in is refused, such as "the service desk".'
      >
        <Input {...contact} autoComplete="off" />
      </Field>
    </>
  );
}

type CeilingProps = {
  roles: RoleOption[];
  value: string[];
  onChange: (ids: string[]) => void;
  error: ReactNode;
};

function Ceiling({ roles, value, onChange, error }: CeilingProps) {
  return (
    <fieldset className="grid min-w-0 content-start gap-2">
      <legend className="mb-1 text-ui/[18px] font-medium">Ceiling</legend>
      <p className="text-xs text-muted">
        Nothing that comes through the provider grants more than these roles carry. With none, people can manage only
        their own account.
      </p>
      {roles.map(({ id, name }) => (
        <CheckLine
          key={id}
          name="ceilingRoleIds"
          value={id}
          label={name}
          checked={value.includes(id)}
          onChange={(event) => onChange(event.target.checked ? [...value, id] : value.filter((other) => other !== id))}
        />
      ))}
      <FieldError>{error}</FieldError>
    </fieldset>
  );
}

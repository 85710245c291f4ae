import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/form/field";
import { sentenceIn } from "@/components/form/problem";
import { Input } from "@/components/ui/input";
import { mapClaims } from "@/lib/auth/providers/oidc/claims";
import { claimFields, claimWords } from "@/lib/identity-providers/claims";
import type { UpdateProvider } from "@/lib/identity-providers/schema";

export type Mapping = UpdateProvider["mapping"];

interface ClaimFieldsProps {
  register: (name: `mapping.${keyof Mapping}`) => UseFormRegisterReturn;
  value: Mapping;
  errors: Partial<Record<keyof Mapping, unknown>> | undefined;
  /** Of the last test, where there is one: then each field says what it would contain. */
  claims: Record<string, unknown> | null;
}

/** The claim in which the provider sends each field of a user. */
export function ClaimFields({ register, value, errors, claims }: ClaimFieldsProps) {
  const told = claims && mapClaims(value, claims);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-ui/[18px] font-medium">Claims</legend>
      <p className="mb-2.5 text-xs text-muted">
        The claim that contains each field.
        {claims && " The value from the last test is below each."}
      </p>
      <div className="grid grid-cols-2 gap-3 max-s:grid-cols-1">
        {claimFields.map((field) => (
          <Field
            key={field}
            label={claimWords[field]}
            error={sentenceIn(errors?.[field])}
            hint={told ? shownOf(told[field]) : undefined}
          >
            <Input {...register(`mapping.${field}`)} autoComplete="off" autoCapitalize="none" spellCheck={false} />
          </Field>
        ))}
      </div>
    </fieldset>
  );
}

const shownOf = (told: string | null) =>
  told === null ? "The last test returned nothing here." : `Last test: ${told}`;

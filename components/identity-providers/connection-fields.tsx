import type { ReactNode } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { EndInput } from "@/components/form/end-input";
import { Field } from "@/components/form/field";
import { sentenceIn } from "@/components/form/problem";
import { WordsInput } from "@/components/identity-providers/words-input";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import type { UpdateConnection } from "@/lib/identity-providers/schema";

export type ConnectionValues = Omit<UpdateConnection, "id" | "version" | "secretExpiresAt"> & {
  /** The value of a `datetime-local` field, or blank. */
  secretExpiresAt: string;
};

interface ConnectionFieldsProps {
  register: (name: "discoveryUrl" | "clientId" | "clientSecret") => UseFormRegisterReturn;
  value: Pick<ConnectionValues, "scopes" | "secretExpiresAt">;
  set: <K extends "scopes" | "secretExpiresAt">(name: K, value: ConnectionValues[K]) => void;
  errors: Partial<Record<keyof ConnectionValues, unknown>>;
  /** What the discovery address looks like. */
  address: string;
  secretHint: string;
  /** Shown below the discovery address. */
  issuer?: ReactNode;
}

/** Where the provider is, and how Gatehouse proves itself there. */
export function ConnectionFields(props: ConnectionFieldsProps) {
  const { register, value, set, errors, address, secretHint, issuer } = props;
  return (
    <>
      <Field
        label="Discovery address"
        error={sentenceIn(errors.discoveryUrl)}
        hint={`${address}. The discovery document is read when you save.`}
      >
        <Input {...register("discoveryUrl")} type="url" autoComplete="off" spellCheck={false} />
      </Field>
      {issuer}
      <Field label="Client id" error={sentenceIn(errors.clientId)}>
        <Input {...register("clientId")} autoComplete="off" spellCheck={false} />
      </Field>
      <Field label="Client secret" error={sentenceIn(errors.clientSecret)} hint={secretHint}>
        <PasswordInput {...register("clientSecret")} autoComplete="new-password" />
      </Field>
      <Field
        label="Secret expires"
        optional
        error={sentenceIn(errors.secretExpiresAt)}
        hint="When the provider stops accepting the secret."
      >
        <EndInput
          name="secretExpiresAt"
          now={false}
          value={value.secretExpiresAt}
          onChange={(end) => set("secretExpiresAt", end)}
        />
      </Field>
      <Field label="Scopes" error={sentenceIn(errors.scopes)} hint='Separated by spaces; "openid" is needed.'>
        <WordsInput name="scopes" value={value.scopes} onChange={(scopes) => set("scopes", scopes)} />
      </Field>
    </>
  );
}

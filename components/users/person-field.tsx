"use client";
import type { ReactNode } from "react";
import { Field } from "@/components/form/field";
import { Avatar } from "@/components/ui/avatar";
import { Combobox, type Option } from "@/components/ui/combobox";

type PersonFieldProps = {
  label: string;
  value: Option | null;
  onChange: (option: Option | null) => void;
  search: (query: string) => Promise<Option[]>;
  error?: string;
  hint?: ReactNode;
  /** There has to be somebody. */
  needed?: boolean;
};

/** One person out of many, found on the server; may be nobody. */
export function PersonField({ label, value, onChange, search, error, hint, needed = false }: PersonFieldProps) {
  return (
    <Field label={label} error={error} hint={hint} optional={!needed}>
      <Combobox
        label={label}
        placeholder="Search people"
        value={value}
        clearable={!needed}
        search={search}
        face={(option) => <Avatar id={option.id} name={option.label} picture={option.picture} size="s" />}
        onChange={onChange}
      />
    </Field>
  );
}

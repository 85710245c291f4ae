"use client";
import type { ReactNode } from "react";
import { Field } from "@/components/form/field";
import type { Option } from "@/components/ui/combobox";
import { PersonPicker } from "@/components/ui/person-picker";

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
      <PersonPicker
        label={label}
        placeholder="Search people"
        value={value}
        clearable={!needed}
        search={search}
        onChange={onChange}
      />
    </Field>
  );
}

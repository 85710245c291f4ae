"use client";
import { Plus, X } from "lucide-react";
import { useRef } from "react";
import type { FieldErrors, UseFormRegisterReturn } from "react-hook-form";
import { Field, FieldError } from "@/components/form/field";
import { answerOf } from "@/components/ui/answer-of";
import { Button } from "@/components/ui/button";
import { Combobox, type Option } from "@/components/ui/combobox";
import { useRowFocus } from "@/components/ui/focus";
import { Input } from "@/components/ui/input";
import { Note } from "@/components/ui/note";
import { groupsIn } from "@/lib/auth/providers/oidc/claims";
import { pickProviderGroupAction } from "@/lib/identity-providers/actions";
import { noGroupsWords, silentWords } from "@/lib/identity-providers/no-groups";
import { providerSettings } from "@/lib/identity-providers/presets";
import type { ShownProvider } from "@/lib/identity-providers/queries";
import type { UpdateProvider } from "@/lib/identity-providers/schema";

type Mapped = UpdateProvider["groups"];

interface GroupFieldsProps {
  /** Of the field that names the claim. */
  claim: UseFormRegisterReturn;
  claimName: string;
  value: Mapped;
  onChange: (value: Mapped) => void;
  /** Names of groups by id, as far as the form knows them. */
  names: Record<string, string>;
  onPicked: (group: Option) => void;
  errors: FieldErrors<Pick<UpdateProvider, "groupsClaim" | "groups">>;
  provider: Pick<ShownProvider, "preset" | "testClaims" | "silent">;
}

/** The claim in which the provider sends somebody's groups, and the groups here that its values map to (I3). */
export function GroupFields({
  claim,
  claimName,
  value,
  onChange,
  names,
  onPicked,
  errors,
  provider,
}: GroupFieldsProps) {
  const title = useRef<HTMLLegendElement>(null);
  const rowFocus = useRowFocus(() => title.current);
  const told = provider.testClaims && claimName !== "" ? groupsIn(provider.testClaims, claimName) : null;
  const values = Array.isArray(told) ? told : [];
  const unmapped = values.filter((one) => value.every((row) => row.value !== one)).slice(0, 20);
  const add = (row: Mapped[number]) => onChange([...value, row]);
  return (
    <fieldset className="grid min-w-0 gap-3">
      <legend ref={title} tabIndex={-1} className="mb-1 rounded-sm text-ui/[18px] font-medium">
        Groups
      </legend>
      <p className="text-xs text-muted">
        At each sign-in, people join the groups mapped to their values and leave groups that the provider no longer
        names. Memberships given here are kept. If the claim is missing, nothing changes.
      </p>
      {provider.silent.length > 0 && <Note tone="warning">{silentWords(provider.silent)}</Note>}
      <Field
        label="Groups claim"
        optional
        error={errors.groupsClaim?.message}
        hint={told === null ? providerSettings[provider.preset].groupsHint : toldWords(told)}
      >
        <Input {...claim} autoComplete="off" autoCapitalize="none" spellCheck={false} />
      </Field>
      {value.length > 0 && (
        <div {...rowFocus} className="divide-y divide-line rounded-md border border-line">
          {value.map((row, index) => (
            <MappedRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place, and nothing else stays the same while it is edited
              key={index}
              index={index}
              row={row}
              name={names[row.groupId]}
              error={errors.groups?.[index]?.value?.message ?? errors.groups?.[index]?.groupId?.message}
              onChange={(next) => onChange(value.with(index, next))}
              onPicked={onPicked}
              onRemove={() => onChange(value.filter((_, at) => at !== index))}
            />
          ))}
        </div>
      )}
      <FieldError>{errors.groups?.message ?? errors.groups?.root?.message}</FieldError>
      <div className="flex flex-wrap items-center gap-2">
        <Button size="s" onClick={() => add({ value: "", groupId: "" })}>
          <Plus aria-hidden />
          Add a value
        </Button>
        {unmapped.map((one) => (
          <Button
            key={one}
            size="s"
            variant="quiet"
            aria-label={`Add ${one}`}
            title={one}
            className="max-w-full"
            onClick={() => add({ value: one, groupId: "" })}
          >
            <Plus aria-hidden />
            <span className="truncate">{one}</span>
          </Button>
        ))}
      </div>
      {values.length > 0 && value.length > 0 && (
        <p className="text-xs text-muted">{joinedWords(values, value, names)}</p>
      )}
    </fieldset>
  );
}

const toldWords = (told: ReturnType<typeof groupsIn>) => {
  if (!Array.isArray(told)) return `Last test: ${noGroupsWords[told]}.`;
  return told.length === 0 ? "Last test: in no group." : `Last test: ${told.slice(0, 10).join(", ")}${more(told)}`;
};

const more = (told: string[]) => (told.length > 10 ? ` and ${told.length - 10} more` : "");

/** What the claims of the last test map to; whether the ceiling lets it through is shown before it is saved. */
function joinedWords(values: string[], mapped: Mapped, names: Record<string, string>): string {
  const joined = mapped.filter((row) => values.includes(row.value)).map(({ groupId }) => names[groupId] ?? "");
  const found = [...new Set(joined.filter(Boolean))];
  return found.length > 0
    ? `The values of the last test map to ${found.join(", ")}.`
    : "No value of the last test is mapped.";
}

type MappedRowProps = {
  index: number;
  row: Mapped[number];
  name: string | undefined;
  error: string | undefined;
  onChange: (row: Mapped[number]) => void;
  onPicked: (group: Option) => void;
  onRemove: () => void;
};

function MappedRow({ index, row, name, error, onChange, onPicked, onRemove }: MappedRowProps) {
  const which = row.value || `value ${index + 1}`;
  const errorId = `mapped-${index}-error`;
  const wrong = error ? { "aria-invalid": true, "aria-describedby": errorId } : {};
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] items-center gap-x-2 gap-y-1.5 px-3 py-2 max-s:grid-cols-[minmax(0,1fr)_auto]">
      <Input
        name={`groups.${index}.value`}
        aria-label={`Value ${index + 1}`}
        placeholder="Value of the claim"
        value={row.value}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => onChange({ ...row, value: event.target.value })}
        {...wrong}
      />
      <div className="min-w-0 max-s:col-start-1">
        <Combobox
          label={`Group of ${which}`}
          placeholder="Search groups"
          value={row.groupId ? { id: row.groupId, label: name ?? "A group" } : null}
          search={(q) => answerOf(pickProviderGroupAction({ q }))}
          onChange={(group) => {
            if (!group) return;
            onPicked(group);
            onChange({ ...row, groupId: group.id });
          }}
          {...wrong}
        />
      </div>
      <Button
        variant="quiet"
        size="icon-s"
        aria-label={`Remove ${which}`}
        className="max-s:col-start-2 max-s:row-start-1"
        onClick={onRemove}
      >
        <X aria-hidden />
      </Button>
      {error && (
        <div className="col-span-full">
          <FieldError id={errorId}>{error}</FieldError>
        </div>
      )}
    </div>
  );
}

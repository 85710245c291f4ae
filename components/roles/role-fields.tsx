"use client";
import { type ComponentProps, useId } from "react";
import { Field, FieldError } from "@/components/form/field";
import { FixedField } from "@/components/form/fixed-field";
import { CheckLine } from "@/components/ui/check-line";
import { Input } from "@/components/ui/input";
import { Panel, PanelHead } from "@/components/ui/panel";
import { RadioCards } from "@/components/ui/radio-cards";
import { Select } from "@/components/ui/select";
import type { PrimaryRole, RoleFormParts, RoleValues } from "@/lib/roles/detail";
import { OperationMatrix } from "./operation-matrix";
import { RoleSummary } from "./role-summary";
import { sorted } from "./role-values";

type Chosen = Pick<RoleValues, "kind" | "rank" | "combinesWith" | "operations">;

type RoleFieldsProps = {
  parts: RoleFormParts;
  name: ComponentProps<typeof Input>;
  description: ComponentProps<typeof Input>;
  value: Chosen;
  onChange: (change: Partial<Chosen>) => void;
  errors: Partial<Record<keyof RoleValues, string | undefined>>;
  /** The kind of an existing role cannot be changed; that of a new one is chosen. */
  onKind?: (kind: RoleValues["kind"]) => void;
};

/** What a role is, and what it carries: the same for a new one and for an existing one. */
export function RoleFields({ parts, name, description, value, onChange, errors, onKind }: RoleFieldsProps) {
  const primary = value.kind === "primary";
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 l:grid-cols-[minmax(0,760px)_minmax(0,1fr)] l:grid-rows-[auto_1fr]">
      <Panel>
        <PanelHead title="Role" />
        <div className="grid grid-cols-2 gap-4 px-4 pt-1 pb-4 max-s:grid-cols-1">
          <Field label="Name" error={errors.name}>
            <Input {...name} autoComplete="off" />
          </Field>
          <Field label="Description" error={errors.description} optional>
            <Input {...description} autoComplete="off" />
          </Field>
          {onKind ? (
            <div className="col-span-full">
              <RadioCards
                legend="Kind"
                name="kind"
                columns={2}
                value={value.kind}
                onChange={(event) => onKind(event.target.value === "primary" ? "primary" : "additional")}
                options={[
                  { value: "primary", label: "Primary", hint: "Everybody has exactly one. Primary roles are ranked." },
                  { value: "additional", label: "Additional", hint: "Comes on top, directly or through a group." },
                ]}
              />
              <FieldError>{errors.kind}</FieldError>
            </div>
          ) : (
            <FixedField label="Kind" value={primary ? "primary" : "additional"} reason="Cannot be changed." />
          )}
          {primary ? (
            <Field label="Rank" error={errors.rank} hint="1 is the highest. The others move to make room.">
              <Select
                name="rank"
                value={String(value.rank ?? "")}
                onChange={(event) => onChange({ rank: Number(event.target.value) })}
                options={rungsOf(parts.ladder)}
              />
            </Field>
          ) : (
            <Combinations
              ladder={parts.ladder}
              chosen={value.combinesWith}
              error={errors.combinesWith}
              onChange={(combinesWith) => onChange({ combinesWith })}
            />
          )}
        </div>
      </Panel>
      <RoleSummary
        matrix={parts.matrix}
        value={value.operations}
        className="l:sticky l:top-4 l:col-start-2 l:row-span-2 l:row-start-1"
      />
      <OperationMatrix
        matrix={parts.matrix}
        withheld={parts.withheld}
        value={value.operations}
        onChange={(operations) => onChange({ operations: sorted(operations) })}
        error={errors.operations}
      />
    </div>
  );
}

/** "1, above Quality Manager", "2, between Quality Manager and Quality Lead", "4, below Quality Engineer" */
function rungsOf(ladder: PrimaryRole[]) {
  return Array.from({ length: ladder.length + 1 }, (_, above) => {
    const [over, under] = [ladder[above - 1]?.name, ladder[above]?.name];
    const place =
      over && under ? `, between ${over} and ${under}` : under ? `, above ${under}` : over ? `, below ${over}` : "";
    return { value: String(above + 1), label: `${above + 1}${place}` };
  });
}

type CombinationsProps = {
  ladder: PrimaryRole[];
  chosen: string[];
  error: string | undefined;
  onChange: (ids: string[]) => void;
};

function Combinations({ ladder, chosen, error, onChange }: CombinationsProps) {
  const hintId = useId();
  const others = ladder.filter(({ id }) => !chosen.includes(id)).map(({ name }) => name);
  return (
    <fieldset id="combinesWith" aria-describedby={hintId} className="grid min-w-0 content-start gap-1.5">
      <legend className="mb-1.5 text-ui/[18px] font-medium">Can be combined with</legend>
      {ladder.map(({ id, name }) => (
        <CheckLine
          key={id}
          name="combinesWith"
          value={id}
          label={name}
          checked={chosen.includes(id)}
          onChange={(event) =>
            onChange((event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id)).sort())
          }
        />
      ))}
      <FieldError>{error}</FieldError>
      <p id={hintId} className="text-xs text-muted">
        {chosen.length === 0
          ? "None is selected, so it combines with every primary role."
          : others.length > 0
            ? `With ${others.join(" or ")} it is dormant and grants nothing.`
            : "Every primary role there is today is selected; with one that is added later it is dormant."}
      </p>
    </fieldset>
  );
}

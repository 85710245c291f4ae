import { FieldError } from "@/components/form/field";
import { RadioCards } from "@/components/ui/radio-cards";
import type { PresetChoice } from "@/lib/setup/queries";

interface PresetCardsProps {
  presets: PresetChoice[];
  chosen: string | undefined;
  error: string | undefined;
}

/** The presets, each with its ladder of primary roles and what comes on top. */
export function PresetCards({ presets, chosen, error }: PresetCardsProps) {
  return (
    <div className="grid gap-1.5">
      <RadioCards
        legend="Set of roles"
        name="preset"
        required
        defaultValue={chosen ?? presets[0]?.key}
        options={presets.map((preset) => ({ value: preset.key, label: preset.name, hint: <Ladder preset={preset} /> }))}
      />
      <FieldError>{error}</FieldError>
    </div>
  );
}

function Ladder({ preset }: { preset: PresetChoice }) {
  return (
    <>
      <span className="block">{preset.description}</span>
      <span className="my-1.5 block border-l border-line-strong pl-2.5">
        {preset.ladder.map(({ name, description }, at) => (
          <span key={name} className="block py-0.5">
            <span className="mr-1.5 tabular-nums">{at + 1}</span>
            <span className="font-medium text-ink-2">{name}</span> {description}
          </span>
        ))}
      </span>
      <span className="block">Additional roles: {preset.additional.join(", ")}</span>
      <span className="mt-1.5 block text-ink-2">For example: {preset.example}</span>
    </>
  );
}

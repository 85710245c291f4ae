import { useState } from "react";
import { FieldError } from "@/components/form/field";
import { CheckLine } from "@/components/ui/check-line";
import { Input } from "@/components/ui/input";
import { counted } from "@/lib/lists/format-total";
import { isFound } from "@/lib/normalization/search";
import type { Carriable } from "@/lib/tokens/queries";

interface OperationChoiceProps {
  carriable: Carriable[];
  value: string[];
  onChange: (keys: string[]) => void;
  error?: string | undefined;
}

/** The operations that a token may carry, by noun: a sentence each. */
export function OperationChoice({ carriable, value, onChange, error }: OperationChoiceProps) {
  const [sought, setSought] = useState("");
  const shown = carriable.filter(({ key, noun, sentence }) => isFound(sought, noun, sentence, key));
  const nouns = [...new Set(shown.map(({ noun }) => noun))];
  const toggle = (key: string, on: boolean) => onChange(on ? [...value, key] : value.filter((one) => one !== key));
  return (
    <fieldset id="operations" tabIndex={-1} className="grid min-w-0 gap-2">
      <legend className="mb-1.5 text-ui/[18px] font-medium">Operations</legend>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <Input
          type="search"
          aria-label="Find an operation"
          placeholder="Find an operation"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          className="s:w-56"
        />
        <span className="text-xs text-muted" aria-live="polite">
          {counted(value.length, "operation")} chosen
        </span>
      </div>
      <FieldError>{error}</FieldError>
      <div className="grid max-h-72 gap-3 overflow-y-auto rounded-md border border-line px-3 py-2.5">
        {nouns.map((noun) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset in a fieldset is read out twice
          <div key={noun} role="group" aria-label={noun} className="grid gap-1.5">
            <span aria-hidden className="text-xs font-medium text-muted">
              {noun}
            </span>
            {shown
              .filter((one) => one.noun === noun)
              .map(({ key, sentence }) => (
                <CheckLine
                  key={key}
                  label={sentence}
                  hint={<span className="font-mono">{key}</span>}
                  checked={value.includes(key)}
                  onChange={(event) => toggle(key, event.currentTarget.checked)}
                />
              ))}
          </div>
        ))}
        {nouns.length === 0 && <p className="text-ui text-muted">No operation matches “{sought}”.</p>}
      </div>
    </fieldset>
  );
}

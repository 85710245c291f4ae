"use client";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/form/field";
import { SettingOrigin } from "@/components/settings/setting-origin";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ShownSetting } from "@/lib/settings/queries";

interface SettingFieldProps {
  setting: ShownSetting;
  control: UseFormRegisterReturn;
  error: string | undefined;
  /** It is edited, and not saved yet. */
  changed: boolean;
  onDefault: () => void;
  zone: string;
  now: Date;
}

/** One setting of the form, with its default and who changed it last. */
export function SettingField({ setting, control, error, changed, onDefault, zone, now }: SettingFieldProps) {
  const { label, sentence, unit, isText, choices, minimum, maximum } = setting;
  return (
    <div className="grid gap-2.5">
      <Field label={label} hint={sentence} error={error}>
        {choices ? (
          <Select {...control} options={choices} className="max-w-[320px] scroll-mb-24" />
        ) : isText ? (
          <Input {...control} autoComplete="off" spellCheck={false} className="max-w-[180px] [&>input]:scroll-mb-24" />
        ) : (
          <Input
            {...control}
            type="number"
            inputMode="numeric"
            min={minimum ?? undefined}
            max={maximum ?? undefined}
            step={1}
            autoComplete="off"
            end={unit && <span className="pr-2.5 text-xs text-muted">{unit}</span>}
            className="max-w-[180px] [&>input]:scroll-mb-24 [&>input]:pr-20"
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <SettingOrigin setting={setting} zone={zone} now={now} />
        {changed && <span className="text-xs font-medium text-ink-2">Not saved yet.</span>}
        {!setting.isDefault && (
          <Button size="s" variant="quiet" className="ml-auto" onClick={onDefault} aria-description={label}>
            Back to the default
          </Button>
        )}
      </div>
    </div>
  );
}

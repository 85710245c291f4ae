"use client";
import { ErrorSummary } from "@/components/form/error-summary";
import { Form } from "@/components/form/form";
import { SaveBar } from "@/components/form/save-bar";
import { useActionForm } from "@/components/form/use-action-form";
import { useStored } from "@/components/form/use-stored";
import { SettingField } from "@/components/settings/setting-field";
import { SettingPanels } from "@/components/settings/setting-panels";
import { toast } from "@/components/ui/toaster";
import type { ActionResult } from "@/lib/http/action";
import { updateSettingsAction } from "@/lib/settings/actions";
import type { ShownSetting } from "@/lib/settings/queries";

type Values = Record<string, string>;

interface SettingsFormProps {
  settings: ShownSetting[];
  /** By key, the text in a field whose setting has its default. */
  defaults: Record<string, string>;
  zone: string;
  now: Date;
}

/** Every setting, with one bar that saves what has changed: each by itself, so that one that is refused does not block the others. */
export function SettingsForm({ settings, defaults, zone, now }: SettingsFormProps) {
  const stored: Values = Object.fromEntries(settings.map(({ key, value }) => [fieldOf(key), value]));
  const { form, formProps, pending, problem } = useActionForm<Values, Values, number>({
    schema: () => import("@/lib/settings/schema").then((module) => module.settingsFormSchema),
    action: save,
    defaultValues: stored,
    draft: { form: "settings", fields: settings.map(({ key }) => fieldOf(key)) },
    onSuccess: (saved) => toast.success(saved === 1 ? "1 setting is saved" : `${saved} settings are saved`),
  });
  const { errors, dirtyFields } = form.formState;
  const labels = Object.fromEntries(settings.map(({ key, label }) => [fieldOf(key), label]));

  useStored(form, stored);

  async function save(input: Values): Promise<ActionResult<number>> {
    const before = form.formState.defaultValues ?? {};
    const changed = settings
      .map(({ key }) => ({ key, field: fieldOf(key), value: input[fieldOf(key)] ?? "" }))
      .filter(({ field, value }) => value !== before[field]);
    const result = await updateSettingsAction(changed.map(({ key, value }) => ({ key, value })));
    if (!result.ok) return result;
    const wrong = new Map(result.value.flatMap(({ key, refusal }) => (refusal ? [[fieldOf(key), refusal]] : [])));
    if (wrong.size === 0) return { ok: true, value: changed.length };
    for (const { field, value } of changed) if (!wrong.has(field)) form.resetField(field, { defaultValue: value });
    return {
      ok: false,
      code: "invalid",
      message: refusedOf(wrong.size, changed.length),
      fields: Object.fromEntries(wrong),
    };
  }

  return (
    <Form {...formProps} aria-label="Settings" className="grid gap-4">
      <ErrorSummary problem={problem} labels={labels} />
      <SettingPanels settings={settings}>
        {(setting) => (
          <SettingField
            setting={setting}
            control={form.register(fieldOf(setting.key))}
            error={errors[fieldOf(setting.key)]?.message}
            changed={Boolean(dirtyFields[fieldOf(setting.key)])}
            onDefault={() =>
              form.setValue(fieldOf(setting.key), defaults[setting.key] ?? "", {
                shouldDirty: true,
                shouldValidate: true,
              })
            }
            zone={zone}
            now={now}
          />
        )}
      </SettingPanels>
      <SaveBar
        changes={Object.values(dirtyFields).filter(Boolean).length}
        pending={pending}
        onDiscard={() => form.reset()}
      />
    </Form>
  );
}

/** A name with a dot would be that of a field within another. */
const fieldOf = (key: string) => key.replaceAll(".", "-");

const refusedOf = (wrong: number, changed: number) =>
  changed === 1
    ? "The setting is not saved."
    : `${wrong} of ${changed} settings ${wrong === 1 ? "is" : "are"} not saved.`;

"use client";
import { type SubmitEvent, useActionState, useEffect, useRef, useState, useTransition } from "react";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { unanswered } from "@/components/form/unanswered";
import { AdministratorFields } from "@/components/setup/administrator-fields";
import { PresetCards } from "@/components/setup/preset-cards";
import { SetupStep } from "@/components/setup/setup-step";
import { type SetupField, setupLabels, setupSteps } from "@/components/setup/setup-steps";
import { SetupSummary } from "@/components/setup/setup-summary";
import { useCodeFromAddress } from "@/components/setup/use-code-from-address";
import { useSteps } from "@/components/setup/use-steps";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { useScripted } from "@/components/ui/use-scripted";
import { checkSetupAction, checkSetupCodeAction, completeSetupAction, type SetupState } from "@/lib/setup/actions";
import type { PresetChoice } from "@/lib/setup/queries";

type Entered = Record<SetupField, string>;

const untouched: SetupState = { kept: {}, message: null, fields: {} };
const summary = setupSteps.length - 1;

/** Four steps and one commit. Without JavaScript they are on one page, which the browser posts. */
export function SetupForm({ presets }: { presets: PresetChoice[] }) {
  const [posted, post] = useActionState(completeSetupAction, untouched);
  const [answered, setAnswered] = useState<SetupState | null>(null);
  const [entered, setEntered] = useState<Partial<Entered>>({});
  const [pending, startTransition] = useTransition();
  const scripted = useScripted();
  const form = useRef<HTMLFormElement>(null);
  const { kept, message, fields } = answered ?? posted;
  const { step, open, back } = useSteps(stepOf(posted) ?? 0);
  useCodeFromAddress(form, "code");

  const drawn = useRef(step);
  useEffect(() => {
    const [wrong] = Object.keys(fields);
    const moved = drawn.current !== step;
    drawn.current = step;
    const shown = form.current?.querySelector(":scope > section:not([hidden])");
    const field = wrong && shown?.querySelector<HTMLElement>(`[name="${wrong}"]`);
    if (field) field.focus();
    else if (moved) firstOf(shown, "input:checked", "input", "h2")?.focus();
  }, [fields, step]);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending || !isComplete(event.currentTarget)) return;
    const data = new FormData(event.currentTarget);
    setEntered(enteredIn(data));
    startTransition(async () => {
      const refused = await answerTo(step, data);
      setAnswered(refused ?? untouched);
      const next = refused ? stepOf(refused) : step + 1;
      if (next !== undefined && next !== step) open(next);
    });
  }

  const at = (number: number) => ({ number: number + 1, hidden: number !== step, scripted });
  return (
    <>
      <ErrorSummary problem={message === null ? null : { code: "refused", message, fields }} labels={setupLabels} />
      <form ref={form} action={post} onSubmit={submit} noValidate={scripted} className="grid gap-8">
        <SetupStep
          {...at(0)}
          title="Code"
          lead="Printed in the server's log when it started, with a link that fills it in."
        >
          <Field label={setupLabels.code} hint="Hyphens and case don't matter." error={fields.code}>
            <Input
              name="code"
              fieldSize="l"
              className="font-mono"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              required
              autoFocus
              maxLength={100}
            />
          </Field>
        </SetupStep>
        <SetupStep {...at(1)} title="Roles" lead="The roles that you start with. They can be changed later.">
          <PresetCards presets={presets} chosen={kept.preset} error={fields.preset} />
        </SetupStep>
        <SetupStep {...at(2)} title="First administrator" lead="You'll be signed in with this account.">
          <AdministratorFields kept={kept} fields={fields} />
        </SetupStep>
        {scripted && (
          <SetupStep
            {...at(summary)}
            title="Summary"
            lead="Check what will be created. Afterwards you're signed in, and this page is closed."
          >
            <SetupSummary preset={presets.find(({ key }) => key === entered.preset)} entered={entered} />
          </SetupStep>
        )}
        <div className="flex gap-2.5 [&>:last-child]:flex-1">
          {scripted && step > 0 && (
            <Button
              size="l"
              className="w-auto!"
              reason={pending ? "Waiting for the server." : undefined}
              onClick={back}
            >
              Back
            </Button>
          )}
          <SubmitButton size="l" pending={pending} pendingLabel={step === summary ? "Setting up" : "Checking"}>
            {scripted ? step === summary ? "Set up Gatehouse" : "Continue" : <UnscriptedLabel />}
          </SubmitButton>
        </div>
      </form>
    </>
  );
}

/** Before the script has run, what will be there once it has. */
function UnscriptedLabel() {
  return (
    <>
      <span className="[@media(scripting:enabled)]:hidden">Set up Gatehouse</span>
      <span className="hidden [@media(scripting:enabled)]:inline">Continue</span>
    </>
  );
}

/** The step of the first field that is wrong. */
function stepOf({ fields }: SetupState): number | undefined {
  const step = setupSteps.findIndex((names) => names.some((name) => fields[name]));
  return step < 0 ? undefined : step;
}

const enteredIn = (data: FormData) =>
  Object.fromEntries(Object.keys(setupLabels).map((name) => [name, String(data.get(name) ?? "")])) as Entered;

const firstOf = (within: Element | null | undefined, ...selectors: string[]) =>
  selectors.map((selector) => within?.querySelector<HTMLElement>(selector)).find(Boolean);

/** The browser asks for what is missing in the step that is shown. */
const isComplete = (form: HTMLFormElement) =>
  [...form.querySelectorAll<HTMLInputElement>(":scope > section:not([hidden]) input")].every((input) =>
    input.reportValidity(),
  );

/** What the server refuses at this step; null when it continues. The last step ends on another page. */
async function answerTo(step: number, data: FormData): Promise<SetupState | null> {
  try {
    if (step === summary) return await completeSetupAction(untouched, data);
    if (step === 1) return null;
    const entered = enteredIn(data);
    const result = await (step === 0 ? checkSetupCodeAction({ code: entered.code }) : checkSetupAction(entered));
    return result.ok ? null : { kept: {}, message: result.message, fields: result.fields ?? {} };
  } catch (error) {
    return { ...untouched, message: unanswered(error, "The server didn't respond. Your entries are kept. Try again.") };
  }
}

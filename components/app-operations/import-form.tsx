"use client";
import { useRef } from "react";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import type { FormProblem } from "@/components/form/problem";
import { SubmitButton } from "@/components/form/submit-button";
import { useLateForm } from "@/components/form/use-late-form";
import { Button } from "@/components/ui/button";
import { Note } from "@/components/ui/note";
import { Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import { toast } from "@/components/ui/toaster";
import { importOperationsAction } from "@/lib/app-operations/actions";
import { mostText } from "@/lib/app-operations/limits";

const example = '[{ "key": "project.create", "sentence": "Create a project" }]';

type Fault = { line: number; sentence: string };

/** A list as the product writes it: pasted, or read from a file in this browser. */
export function ImportForm() {
  const file = useRef<HTMLInputElement>(null);
  const { formProps, register, errors, pending, problem, withForm, control } = useLateForm({
    schema: () => import("@/lib/app-operations/schema").then((module) => module.importOperationsSchema),
    action: importOperationsAction,
    defaultValues: { text: "" },
    draft: { form: "import-operations", fields: ["text"] },
    onSuccess: ({ added, changed, kept }, _, form) => {
      form.reset({ text: "" });
      toast.success(`Imported: ${added} added, ${changed} with a new sentence, ${kept} unchanged`);
    },
  });

  async function read(chosen: File | undefined) {
    if (!chosen) return;
    const tooLong = chosen.size > mostText * 4;
    const text = tooLong ? "" : await chosen.text();
    withForm((form) => {
      if (tooLong)
        return form.setError("text", { message: `${chosen.name} is too long: a list has at most 200,000 characters.` });
      form.setValue("text", text, { shouldDirty: true });
      form.clearErrors("text");
      form.setFocus("text");
    });
  }

  return (
    <Form {...formProps} aria-label="Import operations">
      {control}
      <Panel>
        <PanelHead
          title="Import operations"
          actions={
            <>
              <input
                ref={file}
                type="file"
                accept=".json,application/json"
                aria-label="File with operations"
                tabIndex={-1}
                className="sr-only"
                onChange={(event) => {
                  void read(event.target.files?.[0]);
                  event.target.value = "";
                }}
              />
              <Button size="s" onClick={() => file.current?.click()}>
                <SpriteIcon name="upload" />
                Choose a file
              </Button>
            </>
          }
        />
        <PanelBody>
          <Faults problem={problem} />
          <Field
            label="List"
            error={errors?.text?.message}
            hint={
              <>
                JSON, as in <span className="font-mono">{example}</span>. New operations are added and names are
                updated; none are removed. If one entry is invalid, nothing is imported.
              </>
            }
          >
            <textarea
              {...register("text")}
              rows={7}
              spellCheck={false}
              className="field h-auto! resize-y py-2 font-mono"
            />
          </Field>
        </PanelBody>
        <PanelFoot
          actions={
            <SubmitButton pending={pending} pendingLabel="Importing">
              Import
            </SubmitButton>
          }
        />
      </Panel>
    </Form>
  );
}

function Faults({ problem }: { problem: FormProblem | null }) {
  if (!problem) return null;
  const { faults = [] } = (problem.details ?? {}) as { faults?: Fault[] };
  return (
    <Note tone="danger" role="alert" title={problem.message}>
      {faults.length > 0 && (
        <ul className="mt-1 grid gap-0.5">
          {faults.map(({ line, sentence }) => (
            <li key={`${line} ${sentence}`}>
              Line {line}: {sentence}
            </li>
          ))}
        </ul>
      )}
    </Note>
  );
}

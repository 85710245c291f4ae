"use client";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useLateForm } from "@/components/form/use-late-form";
import { Input } from "@/components/ui/input";
import { Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";
import { toast } from "@/components/ui/toaster";
import { declareOperationAction } from "@/lib/app-operations/actions";

const empty = { key: "", sentence: "" };

export function DeclareForm() {
  const { formProps, register, errors, pending, problem, control } = useLateForm({
    schema: () => import("@/lib/app-operations/schema").then((module) => module.declareOperationSchema),
    action: declareOperationAction,
    defaultValues: empty,
    draft: { form: "declare-operation", fields: ["key", "sentence"] },
    onSuccess: ({ key }, _, form) => {
      // First: a form that was reset knows its fields again only once they are drawn.
      form.setFocus("key");
      form.reset(empty);
      toast.success(`${key} is declared`);
    },
  });
  return (
    <Form {...formProps} aria-label="Declare an operation">
      {control}
      <Panel>
        <PanelHead title="Declare an operation" titleId="declare-operation" />
        <PanelBody>
          {problem && Object.keys(problem.fields).length === 0 && <ErrorSummary problem={problem} />}
          <Field
            label="Key"
            error={errors?.key?.message}
            hint="A noun, a full stop and a verb, such as project.create."
          >
            <Input {...register("key")} autoComplete="off" spellCheck={false} className="font-mono" />
          </Field>
          <Field label="Sentence" error={errors?.sentence?.message} hint="What it lets people do: Create a project.">
            <Input {...register("sentence")} autoComplete="off" />
          </Field>
        </PanelBody>
        <PanelFoot
          actions={
            <SubmitButton pending={pending} pendingLabel="Declaring">
              Declare
            </SubmitButton>
          }
        />
      </Panel>
    </Form>
  );
}

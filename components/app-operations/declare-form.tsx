"use client";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { Input } from "@/components/ui/input";
import { Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";
import { toast } from "@/components/ui/toaster";
import { declareOperationAction } from "@/lib/app-operations/actions";

const empty = { key: "", sentence: "" };

export function DeclareForm() {
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/app-operations/schema").then((module) => module.declareOperationSchema),
    action: declareOperationAction,
    defaultValues: empty,
    draft: { form: "declare-operation", fields: ["key", "sentence"] },
    onSuccess: ({ key }) => {
      form.reset(empty);
      form.setFocus("key");
      toast.success(`${key} is declared`);
    },
  });
  const { errors } = form.formState;
  return (
    <Form {...formProps} aria-label="Declare an operation">
      <Panel>
        <PanelHead title="Declare an operation" titleId="declare-operation" />
        <PanelBody>
          {problem && Object.keys(problem.fields).length === 0 && <ErrorSummary problem={problem} />}
          <Field label="Key" error={errors.key?.message} hint="A noun, a full stop and a verb, such as project.create.">
            <Input {...form.register("key")} autoComplete="off" spellCheck={false} className="font-mono" />
          </Field>
          <Field label="Sentence" error={errors.sentence?.message} hint="What it lets people do: Create a project.">
            <Input {...form.register("sentence")} autoComplete="off" />
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

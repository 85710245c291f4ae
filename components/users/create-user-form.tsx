"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { z } from "zod";
import { isLogged } from "@/components/access/use-confirmed";
import { ErrorSummary } from "@/components/form/error-summary";
import { Form } from "@/components/form/form";
import type { Refusal } from "@/components/form/problem";
import { useActionForm } from "@/components/form/use-action-form";
import { HandOver } from "@/components/links/hand-over";
import { toast } from "@/components/ui/toaster";
import { ArchivedOffer } from "@/components/users/archived-offer";
import { CredentialsStep, IdentityStep } from "@/components/users/create-steps";
import { CreateSummary } from "@/components/users/create-summary";
import { CreatedOffers } from "@/components/users/created-offers";
import {
  blankPlacement,
  nothingPlaced,
  type Placed,
  type Placement,
  PlacementStep,
} from "@/components/users/placement-step";
import { Steps } from "@/components/users/steps";
import { StepsFoot } from "@/components/users/steps-foot";
import { useAskedAhead } from "@/components/users/use-asked-ahead";
import { useSteps } from "@/components/users/use-steps";
import type { OfferedConfiguration } from "@/lib/identity-providers/queries";
import type { AccessPreview } from "@/lib/previews/preview";
import type { RoleOption } from "@/lib/roles/queries";
import { checkNewNamesAction, createUserAction, previewCreateUserAction } from "@/lib/users/actions";
import type { createUserSchema } from "@/lib/users/schema";

export type CreateInput = z.input<typeof createUserSchema>;

/** Fields by the step that shows them; a refused field opens its step. */
const steps: { label: string; fields: (keyof CreateInput)[] }[] = [
  { label: "Identity", fields: ["email", "firstName", "lastName", "username", "configuration"] },
  { label: "Roles and groups", fields: ["primaryRoleId", "additionalRoleIds", "managerId", "groupIds"] },
  { label: "Credentials", fields: ["credentials", "password", "confirmPassword", "mustChangePassword", "notify"] },
];

const inOrder = steps.flatMap(({ fields }) => fields);

type CreateUserFormProps = {
  roles: RoleOption[];
  /** Where "Cancel" leads on a page of its own; in the dialog it closes. */
  cancelHref?: string;
  onSecretShown?: () => void;
  /** Whether a link can be mailed. */
  mail: boolean;
  /** The providers beside `default`. */
  configurations: OfferedConfiguration[];
};

/** What is shown once before the wizard is left. */
type Secret = { kind: "password" | "link"; secret: string; expiresAt: Date | null };

/** Who was created, and where to continue. */
type Receipt = { id: string; onwards: string; name: string };

/** "Create User": one wizard, one form, one commit (U4). */
export function CreateUserForm({ roles, mail, configurations, cancelHref, onSecretShown }: CreateUserFormProps) {
  const router = useRouter();
  const { step, setStep, body, isOpen } = useSteps();
  const [created, setCreated] = useState<(Receipt & { secrets: Secret[] }) | null>(null);
  const [refused, setRefused] = useState<{ field: keyof CreateInput }>();
  const [foreseen, setForeseen] = useState<AccessPreview | null>(null);
  const [placed, setPlaced] = useState<Placed>(nothingPlaced);
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/users/schema").then((module) => module.createUserSchema),
    action: createUserAction,
    defaultValues: blank(roles, mail),
    draft: {
      form: "create-user",
      fields: [
        "username",
        "email",
        "firstName",
        "lastName",
        "primaryRoleId",
        "additionalRoleIds",
        "managerId",
        "groupIds",
      ],
      beside: { value: placed, restore: setPlaced },
    },
    onSuccess: ({ id, onwards, password, link, linkExpiresAt }, input) => {
      const name = `${input.firstName} ${input.lastName}`.trim();
      const secrets: Secret[] = [
        ...(password ? [{ kind: "password" as const, secret: password, expiresAt: null }] : []),
        ...(link ? [{ kind: "link" as const, secret: link, expiresAt: linkExpiresAt }] : []),
      ];
      if (secrets.length === 0) return leave({ id, onwards, name });
      setCreated({ id, onwards, name, secrets });
      onSecretShown?.();
    },
    onRefused: (refusal) => {
      showRefused(refusal);
      return undefined;
    },
  });

  const { refused: refusedAhead, asking, asked } = useAskedAhead(form);

  // A field can take the focus only once its step is drawn.
  useEffect(() => {
    if (refused) form.setFocus(refused.field);
  }, [refused, form]);

  function leave({ id, onwards, name }: Receipt) {
    toast.success(`${name} is created`, { description: <CreatedOffers id={id} onwards={onwards} /> });
    router.replace(onwards);
  }

  function showRefused({ fields }: Refusal) {
    const wrong = inOrder.find((field) => fields?.[field]);
    if (wrong) openStepOf([wrong]);
    setRefused(wrong && { field: wrong });
  }

  function openStepOf(fields: string[]) {
    const at = steps.findIndex((each) => each.fields.some((field) => fields.includes(field)));
    if (at >= 0) setStep(at);
  }

  async function proceed() {
    const next = await asked(async (ask) => {
      if (!(await form.trigger(steps[step]?.fields, { shouldFocus: true }))) return false;
      const values = form.getValues();
      if (step === 0) {
        const names = await ask(() => checkNewNamesAction({ username: values.username, email: values.email }));
        if (!names.ok && isOpen(step)) showRefused(names);
        return names.ok;
      }
      const answer = await ask(() => previewCreateUserAction(withoutCredentials(values)), isLogged);
      setForeseen(answer.ok ? answer.value : null);
      if (!answer.ok && isOpen(step)) showRefused(answer);
      return answer.ok || isLogged(answer);
    });
    if (next && isOpen(step)) setStep(step + 1);
  }

  function place(changed: Partial<Placement>) {
    for (const [field, value] of Object.entries(changed)) {
      form.setValue(field as keyof Placement, value, { shouldDirty: true });
      form.clearErrors(field as keyof Placement);
    }
  }

  const [primaryRoleId, additionalRoleIds] = form.watch(["primaryRoleId", "additionalRoleIds"]);
  const shown = refusedAhead ?? problem;
  const last = step === steps.length - 1;
  const secret = created?.secrets[0];
  return (
    <Form
      {...formProps}
      flush
      aria-label="Create User"
      className="flex min-h-0 flex-col"
      onSubmit={(event) => {
        if (last) {
          openStepOf(Object.keys(form.formState.errors));
          formProps.onSubmit(event);
          return;
        }
        event.preventDefault();
        if (!asking) void proceed();
      }}
    >
      <div className="grid min-h-[336px] grid-cols-[168px_minmax(0,1fr)] overflow-hidden max-s:grid-cols-1">
        <Steps labels={steps.map(({ label }) => label)} current={step} onChoose={(at) => at < step && setStep(at)} />
        <div ref={body} className="grid min-w-0 content-start gap-4 overflow-auto p-5 max-s:p-4">
          <ErrorSummary problem={shown} actions={<ArchivedOffer details={shown?.details} />} />
          <fieldset hidden={step !== 0} className="min-w-0">
            <IdentityStep form={form} configurations={configurations} mail={mail} />
          </fieldset>
          <fieldset hidden={step !== 1} className="min-w-0">
            <PlacementStep
              roles={roles}
              value={{ primaryRoleId, additionalRoleIds }}
              onChange={place}
              errors={form.formState.errors}
              placed={placed}
              onPlaced={setPlaced}
            />
          </fieldset>
          <fieldset hidden={step !== 2} className="min-w-0">
            <CredentialsStep form={form} configurations={configurations} mail={mail} />
            {last && (
              <CreateSummary
                names={[`${form.getValues("firstName")} ${form.getValues("lastName")}`.trim()]}
                roleIds={[primaryRoleId, ...additionalRoleIds]}
                roles={roles}
                placed={placed}
                preview={foreseen}
              />
            )}
          </fieldset>
        </div>
      </div>
      {created && secret && (
        <HandOver
          key={secret.kind}
          {...secret}
          name={created.name}
          onStored={() => {
            const secrets = created.secrets.slice(1);
            if (secrets.length === 0) leave(created);
            else setCreated({ ...created, secrets });
          }}
        />
      )}
      <StepsFoot
        onBack={step > 0 ? () => setStep(step - 1) : undefined}
        cancelHref={cancelHref}
        last={last ? { verb: "Create", pendingLabel: "Creating", pending } : null}
        asking={asking}
      />
    </Form>
  );
}

/** What somebody will hold does not depend on how they get a password. */
const withoutCredentials = (values: CreateInput): CreateInput => ({
  ...values,
  credentials: values.configuration === "default" ? "invite" : "provider",
  password: "",
  confirmPassword: "",
  notify: false,
});

function blank(roles: RoleOption[], mail: boolean): CreateInput {
  return {
    ...blankPlacement(roles),
    configuration: "default",
    username: "",
    email: "",
    firstName: "",
    lastName: "",
    credentials: mail ? "invite" : "generate",
    password: "",
    confirmPassword: "",
    mustChangePassword: true,
    notify: false,
  };
}

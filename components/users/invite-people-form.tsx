"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import type { z } from "zod";
import { isLogged } from "@/components/access/use-confirmed";
import { ErrorSummary } from "@/components/form/error-summary";
import { Field } from "@/components/form/field";
import { Form } from "@/components/form/form";
import type { Refusal } from "@/components/form/problem";
import { useActionForm } from "@/components/form/use-action-form";
import { HandOverLinks } from "@/components/links/hand-over-links";
import { toast } from "@/components/ui/toaster";
import { CreateSummary } from "@/components/users/create-summary";
import { InvitePreview } from "@/components/users/invite-preview";
import { type InviteResult, InviteResultNotes, invitedWords } from "@/components/users/invite-result";
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
import { counted } from "@/lib/lists/format-total";
import { userList } from "@/lib/people/pages";
import type { AccessPreview } from "@/lib/previews/preview";
import type { RoleOption } from "@/lib/roles/queries";
import { inviteUsersAction, previewCreateUserAction, readInviteesAction } from "@/lib/users/actions";
import type { Invited, InviteOutcome } from "@/lib/users/invitees/invite-users";
import type { Invitees } from "@/lib/users/invitees/read-invitees";
import type { inviteFormSchema } from "@/lib/users/invitees/schema";

type InviteInput = z.input<typeof inviteFormSchema>;

const steps: { label: string; fields: (keyof InviteInput)[] }[] = [
  { label: "Addresses", fields: ["text"] },
  { label: "Roles and groups", fields: ["primaryRoleId", "additionalRoleIds", "managerId", "groupIds"] },
  { label: "Preview", fields: [] },
];

type InvitePeopleFormProps = {
  roles: RoleOption[];
  /** Whether links can be mailed. */
  mail: boolean;
  cancelHref?: string;
  onSecretShown?: () => void;
};

/** "Invite people": a pasted list of addresses, what all of them come to hold, and one press for all. */
export function InvitePeopleForm({ roles, mail, cancelHref, onSecretShown }: InvitePeopleFormProps) {
  const router = useRouter();
  const { step, setStep, body, isOpen } = useSteps();
  const [found, setFound] = useState<Invitees>({ invitees: [], leftOut: [] });
  const [usernames, setUsernames] = useState<Record<string, string>>({});
  const [foreseen, setForeseen] = useState<AccessPreview | null>(null);
  const [placed, setPlaced] = useState<Placed>(nothingPlaced);
  const [result, setResult] = useState<InviteResult | null>(null);
  const [links, setLinks] = useState<Invited[]>([]);
  const people = found.invitees.map((one) => ({ ...one, username: usernames[one.email] ?? one.username }));
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/users/invitees/schema").then((module) => module.inviteFormSchema),
    action: ({ text: _, ...placement }: InviteInput) =>
      inviteUsersAction({ ...placement, people: people.map(({ text: __, ...person }) => person) }),
    defaultValues: { text: "", ...blankPlacement(roles) },
    draft: {
      form: "invite-people",
      fields: ["text", "primaryRoleId", "additionalRoleIds", "managerId", "groupIds"],
      beside: { value: placed, restore: setPlaced },
    },
    onSuccess: (outcome) => {
      const made = resultOf(outcome, found);
      const shown = outcome.invited.filter(({ link }) => link !== null);
      setLinks(shown);
      setResult(made);
      if (shown.length > 0) onSecretShown?.();
      else if (made.left.length === 0) leave(made);
    },
    onRefused: (refusal) => {
      showRefused(refusal);
      return undefined;
    },
  });
  const { refused, asking, asked } = useAskedAhead(form);

  // What was sent counts as stored once it has been, so what is left of it comes after that; the form stays as it is while
  // links lie over it.
  const over = links.length > 0;
  useEffect(() => {
    if (!result || result.left.length === 0 || over) return;
    form.setValue("text", result.left.map(({ text }) => text).join("\n"), { shouldDirty: true });
    setStep(0);
  }, [result, over, form, setStep]);

  function leave(made: InviteResult) {
    toast.success(invitedWords(made));
    router.replace(userList);
  }

  function showRefused({ fields }: Refusal) {
    const at = steps.findIndex((each) => each.fields.some((field) => fields?.[field]));
    if (at >= 0) setStep(at);
  }

  async function proceed() {
    const next = await asked(async (ask) => {
      if (!(await form.trigger(steps[step]?.fields, { shouldFocus: true }))) return false;
      const { text, ...placement } = form.getValues();
      const read = await ask(() => readInviteesAction({ text }));
      if (!read.ok && isOpen(step)) showRefused(read);
      if (!read.ok) return false;
      setFound(read.value);
      const [first] = read.value.invitees;
      if (step === 0 || !first) return true;
      const answer = await ask(() => previewCreateUserAction(alone(first, placement)), isLeft);
      setForeseen(answer.ok ? answer.value : null);
      if (!answer.ok && !isLeft(answer) && isOpen(step)) showRefused(answer);
      return answer.ok || isLeft(answer);
    });
    if (!next || !isOpen(step)) return;
    setResult(null);
    setStep(step + 1);
  }

  function place(changed: Partial<Placement>) {
    for (const [field, value] of Object.entries(changed)) {
      form.setValue(field as keyof Placement, value, { shouldDirty: true });
      form.clearErrors(field as keyof Placement);
    }
  }

  const [primaryRoleId, additionalRoleIds] = form.watch(["primaryRoleId", "additionalRoleIds"]);
  const last = step === steps.length - 1;
  return (
    <Form
      {...formProps}
      flush
      aria-label="Invite people"
      className="flex min-h-0 flex-col"
      onSubmit={(event) => {
        if (last) return formProps.onSubmit(event);
        event.preventDefault();
        if (!asking) void proceed();
      }}
    >
      <div className="grid min-h-[336px] grid-cols-[168px_minmax(0,1fr)] overflow-hidden max-s:grid-cols-1">
        <Steps labels={steps.map(({ label }) => label)} current={step} onChoose={(at) => at < step && setStep(at)} />
        <div ref={body} className="grid min-w-0 content-start gap-4 overflow-auto p-5 max-s:p-4">
          <ErrorSummary problem={refused ?? problem} />
          {result && step === 0 && <InviteResultNotes result={result} />}
          <fieldset hidden={step !== 0} className="min-w-0">
            <Field
              label="Addresses"
              error={form.formState.errors.text?.message}
              hint="Up to 200 people, separated by commas, semicolons, spaces or lines. Names are recognized as well: Eva Engineer <eva@example.com>."
            >
              <textarea
                {...form.register("text", { onChange: () => form.clearErrors("text") })}
                rows={9}
                spellCheck={false}
                autoCapitalize="none"
                className="field h-auto! resize-y py-2"
              />
            </Field>
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
          <fieldset hidden={!last} className="min-w-0">
            {last && (
              <>
                <InvitePreview
                  people={people}
                  leftOut={found.leftOut}
                  mail={mail}
                  onUsername={(email, username) => setUsernames({ ...usernames, [email]: username })}
                />
                {people.length > 0 && (
                  <CreateSummary
                    names={people.map(({ firstName, lastName }) => `${firstName} ${lastName}`.trim())}
                    roleIds={[primaryRoleId, ...additionalRoleIds]}
                    roles={roles}
                    placed={placed}
                    preview={foreseen}
                  />
                )}
              </>
            )}
          </fieldset>
        </div>
      </div>
      {result && links.length > 0 && (
        <HandOverLinks
          links={links}
          onStored={() => {
            setLinks([]);
            if (result.left.length === 0) leave(result);
          }}
        />
      )}
      <StepsFoot
        onBack={step > 0 ? () => setStep(step - 1) : undefined}
        cancelHref={cancelHref}
        last={
          last
            ? {
                verb: mail
                  ? `Send ${counted(people.length, "invitation")}`
                  : `Create ${counted(people.length, "user")} and show ${people.length === 1 ? "the link" : "links"}`,
                pendingLabel: mail ? "Sending" : "Creating",
                pending,
                reason: people.length === 0 ? "None of these addresses can be invited." : undefined,
              }
            : null
        }
        asking={asking}
      />
    </Form>
  );
}

/** Said when it is sent: the log records it then, and a name that was taken since affects one line alone. */
const isLeft = (refusal: Refusal) => isLogged(refusal) || Boolean(refusal.fields?.email ?? refusal.fields?.username);

/** One of them as "Create User" would send it, since all of them come to hold the same. */
const alone = ({ text: _, ...person }: Invitees["invitees"][number], placement: Placement) => ({
  ...{ ...person, ...placement },
  ...{ configuration: "default", credentials: "invite" as const, password: "", confirmPassword: "" },
  ...{ mustChangePassword: false, notify: false },
});

/** What was in the list twice has been answered once. */
function resultOf({ invited, already, refused }: InviteOutcome, { invitees, leftOut }: Invitees): InviteResult {
  const textOf = new Map(invitees.map(({ email, text }) => [email, text]));
  return {
    invited: invited.length,
    already: already.length,
    left: [
      ...refused.map(({ email, reason }) => ({ text: textOf.get(email) ?? email, reason })),
      ...leftOut.filter(({ why }) => why !== "repeated").map(({ text, reason }) => ({ text, reason })),
    ],
  };
}

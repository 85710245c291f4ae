"use client";
import { useRouter } from "next/navigation";
import type { z } from "zod";
import { ErrorSummary } from "@/components/form/error-summary";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useActionForm } from "@/components/form/use-action-form";
import { LinkButton } from "@/components/ui/button";
import { StickyFoot } from "@/components/ui/sticky-foot";
import { toast } from "@/components/ui/toaster";
import { createRoleAction } from "@/lib/roles/actions";
import type { RoleFormParts, RoleValues } from "@/lib/roles/detail";
import type { createRoleSchema, HeldOperation, RoleKind } from "@/lib/roles/schema";
import { RoleFields } from "./role-fields";
import { inOrder, sorted } from "./role-values";

const edited = { shouldDirty: true };

type CreateRoleFormProps = {
  parts: RoleFormParts;
  begin: RoleValues;
  /** What every primary role carries at least: offered while nothing else is ticked. */
  floor: HeldOperation[];
};

export function CreateRoleForm({ parts, begin, floor }: CreateRoleFormProps) {
  const router = useRouter();
  const { form, formProps, pending, problem } = useActionForm({
    schema: () => import("@/lib/roles/schema").then((module) => module.createRoleSchema),
    action: createRoleAction,
    defaultValues: inOrder(begin) as z.input<typeof createRoleSchema>,
    draft: { form: "create-role", fields: ["name", "description", "kind", "rank", "combinesWith", "operations"] },
    onSuccess: ({ id }, { name }) => {
      toast.success(`${name.trim()} is created`);
      router.push(`/admin/roles/${id}`);
    },
  });
  const { errors } = form.formState;
  const [kind, rank, combinesWith, operations] = form.watch(["kind", "rank", "combinesWith", "operations"]);
  const least = sorted(floor);
  const same = (a: HeldOperation[], b: HeldOperation[]) => JSON.stringify(a) === JSON.stringify(b);

  function choose(next: RoleKind) {
    const primary = next === "primary";
    form.setValue("kind", next, edited);
    form.setValue("rank", primary ? (begin.rank ?? parts.ladder.length + 1) : null, edited);
    form.setValue("combinesWith", [], edited);
    if (primary && operations.length === 0) form.setValue("operations", least, edited);
    if (!primary && same(operations, least)) form.setValue("operations", [], edited);
  }

  return (
    <Form {...formProps} className="grid max-w-[760px] gap-4 l:max-w-[1136px]" aria-label="Role">
      <div className="empty:hidden">
        <ErrorSummary problem={problem} />
      </div>
      <RoleFields
        parts={parts}
        name={form.register("name")}
        description={form.register("description")}
        value={{ kind, rank, combinesWith, operations }}
        onKind={choose}
        onChange={(change) => {
          for (const [field, value] of Object.entries(change))
            form.setValue(field as "rank" | "combinesWith" | "operations", value as never, edited);
        }}
        errors={{
          name: errors.name?.message,
          description: errors.description?.message,
          kind: errors.kind?.message,
          rank: errors.rank?.message,
          combinesWith: errors.combinesWith?.message,
          operations: errors.operations?.message,
        }}
      />
      <StickyFoot>
        <LinkButton href="/admin/roles">Cancel</LinkButton>
        <SubmitButton pending={pending} pendingLabel="Creating">
          Create role
        </SubmitButton>
      </StickyFoot>
    </Form>
  );
}

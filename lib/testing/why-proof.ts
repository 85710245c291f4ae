import { eq } from "drizzle-orm";
import { expect } from "vitest";
import type { z } from "zod";
import type { Tx } from "@/db/client";
import { groups, roleCombinations, roleOperations, roles } from "@/db/schema";
import type { Asked } from "@/lib/access/explain";
import { waysOf } from "@/lib/access/makers";
import type { Proposal, ProposedChange } from "@/lib/access/proposals";
import { candidatesFor, standFor } from "@/lib/access/suggest";
import { type AccessTarget, authorize } from "@/lib/authz/authorize";
import { answerOf, type Decision, yes } from "@/lib/authz/decision";
import type { Ctx, Person } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { addMember } from "@/lib/groups/commands/add-member";
import { updateGroup } from "@/lib/groups/commands/update";
import type { AnyCommand, Command } from "@/lib/kernel/command";
import { run } from "@/lib/kernel/run";
import { findPerson } from "@/lib/people/scoped";
import { updateRole } from "@/lib/roles/commands/update";
import { enableUser } from "@/lib/users/commands/disable";
import { updateUser } from "@/lib/users/commands/update";
import { updateAccess } from "@/lib/users/commands/update-access";
import { storedForm } from "@/lib/users/conflict";

/** The command behind a way of making a change, with what its form would send, as far as the one who fills it in sees it. */
export type Form = { target: AccessTarget; command: AnyCommand; input: (ctx: Ctx) => Promise<unknown> };

const form = <S extends z.ZodType, V>(
  target: AccessTarget,
  command: Command<S, V>,
  input: (ctx: Ctx) => Promise<z.output<S>>,
): Form => ({ target, command, input });

/** In the order of `waysOf`. */
export function formsOf(change: ProposedChange): Form[] {
  switch (change.kind) {
    case "roles":
    case "manager":
    case "end":
      return [form({ person: change.person }, updateUser, (ctx) => details(ctx, change))];
    case "enable":
      return [form({ person: change.person }, enableUser, async () => ({ id: change.person.id }))];
    case "join": {
      const { person, group } = change;
      const joining = { groupId: group.id, userId: person.id, endsAt: null };
      return [
        form({ person, ownerId: group.ownerId }, addMember, async () => joining),
        form({ person }, updateAccess, (ctx) => memberships(ctx, change)),
      ];
    }
    case "owner":
      return [form({ person: null, ownerId: change.group.ownerId }, updateGroup, (ctx) => owner(ctx, change))];
    case "carry":
      return [form({ person: null }, updateRole, (ctx) => carried(ctx, change))];
  }
}

/** What somebody who makes a change in this way gets of it, before it is rolled back; or why they are refused. */
export async function tried<T>(
  ctx: Ctx<Person>,
  { command, input }: Form,
  inspect: (tx: Tx) => Promise<T>,
): Promise<{ inspected: T } | { refusal: Decision }> {
  try {
    const used = command as Command<z.ZodType, unknown>;
    return await run(ctx, used, await input(ctx), { dryRun: true, inspect });
  } catch (error) {
    return { refusal: answerOf(error) };
  }
}

/**
 * Each way of a proposal is answered as its command answers the person who tries it. Returns the decisions of those who may try it. Nobody
 * whose account is not in force sees an answer, or is named in one.
 */
export async function askedAsTried(makers: Ctx<Person>[], asked: Asked, proposal: Proposal): Promise<Decision[]> {
  const decisions: Decision[] = [];
  const forms = formsOf(proposal.change);
  for (const ctx of makers) {
    if (!(await isInForce(ctx))) continue;
    const { stand, viewer } = await standFor(ctx, asked, [proposal], await candidatesFor(ctx, asked, [proposal]));
    const ways = waysOf(proposal, stand);
    expect(ways.length).toBe(forms.length);
    for (const [index, way] of ways.entries()) {
      const used = forms[index] as Form;
      if (!(await authorize(ctx, ctx.db, way.operation, used.target)).ok) continue;
      const answer = way.allows(viewer);
      const made = await tried(ctx, used, async () => yes);
      const what = `${proposal.steps.join("; ")} by ${used.command.key} of ${ctx.actor.id}`;
      expect({ what, decision: answer }).toEqual({ what, decision: "refusal" in made ? made.refusal : yes });
      decisions.push(answer);
    }
  }
  return decisions;
}

const isInForce = (ctx: Ctx<Person>) =>
  ctx.actor.renew(ctx.db as Tx, ctx.now()).then(
    () => true,
    () => false,
  );

async function personForm(ctx: Ctx, id: string) {
  const person = await findPerson(ctx, "user.read", id);
  if (!person) throw notFound("The user");
  return { person, form: await storedForm(ctx.db, person) };
}

async function details(ctx: Ctx, change: Extract<ProposedChange, { kind: "roles" | "manager" | "end" }>) {
  const { person, form } = await personForm(ctx, change.person.id);
  return {
    id: person.id,
    version: form.version,
    email: form.email,
    firstName: form.firstName,
    lastName: form.lastName,
    primaryRoleId: change.kind === "roles" ? change.primaryRoleId : form.primaryRoleId,
    additionalRoleIds: change.kind === "roles" ? change.additionalRoleIds : form.additionalRoleIds,
    managerId: change.kind === "manager" ? change.managerId : form.managerId,
    accessEndsAt: change.kind === "end" ? null : person.accessEndsAt,
    password: "",
    confirmPassword: "",
  };
}

async function memberships(ctx: Ctx, { person, group }: Extract<ProposedChange, { kind: "join" }>) {
  const { form } = await personForm(ctx, person.id);
  const dated = <T extends { endsAt: string | null }>(held: T) => ({
    ...held,
    endsAt: held.endsAt ? new Date(held.endsAt) : null,
  });
  const others = form.memberships.filter(({ groupId }) => groupId !== group.id).map(dated);
  return {
    id: person.id,
    version: form.version,
    memberships: [...others, { groupId: group.id, endsAt: null }],
    roleEnds: form.roleEnds.map(dated),
  };
}

async function owner(ctx: Ctx, { group, ownerId }: Extract<ProposedChange, { kind: "owner" }>) {
  const [stored] = await ctx.db.select().from(groups).where(eq(groups.id, group.id));
  if (!stored) throw notFound("The group");
  const { id, version, name, description } = stored;
  return { id, version, name, description, ownerId };
}

async function carried(ctx: Ctx, { role, operation, scope }: Extract<ProposedChange, { kind: "carry" }>) {
  const roleId = role.id;
  const [stored] = await ctx.db.select().from(roles).where(eq(roles.id, roleId));
  if (!stored) throw notFound("The role");
  const held = await ctx.db
    .select()
    .from(roleOperations)
    .where(eq(roleOperations.roleId, roleId))
    .orderBy(roleOperations.operation, roleOperations.scope);
  const combined = await ctx.db.select().from(roleCombinations).where(eq(roleCombinations.roleId, roleId));
  const { id, version, name, description, rank } = stored;
  return {
    id,
    version,
    name,
    description,
    rank,
    combinesWith: combined.map(({ primaryRoleId }) => primaryRoleId),
    operations: [...held.map((one) => ({ operation: one.operation, scope: one.scope })), { operation, scope }],
  };
}

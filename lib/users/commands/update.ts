import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { userRoles } from "@/db/schema";
import { hashPassword } from "@/lib/auth/password-queue";
import { passwordProblem } from "@/lib/auth/password-rules";
import { requireStepUp } from "@/lib/auth/step-up";
import { refuseWellKnown } from "@/lib/auth/well-known";
import { refuseToLoseAdministration } from "@/lib/authz/administrators";
import type { Grants } from "@/lib/authz/grants";
import { isOver, lastsLonger } from "@/lib/authz/model";
import type { Ctx } from "@/lib/context";
import { invalidField } from "@/lib/errors";
import { command } from "@/lib/kernel/command";
import type { Target } from "@/lib/kernel/steps";
import { revokeLinks } from "@/lib/links/issue";
import { noticeAddressChange } from "@/lib/mail/notice";
import { emailKeyOf } from "@/lib/normalization/email";
import { fullName, nameColumns } from "@/lib/normalization/names";
import { keepPassword } from "@/lib/passwords/store";
import { type HeldBy, heldBy } from "@/lib/people/held";
import { type Kept, refuseKept, withKeeper } from "@/lib/people/keeper";
import { keptPasswordReason } from "@/lib/people/kept-fields";
import { requirePasswordsOpen } from "@/lib/people/only-way-in";
import { userPages } from "@/lib/people/pages";
import { checkManager, checkRoles, requireInSight } from "@/lib/people/placement";
import { lockChosen, lockPerson, type UserRow } from "@/lib/people/scoped";
import { accepted, claimNames, saveUser, traceWith } from "@/lib/people/store";
import { stateAllows } from "@/lib/people/subject";
import { endSessions } from "@/lib/sessions/commands";
import { momentOf, requireEnd, rulesOf } from "@/lib/time/ends";
import { endTokens } from "@/lib/tokens/store";
import { refuseStale } from "@/lib/users/conflict";
import { endCredentials, linksOf } from "@/lib/users/leaving";
import { userOperations } from "@/lib/users/operations";
import { type UpdateUser, updateUserSchema } from "@/lib/users/schema";

/**
 * `overRoleIds`: those of the roles whose end is over, which a later end of the account does not lengthen.
 * `newEnd`: the chosen end of the account, of which "now" is the moment of the change.
 */
type Before = UserRow &
  Kept & {
    held: HeldBy;
    additionalRoleIds: string[];
    overRoleIds: string[];
    newEnd: Date | null;
  };

/** Saves the form "User Details", and nothing that only "Roles and Groups" shows (U6). */
export const updateUser = command(userOperations["user.update"], {
  input: updateUserSchema,
  route: "PATCH /users/{id}",
  before: async (_, { password }) => {
    if (password !== "") refuseWellKnown("password", password);
  },
  target: async ({ ctx, tx, now, locked }, { id, managerId, accessEndsAt }): Promise<Target<Before>> => {
    if (locked.has("organisation")) await lockChosen(tx, [managerId], id);
    const person = await withKeeper(tx, await lockPerson(ctx, tx, "user.read", id));
    const held = await heldBy(tx, id);
    const over = held.roles.filter(({ endsAt }) => isOver(endsAt, now));
    return {
      id,
      person: { id, name: fullName(person) },
      record: {
        ...person,
        held,
        additionalRoleIds: held.roles.map((role) => role.id),
        overRoleIds: over.map((role) => role.id),
        newEnd: momentOf(accessEndsAt, now),
      },
      trace: traceWith(person, held),
    };
  },
  locks: (before, input) => [
    ...(lessens(before, input) ? (["administrators"] as const) : []),
    ...(input.managerId !== before.managerId ? (["organisation"] as const) : []),
  ],
  allowed: stateAllows("user.update"),
  grants: async ({ ctx, tx }, before, input) => {
    const managerId = movesTo(input, before);
    await refuseStale(ctx, tx, before, input.version);
    await requireInSight(ctx, tx, "managerId", [input.managerId], before.managerId);
    if (managerId === null && !changesRoles(input, before) && !changesEnd(before)) return null;
    return { roles: rolesGiven(input, before), managers: managerId ? [{ personId: before.id, managerId }] : [] };
  },
  check: async ({ ctx, tx, now }, before, input) => {
    if (isOneself(ctx, before)) refuseOnOneself(input, before);
    refuseKept(before, input);
    if (before.keeper && input.password !== "")
      throw invalidField("password", keptPasswordReason(fullName(before), before.keeper));
    requireEnd("accessEndsAt", before.newEnd, { endsAt: before.accessEndsAt }, now, rulesOf(input.accessEndsAt));
    if (input.password !== "") {
      refuseUsername(input.password, before.username);
      await requirePasswordsOpen({ ctx, tx }, before);
    }
    if (changesRoles(input, before)) await checkRoles(tx, input.primaryRoleId, input.additionalRoleIds, before);
    const managerId = movesTo(input, before);
    if (managerId) await checkManager(ctx, tx, [before.id], managerId);
  },
  prepare: ({ password }) => (password === "" ? undefined : () => hashPassword(password)),
  change: async ({ ctx, tx }, before, input, hash) => {
    const saved = await saveUser(
      tx,
      before,
      {
        email: input.email,
        firstName: input.firstName,
        lastName: input.lastName,
        ...nameColumns({ ...input, username: before.username }),
        primaryRoleId: input.primaryRoleId,
        managerId: input.managerId,
        accessEndsAt: before.newEnd,
        mustChangePassword: hash ? true : before.mustChangePassword,
        ...(hash && accepted(before)),
      },
      { edited: true },
    );
    if (saved.emailKey !== before.emailKey || saved.usernameKey !== before.usernameKey)
      await claimNames(ctx, tx, saved.id, saved);
    const moved = saved.email !== before.email && saved.emailKey !== emailKeyOf(before.email);
    if (hash || moved) await requireStepUp(ctx, tx);
    if (moved) await moveAddress(ctx, tx, before, saved.email);
    const reassigned = changesRoles(input, before);
    if (reassigned) await saveDirectRoles(tx, before, input.additionalRoleIds);
    const tokens = hash ? await setPassword(ctx, tx, saved.id, hash) : [];
    const ended = input.accessEndsAt === "now" ? await endCredentials(ctx, tx, saved.id, "disabled") : null;
    if (isOneself(ctx, before)) await refuseToLoseAdministration(ctx, tx);
    const after = traceWith(saved, reassigned ? await heldBy(tx, saved.id) : before.held);
    return {
      value: { id: saved.id, version: saved.version },
      after: hash ? { ...after, password: "set" } : after,
      facts: {
        ...(tokens.length > 0 && { tokens }),
        ...(ended && { sessions: ended.sessions, ...linksOf(ended) }),
      },
    };
  },
  refresh: userPages,
});

/** Whether a role is taken away, could become dormant, or is given an end. */
const lessens = (before: Before, { primaryRoleId, additionalRoleIds }: UpdateUser) =>
  primaryRoleId !== before.primaryRoleId ||
  before.additionalRoleIds.some((roleId) => !additionalRoleIds.includes(roleId)) ||
  (before.newEnd !== null && changesEnd(before));

const isOneself = ({ actor }: Ctx, { id }: Pick<UserRow, "id">) => actor.access.personId === id;

/** Whom it puts the person under; null where the manager stays, or is taken away. */
const movesTo = ({ managerId }: UpdateUser, before: Before) => (managerId !== before.managerId ? managerId : null);

const changesEnd = ({ newEnd, accessEndsAt }: Before) => newEnd?.getTime() !== accessEndsAt?.getTime();

const changesRoles = ({ primaryRoleId, additionalRoleIds }: UpdateUser, before: Before) =>
  primaryRoleId !== before.primaryRoleId ||
  new Set(additionalRoleIds).size !== before.additionalRoleIds.length ||
  additionalRoleIds.some((roleId) => !before.additionalRoleIds.includes(roleId));

/** Only what is new: keeping a role or an end is no grant. A later end of the account lengthens everything that is held. */
function rolesGiven(input: UpdateUser, before: Before): Grants["roles"] {
  const longer = lastsLonger(before.newEnd, { endsAt: before.accessEndsAt });
  return [input.primaryRoleId, ...input.additionalRoleIds]
    .filter(
      (roleId) =>
        (longer && !before.overRoleIds.includes(roleId)) ||
        (roleId !== before.primaryRoleId && !before.additionalRoleIds.includes(roleId)),
    )
    .map((roleId) => ({ roleId, until: before.newEnd }));
}

/** The actor's own address and password require the present password, which "My profile" asks for (S8). */
function refuseOnOneself(input: UpdateUser, before: Before) {
  if (input.password !== "") throw invalidField("password", 'Change your own password under "My profile".');
  if (input.email !== before.email) throw invalidField("email", 'Change your own email under "My profile".');
  if (changesEnd(before))
    throw invalidField("accessEndsAt", "You cannot change the end of your own access. Somebody else can.");
}

/** The form's schema compares the password with the other names (S2); the user name comes with the row. */
function refuseUsername(password: string, username: string) {
  const problem = passwordProblem(password, [username]);
  if (problem) throw invalidField("password", problem);
}

async function saveDirectRoles(tx: Tx, before: Before, wanted: string[]) {
  const gone = before.additionalRoleIds.filter((roleId) => !wanted.includes(roleId));
  const added = [...new Set(wanted)].filter((roleId) => !before.additionalRoleIds.includes(roleId));
  if (gone.length > 0)
    await tx.delete(userRoles).where(and(eq(userRoles.userId, before.id), inArray(userRoles.roleId, gone)));
  if (added.length > 0) await tx.insert(userRoles).values(added.map((roleId) => ({ userId: before.id, roleId })));
}

/** Links that went to the old address stop working, and that is logged. */
async function moveAddress(ctx: Ctx, tx: Tx, before: UserRow, to: string) {
  await revokeLinks(ctx, tx, before.id);
  await noticeAddressChange(ctx, tx, before, { from: before.email, to });
}

/** A password set by somebody else ends every session and token, and must be changed at the next sign-in. Returns the names of the tokens. */
async function setPassword(ctx: Ctx, tx: Tx, userId: string, hash: string): Promise<string[]> {
  await keepPassword(ctx, tx, userId, hash, "An administrator has set a new password for you.");
  const tokens = isOneself(ctx, { id: userId }) ? [] : await endTokens(ctx, tx, userId);
  await endSessions(ctx, tx, userId, "password_changed");
  return tokens;
}

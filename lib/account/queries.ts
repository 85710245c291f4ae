import { eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { passwords, users } from "@/db/schema";
import { type DateForm, knownForm } from "@/lib/account/date-forms";
import type { Decision } from "@/lib/authz/decision";
import type { Ctx, Person } from "@/lib/context";
import { notFound } from "@/lib/errors";
import { mayGivePassword } from "@/lib/factors/policy";
import { fullName } from "@/lib/normalization/names";
import { keeperOf } from "@/lib/people/keeper";
import type { Keeper } from "@/lib/people/kept-fields";
import { pictureAddress } from "@/lib/platform/picture-address";

export type Account = {
  id: string;
  version: number;
  username: string;
  email: string;
  firstName: string;
  lastName: string;
  name: string;
  manager: string | null;
  /** Names of the roles in force, primary first. */
  roles: string[];
  createdAt: Date;
  /** Address of the picture. */
  picture: string | undefined;
  timeZone: string | null;
  dateForm: DateForm | null;
  /** Whether single keys are shortcuts. */
  shortcuts: boolean;
  lastSignInAt: Date | null;
  accessEndsAt: Date | null;
  /** Null for those who have no password here. */
  passwordChangedAt: Date | null;
  /** The provider that keeps some of these (I4). */
  keeper: Keeper | null;
  /** Whether email and password can be changed here at this moment. */
  password: Decision;
};

/** One's own account, as "My profile" shows it. */
export async function getAccount(ctx: Ctx<Person>): Promise<Account> {
  const managers = alias(users, "managers");
  const [row] = await ctx.db
    .select({ user: users, manager: managers, passwordChangedAt: passwords.changedAt })
    .from(users)
    .leftJoin(managers, eq(managers.id, users.managerId))
    .leftJoin(passwords, eq(passwords.userId, users.id))
    .where(eq(users.id, ctx.actor.id));
  if (!row) throw notFound("Your account");
  const { user, manager } = row;
  const keeper = await keeperOf(ctx.db, user);
  return {
    id: user.id,
    version: user.version,
    username: user.username,
    email: user.email,
    firstName: user.firstName,
    lastName: user.lastName,
    name: fullName(user),
    manager: manager && fullName(manager),
    roles: rolesInForce(ctx),
    createdAt: user.createdAt,
    picture: pictureAddress(user.id, user.pictureTag),
    timeZone: user.timeZone,
    dateForm: knownForm(user.locale),
    shortcuts: user.shortcuts,
    lastSignInAt: user.lastSignInAt,
    accessEndsAt: user.accessEndsAt,
    passwordChangedAt: row.passwordChangedAt,
    keeper,
    password: mayGivePassword({ ...user, keeper }),
  };
}

const rolesInForce = (ctx: Ctx<Person>) =>
  ctx.actor.access.roles
    .filter((role) => role.inForce)
    .sort((a, b) => Number(b.kind === "primary") - Number(a.kind === "primary"))
    .map((role) => role.name);

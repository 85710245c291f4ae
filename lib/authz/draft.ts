import type { RoleKind } from "@/db/enums";
import { type Access, opens, operationsOf } from "@/lib/authz/access";
import type { Catalogue, CataloguedRole } from "@/lib/authz/catalogue";
import { differenceOf } from "@/lib/authz/difference";
import type { Change } from "@/lib/authz/enact";
import type { Asked } from "@/lib/authz/explain";
import type { Given } from "@/lib/authz/given";
import { type Bearing, weigh } from "@/lib/authz/weigh";
import type { Ctx, Person } from "@/lib/context";
import { takesEverything } from "@/lib/operations";

/** A change that would grant what was denied. `gained`: operations that the person comes to hold, the asked one too. */
export type Draft = {
  steps: string[];
  change: Change;
  gained: number;
  /** What the person whom the change concerns would hold after it; null where that is what they hold now. */
  after: Access | null;
  /** The role of which every other holder gains the same, or null. */
  shared: { id: string; kind: RoleKind } | null;
};

/** What drafts are made from: the question, and everything that could be given. */
export type Setting = {
  ctx: Ctx<Person>;
  asked: Asked;
  bearing: Bearing;
  catalogue: Catalogue;
  given: Given;
  /** Direct additional roles as they are stored, ended ones too. */
  storedIds: string[];
};

/** Whether roles and reach are enough, the state of the account aside. */
export const isHeld = ({ matter, weighed: { verdict, held } }: Asked) => (matter ? verdict.ok : held.length > 0);

/** Whether the question would be answered with yes. Without somebody to act on, holding it in any way is a yes. */
export function grants({ asked: { operation, matter } }: Setting, access: Access, bearing: Bearing): boolean {
  const { verdict, held } = weigh(access, operation.key, bearing);
  return matter ? verdict.ok : held.length > 0;
}

export const gainedBy = (before: Access, after: Access) =>
  differenceOf(before, after).gains.filter(({ endOnly }) => !endOnly).length;

export const carrying = ({ catalogue, asked: { operation, weighed } }: Setting, role: CataloguedRole) =>
  weighed.more.length > 0 ||
  takesEverything(operation.key) ||
  operationsOf(role, catalogue.apps).some((held) => opens(held.operation, operation.key));

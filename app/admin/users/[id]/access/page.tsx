import { EffectiveAccess } from "@/components/access/effective-access";
import { AccessForm } from "@/components/users/access-form";
import { AccessText } from "@/components/users/access-text";
import { askedFrom } from "@/lib/access/asked";
import { askedOperations } from "@/lib/access/asked-operations";
import { explain } from "@/lib/access/explain";
import { readWhyAddress } from "@/lib/access/explanation";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { voiceOf } from "@/lib/authz/scope-words";
import { nothingAsked, orLeftOut } from "@/lib/http/not-found";
import type { Params } from "@/lib/lists/search-params";
import { givenIn } from "@/lib/users/queries";
import { accessOfPage, heldOfPage, personOfPage, titleOfUser, userOfPage } from "../user-of-page";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Params>;
};

export const generateMetadata = ({ params }: Props) => titleOfUser(params, "Roles and Groups");

export default async function UserAccessPage({ params, searchParams }: Props) {
  const ctx = await requireOperation("user.read");
  const { id } = await params;
  const row = await personOfPage(ctx, id);
  const address = readWhyAddress(await searchParams);
  const { why, on, group } = address;
  const question = why && { personId: row.id, operation: why, onId: on, groupId: group };
  const known = Promise.all([heldOfPage(ctx, row.id), accessOfPage(ctx, row.id)]);
  const answer = async () => {
    const [held, accesses] = await known;
    return question ? orLeftOut(explain(ctx, question, { person: askedFrom(row, held), accesses })) : nothingAsked;
  };
  const [user, [held, accesses], part, zone] = await Promise.all([userOfPage(ctx, id), known, answer(), currentZone()]);
  const given = givenIn(held);
  const clock = { zone, now: ctx.now() };
  return (
    <EffectiveAccess
      voice={voiceOf(user.firstName, user.isSelf)}
      access={accesses.of(user.id)}
      operations={askedOperations(accesses.catalogue.appOperations)}
      question={{ base: `/admin/users/${user.id}/access`, address, ...part }}
      opensOperations={holdsBeyondSelf(ctx.actor.access, "role.read")}
      clock={clock}
    >
      {user.abilities["user.update"].ok ? (
        <AccessForm user={user} given={given} />
      ) : (
        <AccessText user={user} given={given} {...clock} />
      )}
    </EffectiveAccess>
  );
}

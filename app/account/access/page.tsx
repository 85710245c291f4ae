import type { Metadata } from "next";
import { EffectiveAccess } from "@/components/access/effective-access";
import { askedPerson } from "@/lib/access/asked";
import { askedOperations } from "@/lib/access/asked-operations";
import { explain } from "@/lib/access/explain";
import { readWhyAddress } from "@/lib/access/explanation";
import { requireOwnAccount } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { currentCatalogue } from "@/lib/authz/catalogue";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { voiceOf } from "@/lib/authz/scope-words";
import { nothingAsked, orLeftOut } from "@/lib/http/not-found";
import type { Params } from "@/lib/lists/search-params";

type Props = { searchParams: Promise<Params> };

export const metadata: Metadata = { title: "My access" };

export default async function OwnAccessPage({ searchParams }: Props) {
  const ctx = await requireOwnAccount();
  const address = readWhyAddress(await searchParams);
  const { why, on, group } = address;
  const [me, catalogue] = await Promise.all([askedPerson(ctx, ctx.actor.id), currentCatalogue(ctx.db)]);
  const known = { person: me, accesses: { catalogue, of: () => ctx.actor.access } };
  const question = why && { personId: me.id, operation: why, onId: on, groupId: group };
  return (
    <EffectiveAccess
      voice={voiceOf(me.firstName, true)}
      access={ctx.actor.access}
      operations={askedOperations(catalogue.appOperations)}
      question={{
        base: "/account/access",
        address,
        ...(question ? await orLeftOut(explain(ctx, question, known)) : nothingAsked),
      }}
      opensOperations={holdsBeyondSelf(ctx.actor.access, "role.read")}
      clock={{ zone: await currentZone(), now: ctx.now() }}
    />
  );
}

import type { Metadata } from "next";
import { EffectiveAccess } from "@/components/access/effective-access";
import { allAskedOperations, askedPerson } from "@/lib/access/asked";
import { explain } from "@/lib/access/explain";
import { readWhyAddress } from "@/lib/access/explanation";
import { requireOwnAccount } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
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
  const me = await askedPerson(ctx, ctx.actor.id);
  const question = why && { personId: me.id, operation: why, onId: on, groupId: group };
  return (
    <EffectiveAccess
      voice={voiceOf(me.firstName, true)}
      access={ctx.actor.access}
      operations={await allAskedOperations(ctx)}
      question={{
        base: "/account/access",
        address,
        ...(question ? await orLeftOut(explain(ctx, question)) : nothingAsked),
      }}
      opensOperations={holdsBeyondSelf(ctx.actor.access, "role.read")}
      clock={{ zone: await currentZone(), now: ctx.now() }}
    />
  );
}

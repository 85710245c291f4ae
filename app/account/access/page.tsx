import type { Metadata } from "next";
import { EffectiveAccess } from "@/components/access/effective-access";
import { requireSignedIn } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import { allAskedOperations, askedPerson } from "@/lib/authz/asked";
import { holdsBeyondSelf } from "@/lib/authz/evaluate";
import { explain } from "@/lib/authz/explain";
import { readWhyAddress } from "@/lib/authz/explanation";
import { voiceOf } from "@/lib/authz/questions";
import type { Params } from "@/lib/lists/search-params";
import { nothingAsked, orLeftOut } from "@/lib/not-found";

type Props = { searchParams: Promise<Params> };

export const metadata: Metadata = { title: "My access" };

export default async function OwnAccessPage({ searchParams }: Props) {
  const ctx = await requireSignedIn();
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

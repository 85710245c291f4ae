"use client";
import { IdCard } from "lucide-react";
import { ActionButton } from "@/components/form/action-button";
import { Lines } from "@/components/list/lines";
import { RowActions } from "@/components/list/row-actions";
import { Panel, PanelFoot, PanelHead, Row } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import { unlinkIdentityAction } from "@/lib/identity-providers/actions";
import { noGroupsWords } from "@/lib/identity-providers/no-groups";
import type { ShownIdentity } from "@/lib/identity-providers/queries";

type IdentityPanelProps = {
  identities: ShownIdentity[];
  /** Whose they are; null: one's own. */
  person: string | null;
  /** Why they cannot be unlinked. */
  reason: string | undefined;
  zone: string;
  now: Date;
};

/** Through which providers somebody signs in. */
export function IdentityPanel({ identities, person, reason, zone, now }: IdentityPanelProps) {
  return (
    <Panel aria-labelledby="identities" className="max-w-[760px]">
      <PanelHead
        title="Identity providers"
        titleId="identities"
        hint={person ? `Through which ${person} signs in.` : "Through which you sign in."}
      />
      <Lines label="Identity providers">
        {identities.map(({ id, provider, subject, claims, silent, lastSignInAt }) => (
          <Row
            key={id}
            lead={<IdCard aria-hidden />}
            title={provider.name}
            hint={
              <>
                {claims.email ?? claims.username ?? subject} ·{" "}
                {lastSignInAt ? (
                  <>
                    Last sign-in <Time at={lastSignInAt} zone={zone} now={now} />
                  </>
                ) : (
                  "Never signed in through it"
                )}
                {silent && ` · Groups stay as they were: ${noGroupsWords[silent]}`}
              </>
            }
            end={<Unlink id={id} name={provider.name} person={person} reason={reason} />}
          />
        ))}
      </Lines>
      {reason && <PanelFoot>{reason}</PanelFoot>}
    </Panel>
  );
}

type UnlinkProps = { id: string; name: string; person: string | null; reason: string | undefined };

function Unlink({ id, name, person, reason }: UnlinkProps) {
  return (
    <RowActions always>
      <ActionButton
        size="s"
        variant="quiet-danger"
        aria-label={`Unlink ${name}`}
        reason={reason}
        action={unlinkIdentityAction}
        input={{ id }}
        settled="unlinked"
        confirm={{
          title: `Unlink ${name}?`,
          body: person
            ? `${person} no longer signs in through ${name}. The account stays, and so do sessions that have begun.`
            : `You no longer sign in through ${name}. Your account stays, and so do sessions that have begun.`,
          label: "Unlink",
          danger: true,
        }}
        onSuccess={({ left }) => {
          const ways = { identity: "", credential: "", link: "", outgrown: lost(person), none: lost(person) };
          toast.success(`${name} is unlinked.${ways[left]}`);
        }}
      >
        Unlink
      </ActionButton>
    </RowActions>
  );
}

const lost = (person: string | null) => ` No way of signing in is left to ${person ?? "you"}.`;

"use client";
import { Hourglass, IdCard } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "@/components/form/action-button";
import { LinkButton } from "@/components/identity-providers/link-button";
import { UnlinkButton } from "@/components/identity-providers/unlink-button";
import { Lines } from "@/components/list/lines";
import { RowActions } from "@/components/list/row-actions";
import { Panel, PanelBody, PanelHead, Row } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import { cancelLinkAction } from "@/lib/identity-providers/actions";
import { accountOf } from "@/lib/identity-providers/claims";
import type { AwaitedLink, LinkableProvider } from "@/lib/identity-providers/linkable";
import { noGroupsWords } from "@/lib/identity-providers/no-groups";
import type { ShownIdentity } from "@/lib/identity-providers/queries";

type IdentityPanelProps = {
  /** `reason`: why it cannot be unlinked. */
  identities: (ShownIdentity & { reason: string | undefined })[];
  /** Whose they are; null: one's own. */
  person: string | null;
  /** Links that were prepared and wait for a sign-in; `reason`: why they cannot be cancelled. */
  awaited?: { links: AwaitedLink[]; reason: string | undefined };
  /** Those that the person can link; `reason`: why not. */
  linkable?: { providers: LinkableProvider[]; reason: string | undefined };
  /** A button for all of it. */
  actions?: ReactNode;
  zone: string;
  now: Date;
};

/** Through which providers somebody signs in, or could. */
export function IdentityPanel(props: IdentityPanelProps) {
  const { identities, person, awaited, linkable, actions, zone, now } = props;
  const lines = identities.length + (awaited?.links.length ?? 0) + (linkable?.providers.length ?? 0);
  return (
    <Panel aria-labelledby="identities" className="max-w-[760px]">
      <PanelHead
        title="Identity providers"
        titleId="identities"
        hint={person ? `Through which ${person} can sign in.` : "Through which you can sign in."}
        actions={actions}
      />
      <Lines
        label="Identity providers"
        empty={lines === 0 && <PanelBody className="text-ui text-ink-2">No provider is linked.</PanelBody>}
      >
        {identities.map((identity) => (
          <Row
            key={identity.id}
            lead={<IdCard aria-hidden />}
            title={identity.provider.name}
            hint={
              <>
                {accountOf(identity)} ·{" "}
                {identity.lastSignInAt ? (
                  <>
                    Last sign-in <Time at={identity.lastSignInAt} zone={zone} now={now} />
                  </>
                ) : (
                  "Never signed in through it"
                )}
                {identity.silent && ` · Groups stay as they were: ${noGroupsWords[identity.silent]}`}
              </>
            }
            end={<UnlinkButton identity={identity} person={person} reason={identity.reason} />}
          />
        ))}
        {awaited?.links.map((link) => (
          <Row
            key={link.id}
            lead={<Hourglass aria-hidden />}
            title={link.provider}
            hint={<Waiting link={link} zone={zone} now={now} />}
            end={<CancelButton link={link} reason={awaited.reason} />}
          />
        ))}
        {linkable?.providers.map((provider) => (
          <Row
            key={provider.id}
            lead={<IdCard aria-hidden />}
            title={provider.name}
            hint="Not linked"
            end={<LinkButton provider={provider} reason={linkable.reason} />}
          />
        ))}
      </Lines>
    </Panel>
  );
}

type WaitingProps = { link: AwaitedLink; zone: string; now: Date };

function Waiting({ link: { email, endsAt, outgrown }, zone, now }: WaitingProps) {
  if (outgrown) return `No longer works for ${email}: the person who prepared it may no longer manage this account.`;
  return (
    <>
      Waiting for a sign-in as {email} until <Time at={endsAt} zone={zone} now={now} form="exact" />
    </>
  );
}

function CancelButton({ link: { id, provider, email }, reason }: { link: AwaitedLink; reason: string | undefined }) {
  return (
    <RowActions always>
      <ActionButton
        size="s"
        variant="quiet-danger"
        aria-label={`Cancel the link to ${provider}`}
        reason={reason}
        action={cancelLinkAction}
        input={{ id }}
        settled="cancelled"
        confirm={{
          title: `Cancel the link to ${provider}?`,
          body: `Signing in there as ${email} will no longer link to this account. You can prepare the link again at any time.`,
          label: "Cancel the link",
          danger: true,
        }}
        onSuccess={() => toast.success(`The link to ${provider} is cancelled`)}
      >
        Cancel
      </ActionButton>
    </RowActions>
  );
}

import { LateTransportForm } from "@/components/mail/late-transport-form";
import { securityWords } from "@/components/mail/mail-words";
import { TestButton } from "@/components/mail/test-button";
import { Note } from "@/components/ui/note";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import type { Decision } from "@/lib/authz/decision";
import { mailServerId } from "@/lib/mail/filters";
import { fixedByEnvironment } from "@/lib/mail/policy";
import type { ShownTransport } from "@/lib/mail/queries";

type TransportPanelProps = {
  transport: ShownTransport | null;
  mayUpdate: Decision;
  mayTest: boolean;
  zone: string;
  now: Date;
};

/** Where mail is handed in: from the environment, from here, or nowhere yet. */
export function TransportPanel({ transport, mayUpdate, mayTest, zone, now }: TransportPanelProps) {
  const fixed = transport?.source === "environment";
  return (
    <Panel aria-labelledby={mailServerId}>
      <PanelHead
        title="Mail server"
        titleId={mailServerId}
        actions={mayTest && <TestButton reason={transport ? undefined : "Save a mail server first."} />}
      />
      <PanelBody>
        {!fixed && !mayUpdate.ok && (
          <Note title="You cannot change this here.">
            {mayUpdate.reason} Anyone who sets the mail server can read every link that is sent.
          </Note>
        )}
        {fixed && <Note title="Set by the environment.">{fixedByEnvironment} Change it there and restart.</Note>}
        {!transport && (
          <Note tone="warning" title="Mail is not set up.">
            Nothing is sent. Invitation and password links are shown once, to the person who creates them.
          </Note>
        )}
        {transport?.updatedAt && (
          <p className="text-xs text-muted">
            Changed {transport.updatedBy && `by ${transport.updatedBy} `}
            <Time at={transport.updatedAt} zone={zone} now={now} />.
          </p>
        )}
        {transport && (fixed || !mayUpdate.ok) && <TransportFacts transport={transport} />}
      </PanelBody>
      {!fixed && mayUpdate.ok && <LateTransportForm transport={transport} />}
    </Panel>
  );
}

function TransportFacts({ transport }: { transport: ShownTransport }) {
  const { host, port, security, user, from, hasPassword } = transport;
  const facts = [
    ["Server", `${host}:${port}`],
    ["Encryption", securityWords[security]],
    ["User name", user || "none"],
    ["Password", hasPassword ? "set, not shown" : "none"],
    ["Sender", from],
  ];
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-ui">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="min-w-0 wrap-break-word">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

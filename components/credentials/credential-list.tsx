"use client";
import { nameOf, ownerOf } from "@/components/credentials/credential-words";
import { RevokeBar } from "@/components/credentials/revoke-bar";
import type { Heads } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import type { Packed } from "@/components/list/packed";
import { useMarked } from "@/components/list/use-marked";
import { useUnpacked } from "@/components/list/use-unpacked";
import { PersonCell } from "@/components/sessions/person-cell";
import { Checkbox } from "@/components/ui/checkbox";
import { type IconName, SpriteIcon } from "@/components/ui/sprite-icon";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { useScripted } from "@/components/ui/use-scripted";
import type { credentialList } from "@/lib/credentials/filters";
import { type CredentialKind, credentialKinds } from "@/lib/credentials/kinds";
import type { ListedCredential } from "@/lib/credentials/rows";

const icons: Record<CredentialKind, IconName> = {
  access_token: "key-round",
  client: "monitor",
  provision_token: "ticket",
  session: "monitor-smartphone",
  invitation: "link",
  password_reset: "link",
};

/** Where the page of a user shows one of a kind. */
const tabs: Record<CredentialKind, string> = {
  access_token: "/tokens",
  client: "/clients",
  provision_token: "/clients",
  session: "/sessions",
  invitation: "",
  password_reset: "",
};

type CredentialListProps = {
  label: string;
  heads: Heads<typeof credentialList>;
  rows: Packed<ListedCredential[]>;
  /** Whether the reader could end any. */
  revokes: boolean;
  zone: string;
  now: Date;
};

/** Every live credential in sight; several are chosen and ended at once. */
export function CredentialList({ label, heads, rows, revokes, zone, now }: CredentialListProps) {
  const credentials = useUnpacked(rows);
  const { chosen, mark } = useMarked(credentials);
  const selects = useScripted() && revokes;
  const columns: Columns<typeof credentialList, ListedCredential> = {
    name: {
      card: "name",
      title: nameOf,
      cell: (credential) => (
        <span className="flex min-w-0 items-center gap-2 max-s:py-2">
          {selects && (
            <Checkbox
              aria-label={`Select ${credentialKinds[credential.kind].label} ${nameOf(credential)} of ${ownerOf(credential)}`}
              checked={chosen.includes(credential)}
              onChange={({ currentTarget }) => mark([credential.id], currentTarget.checked)}
            />
          )}
          <SpriteIcon name={icons[credential.kind]} className="flex-none text-icon" />
          <Name credential={credential} />
        </span>
      ),
    },
    kind: {
      width: "w-[132px]",
      card: "status",
      cell: ({ kind }) => credentialKinds[kind].label,
    },
    whose: { width: "w-[21%]", card: "foot", cell: (credential) => <Whose credential={credential} /> },
    createdAt: {
      width: "w-[15%]",
      card: "foot",
      title: ({ maker }) => (maker ? `by ${maker}` : ""),
      cell: ({ createdAt, maker }) => (
        <>
          <span className="s:hidden">created </span>
          <Time at={createdAt} zone={zone} now={now} />
          {maker && <span className="text-muted"> by {maker}</span>}
        </>
      ),
    },
    lastUsedAt: {
      width: "w-[124px]",
      card: "foot-end",
      cell: ({ lastUsedAt }) => (
        <>
          <span className="s:hidden">last used </span>
          {lastUsedAt ? <Time at={lastUsedAt} zone={zone} now={now} /> : <span className="text-muted">never</span>}
        </>
      ),
    },
    expiresAt: {
      width: "w-[124px]",
      priority: 2,
      card: "foot",
      cell: ({ expiresAt }) => (
        <>
          <span className="s:hidden">expires </span>
          {expiresAt ? <Time at={expiresAt} zone={zone} now={now} /> : <span className="text-muted">never</span>}
        </>
      ),
    },
  };
  return (
    <>
      {selects && <RevokeBar {...{ credentials, chosen, mark }} />}
      <ListTable label={label} heads={heads} columns={columns} rows={credentials} idOf={({ id }) => id} />
    </>
  );
}

function Name({ credential }: { credential: ListedCredential }) {
  const { prefix, lastFour, address } = credential;
  return (
    <span className="min-w-0 truncate">
      <span className="font-medium text-ink">{nameOf(credential)}</span>
      {lastFour && <span className="ml-2 font-mono text-xs text-muted">{`${prefix ?? ""}…${lastFour}`}</span>}
      {address && <span className="ml-2 text-xs text-muted tabular-nums">{address}</span>}
      {credential.own && (
        <Status tone="positive" icon="circle-check" className="ml-2 text-xs!">
          This session
        </Status>
      )}
    </span>
  );
}

function Whose({ credential: { kind, user, serviceAccount } }: { credential: ListedCredential }) {
  if (user)
    return <PersonCell person={user} href={user.visible ? `/admin/users/${user.id}${tabs[kind]}` : undefined} />;
  if (!serviceAccount) return null;
  const { id, name, visible } = serviceAccount;
  return (
    <span className="flex min-w-0 items-center gap-2.5" title={`${name}, service account`}>
      <SpriteIcon name="bot" className="flex-none text-icon" />
      {visible ? (
        <a
          href={`/admin/service-accounts/${id}`}
          className="min-w-0 truncate rounded-sm font-medium text-ink hover:underline"
        >
          {name}
        </a>
      ) : (
        <span className="min-w-0 truncate font-medium text-ink">{name}</span>
      )}
    </span>
  );
}

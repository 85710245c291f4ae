"use client";
import { ActionButton } from "@/components/form/action-button";
import type { Heads } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import { RowActions } from "@/components/list/row-actions";
import { useTokenDialogs } from "@/components/tokens/token-dialogs";
import { Button } from "@/components/ui/button";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { revokeTokenAction } from "@/lib/tokens/actions";
import type { tokenList } from "@/lib/tokens/filters";
import type { ListedToken, TokenAbilities } from "@/lib/tokens/queries";

interface TokenTableProps {
  /** The name of the person or service account that they act as. */
  holder: string;
  heads: Heads<typeof tokenList>;
  rows: ListedToken[];
  abilities: TokenAbilities;
  zone: string;
  now: Date;
}

const looks = {
  active: { tone: "positive", icon: "circle-check" },
  replaced: { tone: "warning", icon: "refresh-cw" },
  expired: { tone: "muted", icon: "clock" },
  revoked: { tone: "muted", icon: "ban" },
} as const;

const refused = { tone: "warning", icon: "ban" } as const;

/** It is in force, and yet refused at each use (R15). */
const isRefused = ({ outgrown, status }: ListedToken) => outgrown && (status === "active" || status === "replaced");

export function TokenTable({ holder, heads, rows, abilities, zone, now }: TokenTableProps) {
  const columns: Columns<typeof tokenList, ListedToken> = {
    name: {
      width: "w-[21%]",
      card: "name",
      className: "max-w-0 max-s:max-w-none s:py-1.5",
      title: ({ name }) => name,
      cell: (token) => (
        <span className="grid min-w-0">
          <span className="truncate font-medium text-ink">{token.name}</span>
          <span className="truncate text-xs text-muted max-s:whitespace-normal">
            <span className="font-mono">
              {token.prefix}…{token.lastFour}
            </span>
            {token.maker && `, created by ${token.maker}`}
            <span className="s:hidden">
              , <When token={token} zone={zone} now={now} />
            </span>
          </span>
        </span>
      ),
    },
    status: {
      width: "w-[21%]",
      card: "status",
      className: "max-s:whitespace-normal s:whitespace-normal",
      cell: (token) => (
        <span className="flex flex-wrap items-center gap-x-1.5">
          <Status {...(isRefused(token) ? refused : looks[token.status])}>
            {isRefused(token) ? "refused" : token.status}
          </Status>
          <span className="text-xs text-muted max-s:hidden">
            <When token={token} zone={zone} now={now} />
          </span>
          {isRefused(token) && (
            <span className="basis-full text-xs text-muted">
              The person who created it may no longer act for {holder}.
            </span>
          )}
        </span>
      ),
    },
    operations: {
      priority: 2,
      card: "foot",
      className: "max-w-0 max-s:max-w-none",
      title: ({ operations }) => operations.join(", "),
      cell: ({ operations }) => <span className="block truncate font-mono text-xs">{operations.join(", ")}</span>,
    },
    lastUse: {
      width: "w-[20%]",
      className: "max-s:whitespace-normal s:whitespace-normal",
      title: ({ lastUsedAgent }) => lastUsedAgent ?? "",
      cell: ({ lastUsedAt, lastUsedAddress, lastUsedAgent }) =>
        lastUsedAt ? (
          <span className="grid min-w-0">
            <span>
              <span className="s:hidden">last used </span>
              <Time at={lastUsedAt} zone={zone} now={now} />
            </span>
            {lastUsedAddress && <span className="text-xs text-muted">from {lastUsedAddress}</span>}
            {lastUsedAgent && <span className="truncate text-xs text-muted">{lastUsedAgent}</span>}
          </span>
        ) : (
          <span className="text-muted">never used</span>
        ),
    },
    actions: {
      width: "w-[190px]",
      hidden: true,
      card: "actions",
      className: "s:text-right",
      cell: (token) => (
        <RowActions always>
          <Buttons token={token} abilities={abilities} />
        </RowActions>
      ),
    },
  };
  return (
    <ListTable heads={heads} label={`Access tokens of ${holder}`} columns={columns} rows={rows} idOf={({ id }) => id} />
  );
}

/** An end is always exact. */
function When({ token, zone, now }: Pick<TokenTableProps, "zone" | "now"> & { token: ListedToken }) {
  const { status, expiresAt, revokedAt } = token;
  if (status === "revoked") return revokedAt && <Time at={revokedAt} zone={zone} now={now} />;
  if (!expiresAt) return "never expires";
  return (
    <>
      {status === "expired" ? "expired" : "expires"} <Time at={expiresAt} zone={zone} now={now} form="exact" />
    </>
  );
}

type ButtonsProps = Pick<TokenTableProps, "abilities"> & { token: ListedToken };

/** A revoked token offers nothing; one that was replaced or has expired can only be revoked, so that its name says so. */
function Buttons({ token, abilities: { regenerate, revoke } }: ButtonsProps) {
  const dialogs = useTokenDialogs();
  if (token.status === "revoked") return null;
  const id = `token-${token.id}-regenerate`;
  const renews = token.status !== "replaced" && (regenerate.ok || regenerate.code === "precondition");
  return (
    <>
      {renews && (
        <Button
          id={id}
          size="s"
          className="max-s:flex-1"
          aria-description={token.name}
          reason={regenerate.ok ? undefined : regenerate.reason}
          onClick={() => dialogs.regenerate(token, id)}
        >
          Regenerate
        </Button>
      )}
      {token.status !== "expired" && (revoke.ok || revoke.code === "precondition") && (
        <ActionButton
          size="s"
          className="max-s:flex-1"
          aria-description={token.name}
          reason={revoke.ok ? undefined : revoke.reason}
          action={revokeTokenAction}
          input={{ id: token.id }}
          confirm={{
            title: `Revoke ${token.name}?`,
            body: "Programs that use it are refused at their next request. This cannot be undone.",
            label: "Revoke",
            danger: true,
          }}
        >
          Revoke
        </ActionButton>
      )}
    </>
  );
}

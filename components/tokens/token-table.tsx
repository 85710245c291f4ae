import { ActionButton } from "@/components/form/action-button";
import { type Columns, ListTable } from "@/components/list/list-table";
import { RowActions } from "@/components/list/row-actions";
import type { TokenView } from "@/components/tokens/token-board";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { revokeTokenAction } from "@/lib/tokens/actions";
import type { tokenList } from "@/lib/tokens/filters";
import type { ListedToken, TokenBoardData } from "@/lib/tokens/queries";

interface TokenTableProps {
  list: TokenBoardData;
  view: TokenView;
  /** `opener`: the id of the button that was pressed. */
  onRegenerate: (token: ListedToken, opener: string) => void;
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

export function TokenTable({ list: { holder, own, abilities, page }, view, onRegenerate }: TokenTableProps) {
  if (page.rows.length === 0)
    return (
      <Empty icon="key-round" title="No access token yet">
        {own && !holder.account
          ? "“New token” creates one for a program that acts as you."
          : `No program acts as ${holder.name} with an access token.`}
      </Empty>
    );
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
              , <When token={token} view={view} />
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
            <When token={token} view={view} />
          </span>
          {isRefused(token) && (
            <span className="basis-full text-xs text-muted">
              The person who created it may no longer act for {holder.name}.
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
              <Time at={lastUsedAt} zone={view.zone} now={view.now} />
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
          <Buttons token={token} abilities={abilities} onRegenerate={onRegenerate} />
        </RowActions>
      ),
    },
  };
  return (
    <ListTable
      heads={view.heads}
      label={`Access tokens of ${holder.name}`}
      columns={columns}
      rows={page.rows}
      idOf={({ id }) => id}
    />
  );
}

/** An end is always exact. */
function When({
  token: { status, expiresAt, revokedAt },
  view: { zone, now },
}: {
  token: ListedToken;
  view: TokenView;
}) {
  if (status === "revoked") return revokedAt && <Time at={revokedAt} zone={zone} now={now} />;
  if (!expiresAt) return "never expires";
  return (
    <>
      {status === "expired" ? "expired" : "expires"} <Time at={expiresAt} zone={zone} now={now} form="exact" />
    </>
  );
}

type ButtonsProps = Pick<TokenTableProps, "onRegenerate"> & { token: ListedToken } & Pick<TokenBoardData, "abilities">;

/** A revoked token offers nothing; one that was replaced or has expired can only be revoked, so that its name says so. */
function Buttons({ token, abilities: { regenerate, revoke }, onRegenerate }: ButtonsProps) {
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
          onClick={() => onRegenerate(token, id)}
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

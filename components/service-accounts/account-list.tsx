import type { Heads } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import { AccountStatus } from "@/components/service-accounts/account-status";
import { Avatar } from "@/components/ui/avatar";
import { RolesCell } from "@/components/ui/roles-cell";
import { Time } from "@/components/ui/time";
import { serviceAccountList } from "@/lib/service-accounts/filters";
import type { ListedAccount } from "@/lib/service-accounts/list";
import { serviceAccountsPath } from "@/lib/service-accounts/paths";

type AccountListProps = { rows: ListedAccount[]; heads: Heads<typeof serviceAccountList>; zone: string; now: Date };

export function AccountList({ rows, heads, zone, now }: AccountListProps) {
  const columns: Columns<typeof serviceAccountList, ListedAccount> = {
    name: {
      card: "name",
      cell: ({ id, name }) => (
        <a
          href={`${serviceAccountsPath}/${id}`}
          title={name}
          className="block max-w-full truncate rounded-sm font-medium text-ink after:absolute after:inset-0"
        >
          {name}
        </a>
      ),
    },
    owner: { width: "w-[17%]", card: "line", cell: ({ owner }) => <OwnerCell owner={owner} /> },
    roles: { width: "w-[17%]", priority: 2, cell: ({ roles }) => <RolesCell roles={roles.map(({ name }) => name)} /> },
    status: {
      width: "w-[24%]",
      card: "status",
      title: ({ reason }) => reason ?? "",
      cell: ({ status, reason }) => (
        <span className="grid min-w-0">
          <AccountStatus status={status} />
          {reason && <span className="truncate text-xs text-muted max-s:whitespace-normal">{reason}</span>}
        </span>
      ),
    },
    tokens: {
      width: "w-[80px]",
      align: "end",
      card: "foot",
      className: "max-s:text-left max-s:text-xs max-s:text-muted",
      cell: ({ tokens }) => (
        <span className={tokens === 0 ? "text-muted" : undefined}>
          {tokens}
          <span className="s:hidden"> {tokens === 1 ? "token" : "tokens"}</span>
        </span>
      ),
    },
    lastUse: {
      width: "w-[120px]",
      card: "foot-end",
      cell: ({ lastUsedAt }) =>
        lastUsedAt ? <Time at={lastUsedAt} zone={zone} now={now} /> : <span className="text-muted">never used</span>,
    },
    createdAt: {
      width: "w-[110px]",
      priority: 2,
      card: "off",
      cell: ({ createdAt }) => <Time at={createdAt} zone={zone} now={now} form="date" />,
    },
  };
  return (
    <ListTable
      heads={heads}
      label={serviceAccountList.label}
      columns={columns}
      rows={rows}
      idOf={({ id }) => id}
      covered
    />
  );
}

function OwnerCell({ owner }: Pick<ListedAccount, "owner">) {
  if (!owner) return <span className="text-muted">No owner</span>;
  return (
    <span className="flex min-w-0 items-center gap-2">
      {owner.visible && (
        <Avatar id={owner.id} name={owner.name} picture={owner.picture} size="s" className="max-s:hidden" />
      )}
      <span className={owner.visible ? "truncate" : "truncate text-muted"}>{owner.name}</span>
    </span>
  );
}

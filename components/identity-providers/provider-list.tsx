import { ProviderState } from "@/components/identity-providers/provider-state";
import { headsOf } from "@/components/list/heads-of";
import { type Columns, ListTable } from "@/components/list/list-table";
import { cn } from "@/components/ui/class-names";
import { Time } from "@/components/ui/time";
import { providerList } from "@/lib/identity-providers/filters";
import { activityOf, providerPath } from "@/lib/identity-providers/pages";
import { kindWords } from "@/lib/identity-providers/presets";
import type { ListedProvider } from "@/lib/identity-providers/queries";
import { type SecretEnd, secretEnd } from "@/lib/identity-providers/secret-end";
import type { ColumnOf } from "@/lib/lists/declare-list";

type ProviderListProps = { shown: ColumnOf<typeof providerList>[]; rows: ListedProvider[]; zone: string; now: Date };

/** What is notable about one, in words. */
function Notes({ onlyWayIn, secret }: { onlyWayIn: boolean; secret: SecretEnd | null }) {
  return (
    <>
      {onlyWayIn && <span className="block text-xs text-muted">The only way to sign in</span>}
      {secret && (
        <span className={cn("block text-xs", secret.over ? "text-danger" : "text-warning")}>{secret.words}</span>
      )}
    </>
  );
}

export function ProviderList({ shown, rows, zone, now }: ProviderListProps) {
  const columns: Columns<typeof providerList, ListedProvider> = {
    name: {
      card: "name",
      className: "max-s:whitespace-normal",
      cell: ({ id, name, onlyWayIn, secretExpiresAt }) => (
        <>
          <a
            href={providerPath(id)}
            title={name}
            className="block rounded-sm font-medium text-ink wrap-anywhere after:absolute after:inset-0 s:truncate"
          >
            {name}
          </a>
          <Notes onlyWayIn={onlyWayIn} secret={secretEnd(secretExpiresAt, now)} />
        </>
      ),
    },
    kind: { width: "w-[24%]", cell: ({ preset }) => kindWords(preset) },
    state: { width: "w-[120px]", card: "status", cell: ({ state }) => <ProviderState state={state} /> },
    people: {
      width: "w-[90px]",
      align: "end",
      card: "foot",
      className: "max-s:text-left",
      cell: ({ id, name, people }) => (
        <a href={activityOf(id)} aria-description={`Users of ${name}`} className="link relative">
          {people}
          <span className="s:hidden"> {people === 1 ? "user" : "users"}</span>
        </a>
      ),
    },
    lastSignIn: {
      width: "w-[150px]",
      card: "foot-end",
      cell: ({ lastSignInAt }) =>
        lastSignInAt ? <Time at={lastSignInAt} zone={zone} now={now} /> : <span className="text-muted">never</span>,
    },
  };
  return (
    <ListTable
      label={providerList.label}
      heads={headsOf(providerList, shown)}
      columns={columns}
      rows={rows}
      idOf={({ id }) => id}
      covered
    />
  );
}

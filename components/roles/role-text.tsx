import { Note } from "@/components/ui/note";
import { Panel, PanelHead } from "@/components/ui/panel";
import { counted } from "@/lib/lists/format-total";
import type { RoleDetail, RoleFormParts } from "@/lib/roles/detail";
import { countOperations, scopeLabel, scopesByWidth } from "@/lib/roles/scopes";

type RoleTextProps = { role: RoleDetail; parts: RoleFormParts };

/** A role for people who may see but not change it: text instead of fields, and why. */
export function RoleText({ role, parts }: RoleTextProps) {
  const { update } = role.abilities;
  const partners = parts.ladder.filter(({ id }) => role.combinesWith.includes(id)).map(({ name }) => name);
  const groups = parts.matrix
    .map(({ noun, operations }) => ({
      noun,
      rows: operations
        .map((one) => ({
          ...one,
          held: scopesByWidth.filter((scope) =>
            role.gives.some((carried) => carried.operation === one.operation && carried.scope === scope),
          ),
        }))
        .filter(({ held }) => held.length > 0),
    }))
    .filter(({ rows }) => rows.length > 0);
  return (
    <div className="grid max-w-[760px] gap-4">
      {!update.ok && <Note>{update.reason}</Note>}
      <Panel>
        <PanelHead title="Role" />
        <dl className="grid grid-cols-2 gap-4 px-4 pt-1 pb-4 text-ui max-s:grid-cols-1">
          <Fact label="Name" value={role.name} />
          <Fact label="Description" value={role.description || "none"} />
          <Fact label="Kind" value={role.builtIn ? `${role.kind}, or primary` : role.kind} />
          {role.kind === "primary" ? (
            <Fact label="Rank" value={String(role.rank)} />
          ) : (
            <Fact label="Can be combined with" value={partners.join(", ") || "every primary role"} />
          )}
        </dl>
      </Panel>
      <Panel aria-labelledby="operations-title">
        <PanelHead
          titleId="operations-title"
          title="Operations"
          hint={counted(countOperations(role.gives), "operation")}
        />
        {groups.map(({ noun, rows }) => (
          <section key={noun} aria-label={noun}>
            <h3 className="border-y border-line bg-canvas px-4 py-1.5 text-xs font-medium text-muted">{noun}</h3>
            <ul className="divide-y divide-line">
              {rows.map(({ operation, sentence, scopes, held }) => (
                <li
                  key={operation}
                  className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-4 py-1.5 text-ui"
                >
                  <span className="min-w-0">
                    <a href={`/admin/privileges/${operation}`} className="rounded-sm hover:underline">
                      {sentence}
                    </a>
                    <span className="block truncate font-mono text-xs text-muted">{operation}</span>
                  </span>
                  <span className="text-right text-ink-2">
                    {held.map((scope) => scopeLabel({ operation, scopes }, scope)).join(", ")}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && (
          <p className="border-t border-line px-4 py-6 text-center text-ui text-muted">It has no operations.</p>
        )}
      </Panel>
    </div>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div className="min-w-0">
      <dt className="font-medium">{label}</dt>
      <dd className="wrap-break-word text-ink-2">{value}</dd>
    </div>
  );
}

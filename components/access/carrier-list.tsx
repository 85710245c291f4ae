import { HeadCell, Table, TableHead } from "@/components/list/table";
import { Cell, TableBody, TableRow } from "@/components/list/table-rows";
import { Panel, PanelHead } from "@/components/ui/panel";
import type { AskedOperation } from "@/lib/access/asked-operations";
import type { Carrier } from "@/lib/access/holders";
import { reachWords } from "@/lib/access/may-do";
import { holder } from "@/lib/authz/scope-words";

/** The roles that carry an operation, and how far each reaches. */
export function CarrierList({ carriers, operation }: { carriers: Carrier[]; operation: AskedOperation }) {
  return (
    <Panel>
      <PanelHead title="Roles that carry it" hint={`${carriers.length}`} />
      <Table label="Roles that carry it" className="gives-way border-t border-line [&_th]:rounded-none">
        <TableHead>
          <HeadCell>Role</HeadCell>
          <HeadCell>Kind</HeadCell>
          <HeadCell>Reaches</HeadCell>
        </TableHead>
        <TableBody>
          {carriers.map((role) => (
            <TableRow key={role.id}>
              <Cell card="name">
                <a href={`/admin/roles/${role.id}`} className="link">
                  {role.name}
                </a>
              </Cell>
              <Cell card="status">{role.admin ? "built in, computed" : role.kind}</Cell>
              <Cell card="line">{reachWords(role.scopes, operation, holder)}</Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
}

import Link from "next/link";
import { Cell, HeadCell, RowActions, Table, TableBody, TableHead, TableRow } from "@/components/list/table";
import { LinkButton } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { TotalFigure } from "@/components/ui/figure";
import { counted } from "@/lib/lists/format-total";
import type { ListedRole } from "@/lib/roles/list";
import { kindWords, peopleOf } from "./role-words";

type RoleListProps = { roles: ListedRole[]; mayEdit: boolean; mayCopy: boolean };

/** The ladder from the top, and then the additional roles by name. */
export function RoleList({ roles, mayEdit, mayCopy }: RoleListProps) {
  const withPeople = roles.some(({ people }) => people !== null);
  return (
    <Table label="Roles" className="s:table-fixed">
      <TableHead>
        <HeadCell>Name</HeadCell>
        <HeadCell className="w-[26%]">Kind</HeadCell>
        <HeadCell align="end" className="w-[92px]">
          Operations
        </HeadCell>
        {withPeople && (
          <HeadCell align="end" className="w-[110px]">
            People
          </HeadCell>
        )}
        <HeadCell align="end" className="w-[72px]">
          Groups
        </HeadCell>
        <HeadCell className="w-[128px]">
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {roles.map((role) => (
          <RoleRow key={role.id} role={role} mayEdit={mayEdit} mayCopy={mayCopy} />
        ))}
      </TableBody>
    </Table>
  );
}

function RoleRow({ role, mayEdit, mayCopy }: { role: ListedRole; mayEdit: boolean; mayCopy: boolean }) {
  const href = `/admin/roles/${role.id}`;
  const verb = mayEdit && !role.builtIn ? "Edit" : "Open";
  return (
    <TableRow className="s:relative">
      <Cell card="name" className="s:py-1.5">
        <span className="flex min-w-0 items-center gap-2">
          <Link
            href={href}
            prefetch={false}
            title={role.name}
            className="min-w-0 truncate rounded-sm font-medium text-ink after:absolute after:inset-0"
          >
            {role.name}
          </Link>
          {role.builtIn && <Chip>built in</Chip>}
        </span>
        {role.description && (
          <span className="block truncate text-xs text-muted" title={role.description}>
            {role.description}
          </span>
        )}
      </Cell>
      <Cell>
        <span title={kindWords(role)}>{kindWords(role)}</span>
      </Cell>
      <Cell card="foot" align="end" className="max-s:text-left">
        {role.operations}
        <span className="s:hidden"> {role.operations === 1 ? "operation" : "operations"}</span>
      </Cell>
      {role.people && (
        <Cell card="foot-end" align="end">
          <span className="s:hidden">{peopleOf(role.people)}</span>
          <span className="max-s:hidden">
            <TotalFigure total={role.people} />
          </span>
        </Cell>
      )}
      <Cell card="off" align="end">
        {role.groups === 0 ? (
          <span className="text-muted">–</span>
        ) : (
          <span title={counted(role.groups, "group")}>{role.groups}</span>
        )}
      </Cell>
      <Cell card="off" className="overflow-visible">
        <RowActions>
          <span className="relative z-10 flex gap-1">
            <LinkButton size="s" href={href} prefetch={false} aria-description={role.name}>
              {verb}
            </LinkButton>
            {mayCopy && (
              <LinkButton
                size="s"
                variant="quiet"
                href={`/admin/roles/new?copy=${role.id}`}
                prefetch={false}
                aria-description={role.name}
              >
                Copy
              </LinkButton>
            )}
          </span>
        </RowActions>
      </Cell>
    </TableRow>
  );
}

import type { Metadata } from "next";
import { ListEmpty } from "@/components/list/list-empty";
import { SearchBox } from "@/components/list/search-box";
import { Legend } from "@/components/privileges/legend";
import { PrintButton } from "@/components/privileges/print-button";
import { PrivilegeMatrix } from "@/components/privileges/privilege-matrix";
import { RolePrivileges } from "@/components/privileges/role-privileges";
import { PageHeader } from "@/components/shell/page-header";
import { LinkButton } from "@/components/ui/button";
import { requireOperation } from "@/lib/auth/current";
import { counted } from "@/lib/lists/format-total";
import type { Params } from "@/lib/lists/search-params";
import { readSearch } from "@/lib/roles/filters";
import { readPrivileges } from "@/lib/roles/privileges";

export const metadata: Metadata = { title: "Privileges" };

type Props = { searchParams: Promise<Params> };

export default async function PrivilegesPage({ searchParams }: Props) {
  const ctx = await requireOperation("role.read");
  const q = readSearch(await searchParams);
  const privileges = await readPrivileges(ctx, q);
  const { roles, shown, total } = privileges;
  return (
    <>
      <PageHeader
        title="Privileges"
        facts={[
          counted(roles.length, "role"),
          q ? `${shown} of ${counted(total, "operation")}` : counted(total, "operation"),
        ]}
        actions={<PrintButton />}
      />
      <div data-print="hide" className="mb-3 flex flex-wrap items-center gap-2">
        <SearchBox action="/admin/privileges" value={q} placeholder="Name, key or noun" />
      </div>
      {shown > 0 ? (
        <>
          <Legend />
          <PrivilegeMatrix privileges={privileges} />
          <RolePrivileges privileges={privileges} />
        </>
      ) : (
        <div className="rounded-lg border border-line">
          <ListEmpty
            kind="nothing-found"
            title={`No operation matches "${q}".`}
            actions={<LinkButton href="/admin/privileges">Clear the search</LinkButton>}
          >
            Searched by name, key and noun, among {counted(total, "operation")}.
          </ListEmpty>
        </div>
      )}
    </>
  );
}

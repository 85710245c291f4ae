import type { Metadata } from "next";
import { headsOf } from "@/components/list/heads-of";
import { LockedUserList } from "@/components/sessions/locked-user-list";
import { MomentList } from "@/components/sessions/moment-list";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { currentZone } from "@/lib/auth/zone";
import type { Params } from "@/lib/lists/search-params";
import { lockedUserList } from "@/lib/sessions/filters";
import { askLockedUsers, countLockedUsers, listLockedUsers } from "@/lib/sessions/locked-users";

export const metadata: Metadata = { title: "Locked Users" };

type Props = { searchParams: Promise<Params> };

export default async function LockedUsersPage({ searchParams }: Props) {
  const ctx = await requireOperation("user.read");
  const asked = askLockedUsers(await searchParams);
  const page = await listLockedUsers(ctx, asked.filters);
  const zone = await currentZone();
  const shown = await currentColumns(lockedUserList);
  return (
    <MomentList
      list={lockedUserList}
      asked={asked}
      shown={shown}
      page={page}
      nouns={["locked user", "locked users"]}
      none="No users are locked."
      among={page.rows.length === 0 ? await countLockedUsers(ctx) : null}
    >
      {(empty) => (
        <LockedUserList
          label={lockedUserList.label}
          heads={headsOf(lockedUserList, shown)}
          rows={page.rows}
          zone={zone}
          now={ctx.now()}
          empty={empty}
        />
      )}
    </MomentList>
  );
}

import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { headsOf } from "@/components/list/heads-of";
import { ActiveSessionList } from "@/components/sessions/active-session-list";
import { limitWords } from "@/components/sessions/limit-words";
import { MomentList } from "@/components/sessions/moment-list";
import { currentColumns } from "@/lib/auth/columns";
import { requireOperation } from "@/lib/auth/current";
import { limitsOf } from "@/lib/auth/session-limits";
import { currentZone } from "@/lib/auth/zone";
import type { Params } from "@/lib/lists/search-params";
import { readSettings } from "@/lib/platform/read-settings";
import { askActiveSessions, countActiveSessions, listActiveSessions } from "@/lib/sessions/active-users";
import { activeUserList } from "@/lib/sessions/filters";
import { sessionPaths } from "@/lib/sessions/paths";
import { sessionTabs } from "@/lib/sessions/tabs";

export const metadata: Metadata = { title: "Active Users" };

type Props = { searchParams: Promise<Params> };

export default async function ActiveUsersPage({ searchParams }: Props) {
  const ctx = await requireOperation("session.read", "client.read", "user.read");
  const [first = "locked"] = sessionTabs(ctx);
  if (first !== "users") redirect(sessionPaths[first]);
  const asked = askActiveSessions(await searchParams);
  const page = await listActiveSessions(ctx, asked.filters);
  const zone = await currentZone();
  const shown = await currentColumns(activeUserList);
  return (
    <MomentList
      list={activeUserList}
      asked={asked}
      shown={shown}
      page={page}
      nouns={["session", "sessions"]}
      none="Nobody is signed in."
      among={page.rows.length === 0 ? await countActiveSessions(ctx) : null}
      foot={limitWords(limitsOf(await readSettings(ctx.db)))}
    >
      {(empty) => (
        <ActiveSessionList
          label={activeUserList.label}
          heads={headsOf(activeUserList, shown)}
          rows={page.rows}
          zone={zone}
          now={ctx.now()}
          empty={empty}
        />
      )}
    </MomentList>
  );
}

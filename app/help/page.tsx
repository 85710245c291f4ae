import type { Metadata } from "next";
import { HelpPanels } from "@/components/help/help-panels";
import { PageHeader } from "@/components/shell/page-header";
import { currentPaletteKey } from "@/components/shell/palette-key";
import { ShortcutList } from "@/components/shell/shortcut-list";
import { requireSignedIn } from "@/lib/auth/current";
import { tasksFor } from "@/lib/help/tasks";
import { shellData } from "@/lib/shell/shell-data";

export const metadata: Metadata = { title: "Help" };

export default async function HelpPage() {
  const ctx = await requireSignedIn();
  const { shortcuts } = await shellData(ctx);
  return (
    <>
      <PageHeader title="Help" />
      <HelpPanels
        tasks={tasksFor(ctx.actor.access)}
        shortcuts={<ShortcutList paletteKey={await currentPaletteKey()} singleKeys={shortcuts} />}
      />
    </>
  );
}

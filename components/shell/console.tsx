import { cookies } from "next/headers";
import { cache, type ReactNode } from "react";
import { ConsoleFrame } from "@/components/shell/console-frame";
import { DemoBanner } from "@/components/shell/demo-banner";
import type { NavGroup } from "@/components/shell/navigation";
import { currentPaletteKey } from "@/components/shell/palette-key";
import { themeOf } from "@/components/shell/theme";
import type { Me } from "@/components/shell/user-menu";
import { ViewBanner } from "@/components/shell/view-banner";
import type { Reading } from "@/components/ui/reading";
import { viewSentence } from "@/lib/authz/viewing";
import type { Screen } from "@/lib/shell/navigation";
import type { ShownView } from "@/lib/shell/shell-data";
import type { Clock } from "@/lib/time/zone-offset";

type ConsoleProps = {
  screens: Screen[];
  /** As whom the page is shown, where that is not `me`. */
  view: ShownView | null;
  me: Me;
  /** Of the zone in which this person reads times. */
  clock: Clock;
  /** The person's format of dates and times. */
  form: Reading["form"];
  shortcuts: boolean;
  children: ReactNode;
};

/** The frame of everything behind sign-in. */
export async function Console({ screens, view, me, clock, form, shortcuts, children }: ConsoleProps) {
  const theme = themeOf((await cookies()).get("theme")?.value);
  return (
    <ConsoleFrame
      clock={clock}
      form={form}
      nav={navOf(screens)}
      me={me}
      theme={theme}
      banner={
        <>
          <DemoBanner />
          <ViewBanner view={view} />
        </>
      }
      readOnly={view ? viewSentence(view.name) : undefined}
      singleKeys={shortcuts}
      paletteKey={await currentPaletteKey()}
    >
      {children}
    </ConsoleFrame>
  );
}

const navOf = cache((screens: Screen[]): { groups: NavGroup[] } => {
  const items = (section: Screen["section"]) =>
    screens.filter((screen) => screen.section === section).map(({ href, label }) => ({ href, label }));
  const [first, ...others] = [items("people"), items("records"), items("setup")].filter((group) => group.length > 0);
  const admin = [...(first ? [{ label: "Admin", items: first }] : []), ...others.map((group) => ({ items: group }))];
  return { groups: [{ items: items("home") }, ...admin].filter((group) => group.items.length > 0) };
});

import { StopViewing } from "@/components/auth/stop-viewing";
import { SpriteIcon } from "@/components/ui/sprite-icon";
import type { ShownView } from "@/lib/shell/shell-data";
import { ViewWatch } from "./view-watch";

/** Above every page of a view, as long as it lasts; it stays in sight when the page is scrolled. */
export function ViewBanner({ view }: { view: ShownView | null }) {
  if (!view) return <ViewWatch view={null} />;
  return (
    <aside
      aria-label="View"
      className="sticky top-0 z-30 flex items-center gap-3 border-b border-line bg-accent-subtle px-6 py-1.5 text-ui text-ink max-s:top-13 max-s:px-4 print:static"
    >
      <SpriteIcon name="eye" />
      <p role="status" className="min-w-0 flex-1 wrap-anywhere">
        Viewing as{" "}
        <b title={view.name} className="inline-block max-w-full truncate align-bottom">
          {view.name}
        </b>
        . Read-only.
      </p>
      <StopViewing size="s">Stop</StopViewing>
      <ViewWatch view={view} />
    </aside>
  );
}

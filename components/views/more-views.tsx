import { ChevronDown } from "lucide-react";
import { buttonLook } from "@/components/ui/button";
import type { ListedView } from "@/lib/views/open";

/** The views that do not fit beside the others. The browser opens and closes it, so that it works without script. */
export function MoreViews({ views }: { views: (ListedView & { href: string })[] }) {
  return (
    <>
      <button
        type="button"
        popoverTarget="more-views"
        style={{ anchorName: "--more-views" }}
        className={buttonLook({ variant: "quiet", size: "s" })}
      >
        More views
        <ChevronDown aria-hidden />
      </button>
      <div
        id="more-views"
        popover="auto"
        data-raised=""
        style={{ positionAnchor: "--more-views" }}
        className="below-button w-64"
      >
        <ul aria-label="More views" className="max-h-80 overflow-auto p-1">
          {views.map(({ id, name, shared, href }) => (
            <li key={id}>
              <a
                href={href}
                className="flex min-h-8 items-center gap-2 rounded-md px-2 py-1 -outline-offset-2 hover:bg-press coarse:min-h-10"
              >
                <span className="min-w-0 flex-1 truncate">{name}</span>
                {shared && <span className="text-xs text-muted">shared</span>}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}

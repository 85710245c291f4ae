import { ChevronRight } from "lucide-react";
import { Panel, Rows } from "@/components/ui/panel";
import { providersPath } from "@/lib/identity-providers/pages";
import { providerSettings } from "@/lib/identity-providers/presets";
import { providerPresets } from "@/lib/identity-providers/schema";

/** Which provider it is: what is filled in, and which steps are shown, follow from it. */
export function PresetList() {
  return (
    <Panel className="max-w-[760px]">
      <Rows>
        {providerPresets.map((preset) => (
          <li key={preset}>
            <a
              href={`${providersPath}/new/${preset}`}
              className="flex min-h-[50px] items-center gap-3 py-1.5 pr-3 pl-4 text-ui font-medium -outline-offset-2 hover:bg-hover"
            >
              <span className="flex-1">
                {preset === "any" ? "Any other OpenID Connect provider" : providerSettings[preset].name}
              </span>
              <ChevronRight aria-hidden className="text-icon" />
            </a>
          </li>
        ))}
      </Rows>
    </Panel>
  );
}

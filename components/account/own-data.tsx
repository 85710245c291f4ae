import { Download } from "lucide-react";
import { buttonLook } from "@/components/ui/button";
import { Panel, PanelFoot, PanelHead } from "@/components/ui/panel";

/** Everything that Gatehouse keeps about the reader, as a file. */
export function OwnData() {
  return (
    <Panel aria-labelledby="own-data">
      <PanelHead
        title="Your data"
        titleId="own-data"
        hint="Profile, roles, groups, clients, sessions, second factors without their secrets, and the activity of your account."
      />
      <PanelFoot
        actions={
          <a href="/account/data" download className={buttonLook()}>
            <Download aria-hidden />
            Download as JSON
          </a>
        }
      >
        The download is recorded in the audit log.
      </PanelFoot>
    </Panel>
  );
}

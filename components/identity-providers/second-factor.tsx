import { Fact, Facts } from "@/components/ui/facts";
import { Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";

type SecondFactorProps = {
  /** In words, such as "Administrators". */
  requiredFor: string;
  name: string;
};

/** What applies to sign-ins through the provider as to every other one (S7). */
export const SecondFactor = ({ requiredFor, name }: SecondFactorProps) => (
  <Panel aria-labelledby="provider-factors" className="max-w-[760px]">
    <PanelHead title="Second factor" titleId="provider-factors" />
    <PanelBody>
      <Facts>
        <Fact label="Required for">{requiredFor}</Fact>
      </Facts>
    </PanelBody>
    <PanelFoot>
      <span>
        People who have or need a second factor also enter it after signing in at {name}. Change this under{" "}
        <a className="link" href="/admin/settings">
          Settings
        </a>
        .
      </span>
    </PanelFoot>
  </Panel>
);

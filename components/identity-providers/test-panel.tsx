import { TestTold } from "@/components/identity-providers/test-told";
import { Empty } from "@/components/ui/empty";
import { Fact, Facts } from "@/components/ui/facts";
import { Note } from "@/components/ui/note";
import { Panel, PanelBody, PanelHead } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { mapClaims } from "@/lib/auth/providers/oidc/claims";
import { claimFields, claimWords } from "@/lib/identity-providers/claims";
import type { ShownProvider } from "@/lib/identity-providers/queries";

type TestPanelProps = {
  provider: ShownProvider;
  /** What became of the test that led here: nothing is wrong, or why nobody was signed in. */
  ended: { problem: string | null } | null;
  mayTest: boolean;
  zone: string;
  now: Date;
};

/** The last test, and what the provider sent in it. */
export function TestPanel({ provider, ended, mayTest, zone, now }: TestPanelProps) {
  const { id, testedAt, testClaims, mapping, state } = provider;
  return (
    <div className="grid max-w-[760px] gap-4">
      {ended && (
        <>
          <TestTold id={id} />
          {ended.problem ? (
            <Note tone="danger" role="alert" title="The test failed.">
              {ended.problem}
            </Note>
          ) : (
            <Note tone="accent" role="status" title="Sign-in works.">
              {state === "enabled" ? "You can close this window." : "It can be enabled. You can close this window."}
            </Note>
          )}
        </>
      )}
      {testedAt && (
        <Panel aria-labelledby="last-test">
          <PanelHead title="Last test" titleId="last-test" hint={<Time at={testedAt} zone={zone} now={now} />} />
          {testClaims ? (
            <PanelBody>
              <h3 className="text-ui font-medium">What Gatehouse reads from it</h3>
              <Facts>
                {claimFields.map((field) => (
                  <Fact key={field} label={claimWords[field]}>
                    {mapClaims(mapping, testClaims)[field] ?? <span className="text-muted">nothing</span>}
                  </Fact>
                ))}
              </Facts>
            </PanelBody>
          ) : (
            <PanelBody className="text-ui text-ink-2">
              The test succeeded. Its details are visible to people who can change this provider.
            </PanelBody>
          )}
        </Panel>
      )}
      {testedAt && testClaims && <Claims claims={testClaims} />}
      {!testedAt && (
        <Panel>
          <Empty icon="flask-conical" title="These settings have not been tested yet.">
            {mayTest
              ? '"Test" opens the provider in a new window. Sign in there with your own account. No session is created, and the result is shown here.'
              : "After a successful test it can be enabled."}
          </Empty>
        </Panel>
      )}
    </div>
  );
}

function Claims({ claims }: { claims: Record<string, unknown> }) {
  return (
    <Panel aria-labelledby="claims">
      <PanelHead title="Claims" titleId="claims" hint="Everything the provider returned" />
      <PanelBody>
        <dl className="grid grid-cols-[minmax(0,max-content)_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-xs">
          {Object.entries(claims).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="font-mono break-all text-muted">{name}</dt>
              <dd className="min-w-0 font-mono break-all">
                {typeof value === "string" ? value : JSON.stringify(value)}
              </dd>
            </div>
          ))}
        </dl>
      </PanelBody>
    </Panel>
  );
}

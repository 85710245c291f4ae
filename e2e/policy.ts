import { type BrowserContext, expect } from "@playwright/test";

/**
 * Hears of everything that the content security policy refuses on the pages of this context, also what no console tells, such as
 * a script that tries out whether it may evaluate text. Returns the check that nothing was.
 */
export async function hearPolicy(context: BrowserContext): Promise<() => void> {
  const refused: unknown[] = [];
  await context.exposeBinding("policyRefused", (_source, what) => void refused.push(what));
  await context.addInitScript(() =>
    document.addEventListener(
      "securitypolicyviolation",
      ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
        const { policyRefused } = window as unknown as { policyRefused: (what: object) => void };
        policyRefused({ page: location.pathname, violatedDirective, blockedURI, sourceFile, lineNumber });
      },
    ),
  );
  return () => expect(refused).toEqual([]);
}

import { claimedClient, readAssertion } from "@/lib/client-tokens/assertion";
import { malformedAssertion, noAssertion, replayed, unknownKey } from "@/lib/client-tokens/problems";
import { refused } from "@/lib/client-tokens/refuse";
import { findStanding, type Standing, stopOf } from "@/lib/client-tokens/standing";
import { spendAssertion } from "@/lib/client-tokens/used-assertions";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import type { Form } from "@/lib/http/form-body";
import { issuer } from "@/lib/signing-keys/issuer";

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/**
 * A client that proves itself by an assertion in a form (private_key_jwt, RFC 7523), and that may continue. Throws `unauthenticated`, with
 * `forbidden` what stops a client that has proved itself; both are counted and logged. `tokenIds`: asked about on the way.
 */
export async function authenticateClient(ctx: Ctx, form: Form, tokenIds: string[] = []): Promise<Standing> {
  let standing: Standing | null = null;
  try {
    const { assertion, clientId } = assertionIn(form);
    standing = await findStanding(ctx, clientId, tokenIds);
    if (!standing?.client.publicKey) throw unknownKey();
    const read = await readAssertion(assertion, { key: standing.client.publicKey, issuer: issuer(), now: ctx.now() });
    const stop = stopOf(standing);
    if (stop) throw stop;
    if (!(await spendAssertion(ctx, read))) throw replayed();
    return standing;
  } catch (error) {
    if (error instanceof AppError) throw await refused(ctx, standing, error);
    throw error;
  }
}

function assertionIn(form: Form): { assertion: string; clientId: string } {
  const assertion = form.client_assertion;
  if (!assertion || form.client_assertion_type !== assertionType) throw noAssertion();
  const clientId = claimedClient(assertion);
  if (form.client_id !== undefined && form.client_id.toLowerCase() !== clientId)
    throw malformedAssertion("names another client than client_id");
  return { assertion, clientId };
}

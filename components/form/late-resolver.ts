import type { FieldValues, Resolver } from "react-hook-form";
import type { z } from "zod";

/** A schema that is fetched when it is asked for. */
export type LateSchema<Input, Output> = () => Promise<z.ZodType<Output, Input>>;

/**
 * What a form checks by, fetched when somebody comes to it: `fetch` early, `resolver` at the latest. Where it cannot be
 * had, what was typed goes to the server, which checks it anyway.
 */
export function lateResolver<Input extends FieldValues, Output>(schema: LateSchema<Input, Output>) {
  let kept: Promise<Resolver<Input, unknown, Input>> | null = null;
  async function make() {
    const [{ zodResolver }, read] = await Promise.all([import("@hookform/resolvers/zod"), schema()]);
    return zodResolver(read, undefined, { raw: true });
  }
  function fetch() {
    kept ??= make();
    return kept.catch(() => {
      kept = null;
      return null;
    });
  }
  const resolver: Resolver<Input, unknown, Input> = async (values, context, options) => {
    const check = await fetch();
    return check ? check(values, context, options) : { values, errors: {} };
  };
  return { fetch, resolver };
}

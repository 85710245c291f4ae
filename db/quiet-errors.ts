import { inspect } from "node:util";
import { DrizzleQueryError } from "drizzle-orm";

/**
 * Next prints every error that a page, route or action raises. Of a failed statement the log gets the code, the constraint
 * and the place in the code: Drizzle's text contains the parameters, such as names and hashes, and PostgreSQL's detail
 * contains values.
 */
export function quietQueryErrors(): void {
  Object.defineProperty(DrizzleQueryError.prototype, inspect.custom, {
    configurable: true,
    value(this: DrizzleQueryError) {
      const { name, code, constraint_name: constraint } = (this.cause ?? this) as PostgresFault;
      const place = this.stack?.split(this.message).at(-1) ?? "";
      return `A statement failed: ${[name, code, constraint].filter(Boolean).join(" ")}${place}`;
    },
  });
}

type PostgresFault = { name: string; code?: string; constraint_name?: string };

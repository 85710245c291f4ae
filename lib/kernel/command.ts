import "server-only";
import type { z } from "zod";
import type { Decision } from "@/lib/authz/decision";
import type { Grants } from "@/lib/authz/grants";
import type { Ctx, Person } from "@/lib/context";
import type { CommonLock } from "@/lib/kernel/common-locks";
import type { Keyed, Operation } from "@/lib/kernel/operation";
import { run } from "@/lib/kernel/run";
import type { Change, Steps, Target, Work } from "@/lib/kernel/steps";
import type { OperationKey } from "@/lib/operations";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

type ParametersOf<T extends string> = T extends `${string}{${infer P}}${infer Rest}` ? P | ParametersOf<Rest> : never;

/** "DELETE /clients/{id}", whose parameters are fields of the input; else the name of a parameter that is not. */
type Route<T extends string, S extends z.ZodType> =
  Exclude<ParametersOf<T>, keyof z.input<S>> extends never
    ? T
    : `${Exclude<ParametersOf<T>, keyof z.input<S>>} is no field of the input`;

type For<F> = [F] extends [never] ? Ctx : Ctx<Person>;

type Grant<S extends z.ZodType, C extends Ctx, R> = (
  work: Work<C>,
  record: R,
  input: z.output<S>,
) => Promise<Grants | null> | Grants | null;

/**
 * What a command declares, in the order in which it is used. TypeScript infers from top to bottom, so a member that comes
 * before one that it depends on sees `unknown`.
 */
type Declared<O extends Operation, S extends z.ZodType, F, R, V, P, T extends string, C extends Ctx = For<F>> = {
  /** What it is called where several commands share an operation; else the operation's key. */
  key?: string;
  /** Only a signed-in person may use it: its context is theirs. Refused to everybody else. */
  for?: F;
  input: S;
  /** Its method and path in the API (P1); absent: it has none. */
  route?: Route<T, S>;
  /** Done before the transaction, with what it writes kept and no event when it throws, such as counting an attempt. */
  before?: (ctx: C, input: z.output<S>) => Promise<void>;
  /** Finds and locks it, within what the actor may see; else throws `not_found`. */
  target: (work: Work<C>, input: z.output<S>) => Promise<Target<R>>;
  /**
   * Which of the common locks it takes before its first row: a list, or asked of each target. Absent: that of the administrators
   * where the operation says so. With that lock the administrators are counted (U15), and without it they are not, so leave one
   * out only where it is certain, whatever happens at the same moment, that this use lessens no administrators, or locks one
   * person and moves nobody under a manager.
   */
  locks?: CommonLock[] | ((record: R, input: z.output<S>, work: Work<C>) => CommonLock[]);
  /**
   * Asked once the actor may do this: the value when the target is already as the command would leave it, as after a second
   * click. Then nothing changes and no event is written.
   */
  already?: (record: R, input: z.output<S>, work: Work<C>) => { value: V } | null;
  /** What the state of the target allows, once the actor may do this at all. */
  allowed?: (record: R, input: z.output<S>, work: Work<C>) => Decision;
  /**
   * What it causes somebody to hold (R8): required of an operation that grants, refused of every other. Null where these
   * inputs touch nothing that anybody holds: what the person holds is then not compared before and after.
   */
  grants?: Grant<S, C, R>;
  /** Throws what else refuses it and can be known before anything is written. */
  check?: (work: Work<C>, record: R, input: z.output<S>) => Promise<void> | void;
  /**
   * Costly work such as hashing a password, done outside the transaction once a first decision is a yes. Undefined: none. A dry
   * run asks for something that replaces it.
   */
  prepare?: (input: z.output<S>) => ((dryRun: boolean) => Promise<P>) | undefined;
  change: (work: Work<C>, record: R, input: z.output<S>, prepared: P | undefined) => Promise<Change<V>>;
  /** Paths of the pages that show what has changed. */
  refresh?: (value: V, input: z.output<S>) => string[];
  /** What a refusal's event names when the target was not found; else the field `id` of the input, if it has one. */
  id?: (input: z.output<S>) => string | null;
} & (O extends { grants: true } ? { grants: unknown } : { grants?: never });

/** What every edge reads of a command, whatever it takes and gives. Methods, so that each command is one of these. */
export interface AnyCommand {
  readonly key: string;
  readonly operation: Keyed<OperationKey>;
  readonly for: "person" | undefined;
  readonly input: z.ZodType;
  readonly route: string | undefined;
  before(ctx: Ctx, input: unknown): Promise<void>;
  refresh(value: unknown, input: unknown): string[];
  steps(input: unknown): Steps<Ctx, unknown, unknown, unknown>;
}

/** A verb. Other commands and tests call it as a function; edges read what it declares. */
export interface Command<S extends z.ZodType, V, C extends Ctx = Ctx> extends AnyCommand {
  (ctx: C, input: z.output<S>): Promise<V>;
  readonly input: S;
  before(ctx: C, input: z.output<S>): Promise<void>;
  refresh(value: V, input: z.output<S>): string[];
  steps(input: z.output<S>): Steps<C, unknown, V, unknown>;
}

/**
 * Declares a verb: one use of an operation of the catalogue. No form, route or command line reaches it until one names it:
 * `actions.ts` for forms, `route` for programs.
 */
export function command<
  const O extends Keyed<OperationKey>,
  S extends z.ZodType,
  R,
  V,
  P = never,
  const T extends `${Method} /${string}` = never,
  const F extends "person" = never,
>(operation: O, declared: Declared<O, S, F, R, V, P, T>): Command<S, V, For<F>> {
  type C = For<F>;
  const { key = operation.key, input, route, before = async () => {}, refresh = () => [] } = declared;
  const { target, locks, already, allowed, check, prepare, change } = declared;
  const grants = declared.grants as Grant<S, C, R> | undefined;
  const idOf = declared.id ?? ((given: { id?: string }) => given.id ?? null);
  const byOperation: CommonLock[] = operation.administrators ? ["administrators"] : [];
  const locksFirst = typeof locks === "function" ? [] : (locks ?? byOperation);
  const steps = (given: z.output<S>): Steps<C, R, V, P> => ({
    person: declared.for === "person",
    target: (work) => target(work, given),
    locksFirst,
    locks: typeof locks === "function" ? (record, work) => locks(record, given, work) : undefined,
    already: already && ((record, work) => already(record, given, work)),
    allowed: allowed && ((record, work) => allowed(record, given, work)),
    grants: grants && ((work, record) => grants(work, record, given)),
    check: check && ((work, record) => check(work, record, given)),
    prepare: prepare?.(given),
    change: (work, record, prepared) => change(work, record, given, prepared),
    id: idOf(given as never),
  });
  const call = async (ctx: C, given: z.output<S>): Promise<V> => await run(ctx, made, given);
  Object.defineProperty(call, "name", { value: key });
  const read = { key, operation, for: declared.for, input, route, before, refresh, steps };
  const made = Object.assign(call, read) as unknown as Command<S, V, C>;
  return made;
}

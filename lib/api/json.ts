import { z } from "zod";
import { secret } from "@/lib/api/shapes";

type Choose = (value: unknown) => unknown;

const known = new WeakMap<z.core.$ZodType, Choose>();

/**
 * Of a value what is declared; the rest is left out. Whether that has the declared types is a question for tests, which ask it of every
 * answer (`lib/api/answer.ts`): to ask costs more than the answer itself.
 */
export const declaredIn = (shape: z.core.$ZodType, value: unknown): unknown => chooserOf(shape)(value);

function chooserOf(shape: z.core.$ZodType): Choose {
  const choose = known.get(shape) ?? makeChooser(shape);
  known.set(shape, choose);
  return choose;
}

/** Throws for a kind of shape that it does not know: its contents could be left out unseen. */
function makeChooser(shape: z.core.$ZodType): Choose {
  if (shape instanceof z.ZodObject) return chooseFields(shape);
  if (shape instanceof z.ZodArray) {
    const choose = chooserOf(shape.element);
    return choose === itself ? itself : (value) => (value as unknown[]).map(choose);
  }
  if (shape instanceof z.ZodNullable || shape instanceof z.ZodOptional) {
    const choose = chooserOf(shape.unwrap());
    return choose === itself ? itself : (value) => (value === null || value === undefined ? value : choose(value));
  }
  if (shape instanceof z.ZodRecord) {
    const choose = chooserOf(shape.valueType);
    return choose === itself
      ? itself
      : (value) => Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, choose(one)]));
  }
  if (plain.some((kind) => shape instanceof kind)) return itself;
  throw new Error(`An answer cannot have the shape ${shape._zod.def.type}: say in lib/api/json.ts what of it is shown`);
}

const plain = [z.ZodString, z.ZodNumber, z.ZodBoolean, z.ZodEnum, z.ZodLiteral, z.ZodUnknown];
const itself: Choose = (value) => value;

function chooseFields({ shape }: z.ZodObject): Choose {
  const fields = Object.entries(shape).map(([name, field]) => [name, chooserOf(field)] as const);
  return (value) => {
    const chosen: Record<string, unknown> = {};
    for (const [name, choose] of fields) chosen[name] = choose((value as Record<string, unknown>)[name]);
    return chosen;
  };
}

/** The same without what is shown once. */
export function withoutSecrets(shape: z.ZodType, value: unknown): unknown {
  const fields = shape instanceof z.ZodObject ? Object.entries(shape.shape) : [];
  const hidden = fields.filter(([, field]) => field === secret).map(([name]) => [name, null]);
  return { ...(declaredIn(shape, value) as object), ...Object.fromEntries(hidden) };
}

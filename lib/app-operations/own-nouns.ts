import { declareOperationSchema } from "@/lib/app-operations/schema";
import { operationKeys } from "@/lib/operations";

const nounOf = (key: string) => key.slice(0, key.indexOf("."));
const ownNouns = new Set(operationKeys.map(nounOf));

/** An operation that the product may declare: its noun is not one of Gatehouse's own, now or after an upgrade. */
export const declarableSchema = declareOperationSchema.refine(({ key }) => !ownNouns.has(nounOf(key)), {
  path: ["key"],
  error: "The word before the full stop is one of Gatehouse's own. Choose another.",
});

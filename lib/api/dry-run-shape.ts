import { z } from "zod";
import { scopes } from "@/db/enums";
import { changesShape, count, moment, named, text, totalShape } from "@/lib/api/shapes";

const accessLine = z.object({
  operations: z.array(z.object({ operation: text, scope: z.enum(scopes) })),
  count: count.meta({ description: "The total, including those you cannot see." }),
});
const firstTen = z.array(named).meta({ description: "The first ten that you can see." });
const untilOf = (what: string, none: string) => ({
  until: moment.nullable().meta({ description: `Until when they ${what}; null ${none}.` }),
  severalEnds: z
    .boolean()
    .meta({ description: "True if the end is not the same for all of them; `until` is then null." }),
  endOnly: z.boolean().meta({ description: "True if they hold it before and after, and only its end changes." }),
});
const gaining = untilOf("hold it from now on", "for no end");
const losing = untilOf("still hold it", "if they lose it at once");
const people = { people: firstTen };
const serviceAccounts = { serviceAccounts: firstTen };
const reachLine = accessLine.extend({
  ...people,
  over: count.meta({
    description: "How many people each of them gains or loses reach over; 0 for the owner of a group without members.",
  }),
});

/** What would change by a request that is only tried. */
export const dryRunShape = z.object({
  dryRun: z.literal(true),
  unchanged: z.boolean().meta({ description: "True if nothing would change." }),
  changes: changesShape,
  access: z
    .object({
      people: totalShape,
      administrators: z
        .object({
          gain: count.meta({ description: "How many people become administrators." }),
          lose: count.meta({ description: "How many people are no longer administrators." }),
          touched: count.meta({
            description: "How many of those who gain or lose operations are administrators before or after the change.",
          }),
        })
        .meta({ description: "Administrators among the users that the change affects." }),
      gains: z.array(accessLine.extend({ ...gaining, ...people })),
      loses: z.array(accessLine.extend({ ...losing, ...people })),
      reach: z.object({ gains: z.array(reachLine), loses: z.array(reachLine) }).meta({
        description:
          "Managers and group owners who can use these operations on more or fewer people, because a manager, an owner or a member changes.",
      }),
      serviceAccounts: z
        .object({
          changed: totalShape,
          gains: z.array(accessLine.extend({ ...gaining, ...serviceAccounts })),
          loses: z.array(accessLine.extend({ ...losing, ...serviceAccounts })),
        })
        .meta({
          description: "Service accounts that gain or lose operations because their owner or one of their roles does.",
        }),
    })
    .nullable()
    .meta({ description: "Who gains and who loses what; null if the change affects nobody's access." }),
});

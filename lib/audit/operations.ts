import { reading, text } from "@/lib/audit/words";
import { everyone, operationsOf, people } from "@/lib/kernel/operation";

export const auditOperations = operationsOf({
  "audit.read": {
    noun: "Audit log",
    sentence: "Read the audit log",
    scopes: people,
    icon: "eye",
    told: reading("the audit log"),
  },
  "audit.export": {
    noun: "Audit log",
    sentence: "Export the audit log",
    scopes: everyone,
    under: "audit.read",
    stepUp: true,
    changesNothing: true,
    icon: "download",
    told: {
      past: "exported",
      base: "export",
      object: () => [text("the audit log")],
      more: (told) => {
        const format = told.words("format");
        const events = told.words("events");
        return [
          ...(events ? [text(`: ${events} ${events === "1" ? "event" : "events"}`)] : []),
          ...(format ? [text(` as ${format}`)] : []),
        ];
      },
    },
  },
});

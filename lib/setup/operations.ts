import { strong, text } from "@/lib/audit/words";
import { operationsOf, proven } from "@/lib/kernel/operation";

export const setupOperations = operationsOf({
  "setup.complete": {
    noun: "Setup",
    sentence: "Set up Gatehouse",
    scopes: proven,
    icon: "flag",
    told: {
      whole: (told) => {
        if (!told.succeeded) return [text("Setup"), ...told.failure(), ...told.because(), ...told.from()];
        const preset = told.words("preset");
        return [
          text("Gatehouse was set up"),
          ...(preset ? [text(" with the roles of "), strong(preset)] : []),
          ...(told.event.person ? [text("; "), ...told.person("somebody"), text(" is its first administrator")] : []),
        ];
      },
    },
    creates: true,
  },
});

import { isDemonstration } from "@/lib/platform/env";

/** Above every page of the demonstration, also before sign-in. */
export function DemoBanner() {
  if (!isDemonstration()) return null;
  return (
    <p role="status" className="border-b border-line bg-warning-subtle px-6 py-2 text-ui text-ink-2 max-s:px-4">
      This is a demonstration with invented people. Its passwords are public: keep it on this machine.
    </p>
  );
}

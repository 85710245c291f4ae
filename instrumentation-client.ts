import { begins } from "@/components/ui/going";

export const onRouterTransitionStart = begins;

/**
 * Runs before anything else of a page. zod would try out whether it may make code from text, which the content security policy
 * refuses and reports; it reads this object when it is loaded, and is not loaded for it.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

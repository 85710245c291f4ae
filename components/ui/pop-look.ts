export const popLook =
  "z-50 rounded-lg border border-line-strong bg-raised text-ui text-ink shadow-lift-2 outline-none data-[state=open]:animate-rise data-[state=closed]:pointer-events-none data-[state=closed]:animate-leave";
export const menuItemLook =
  "flex min-h-8 w-full items-center gap-2.5 rounded-md px-2 py-1 text-left outline-none select-none data-highlighted:bg-press coarse:min-h-10 [&>.lucide]:text-icon";

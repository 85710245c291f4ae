import { cn } from "./class-names";

/** Gate and keyhole. Decorative: the name is beside it. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="currentColor"
      aria-hidden
      className={cn("size-5 flex-none text-accent-mark", className)}
    >
      <path
        fillRule="evenodd"
        d="M3 22V10.5a9 9 0 0 1 18 0V22a.8.8 0 0 1-.8.8H3.8A.8.8 0 0 1 3 22zM12 8a3.1 3.1 0 0 0-1.5 5.8l-.9 4.7a.9.9 0 0 0 .9 1h3a.9.9 0 0 0 .9-1l-.9-4.7A3.1 3.1 0 0 0 12 8z"
      />
    </svg>
  );
}

export function Brand({ className }: { className?: string }) {
  return (
    <span
      className={cn("inline-flex h-8 items-center gap-[9px] text-[15px] font-semibold tracking-[-0.015em]", className)}
    >
      <Logo />
      Gatehouse
    </span>
  );
}

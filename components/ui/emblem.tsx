const arches = Array.from({ length: 9 }, (_, index) => {
  const radius = 154 + index * 62;
  const shoulder = 486 - index * 34;
  return {
    radius,
    path: `M${360 - radius} 690 V${shoulder} A${radius} ${radius} 0 0 1 ${360 + radius} ${shoulder} V690`,
    opacity: Math.max(0.25, 0.9 - index * 0.1),
  };
});

/** The gate with its arches: the only picture in the product. Decorative. */
export function Emblem({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 720 900" preserveAspectRatio="xMidYMid slice" aria-hidden className={className}>
      <path d="M-600 690H1400" className="stroke-line-strong" />
      {arches.map(({ radius, path, opacity }) => (
        <path key={radius} d={path} opacity={opacity} className="fill-none stroke-line-strong" />
      ))}
      <path
        fillRule="evenodd"
        className="fill-accent"
        d="M268 690V520a92 92 0 0 1 184 0v170ZM360 512a30 30 0 0 0-15 56l-10 70a6 6 0 0 0 6 7h38a6 6 0 0 0 6-7l-10-70A30 30 0 0 0 360 512z"
      />
    </svg>
  );
}

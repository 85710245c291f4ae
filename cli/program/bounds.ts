/** Megabytes of one answer: many times what the longest page has, and no burden for any machine. */
export const largestAnswer = 32;

/** Pages of one call with --all: 20 million items, unless --limit makes pages smaller. */
export const mostPages = 100_000;

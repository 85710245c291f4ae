/** "Quality Lead carries", "Quality Lead and 2 other roles carry"; null for none. */
export function carrierWords([first, ...others]: string[]): string | null {
  if (!first) return null;
  if (others.length === 0) return `"${first}" carries`;
  return `"${first}" and ${others.length === 1 ? `"${others[0]}"` : `${others.length} other roles`} carry`;
}

/** The name of the file that a token is stored in: what a shell takes without quotes. */
export function tokenFile(clientName: string): string {
  const plain = clientName
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9._]+/g, "-")
    .replace(/^[.-]+|[.-]+$/g, "");
  return `${plain || "client"}.token`;
}

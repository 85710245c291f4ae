type Hearer = () => void;
const hearers = new Set<Hearer>();

/** A part of the page could not be fetched: Gatehouse was upgraded since the page came, or the connection is lost. */
export function tellMissing(): void {
  for (const hear of hearers) hear();
}

export function hearMissing(hear: Hearer): () => void {
  hearers.add(hear);
  return () => void hearers.delete(hear);
}

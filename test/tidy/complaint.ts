/** One breach of a house rule: where it is, which rule, and what to do instead. */
export interface Complaint {
  readonly where: string
  readonly rule: string
  readonly instead: string
}

export function formatComplaint({ where, rule, instead }: Complaint): string {
  return `${where}: ${rule}. ${instead}.`
}
